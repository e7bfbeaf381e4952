import { css, html, nothing, type TemplateResult } from 'lit';
import type { Block } from '../../../shared/api/calls.ts';
import type { Rep } from '../../../shared/api/people.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { blockTexts } from '../../ui/block/texts.ts';
import { icons } from '../../ui/icons.ts';
import { hashOf } from '../../ui/route.ts';
import { base, buttons, card, notes } from '../../ui/styles.ts';
import { adminStyles } from '../admin-styles.ts';
import { AdminPage } from '../page.ts';
import { adminTexts } from '../texts.ts';
import { blockedTexts as texts } from './blocked-texts.ts';
import { dateTime } from './call-time.ts';

/** Callers of whom no calls are taken: who, by what, why, until when, and undoing it. */
export class RepBlocksPage extends AdminPage<Block[]> {
  static override properties = {
    rep: { attribute: false },
    problem: { state: true },
    said: { state: true },
  };
  /** Who looks at it. */
  declare rep: Rep;
  declare problem: string;
  declare said: string;

  static override styles = [
    base,
    card,
    buttons,
    notes,
    adminStyles,
    css`
      .entry {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1rem;
        align-items: center;
      }

      .entry > div {
        flex: 1 1 14rem;
        min-width: 0;
        overflow-wrap: anywhere;
      }

      .entry strong {
        font-weight: 600;
      }

      .note {
        margin-bottom: 1.25rem;
      }
    `,
  ];

  constructor() {
    super();
    this.problem = '';
    this.said = '';
  }

  protected override async load(): Promise<Block[]> {
    return (await ask('GET /api/blocks', { query: {} })).blocks;
  }

  protected override content(blocks: Block[]): TemplateResult {
    const several = new Set(blocks.map(block => block.siteId)).size > 1;
    return html`
      ${
        this.rep.may.includes('queues.manage')
          ? html`<a class="back" href=${hashOf({ at: 'calls' })}>${icons.chevron}${adminTexts.back({ to: adminTexts.calls })}</a>`
          : nothing
      }
      <div class="head"><div><h1 tabindex="-1">${blockTexts.blockedCallers}</h1><p>${texts.lead}</p></div></div>
      ${this.problem ? html`<div class="note bad" role="alert">${icons.warning}<p>${this.problem}</p></div>` : nothing}
      ${
        blocks.length === 0
          ? html`<div class="card none"><strong>${texts.none}</strong><p>${texts.noneLead}</p></div>`
          : html`<ul class="card list" aria-label=${blockTexts.blockedCallers}>${blocks.map(block => this.#block(block, several ? block.siteName : ''))}</ul>`
      }
      <p class="hidden" role="status">${this.said}</p>
    `;
  }

  #block(block: Block, siteName: string): TemplateResult {
    const { label, by, reason, repName, createdAt, expiresAt } = block;
    const who = label || texts.visitor;
    return html`<li class="entry">
      <div>
        <p><strong>${who}</strong></p>
        ${reason ? html`<p>${reason}</p>` : nothing}
        <p class="about">${[texts.until(expiresAt, dateTime), texts.by(by), siteName].filter(Boolean).join(' · ')}</p>
        <p class="about">${texts.blockedBy({ rep: repName, when: dateTime(createdAt) })}</p>
      </div>
      <button class="button small" aria-label=${texts.unblockWho({ who })} @click=${() => this.#lift(block, who)}>${texts.unblock}</button>
    </li>`;
  }

  async #lift({ id }: Block, who: string): Promise<void> {
    const { phase } = this;
    if (phase.state !== 'ready') return;
    this.problem = '';
    try {
      await ask('DELETE /api/blocks/:blockId', { params: { blockId: id } });
    } catch (error) {
      this.problem = apiErrorText(error);
      return;
    }
    this.phase = { state: 'ready', data: phase.data.filter(block => block.id !== id) };
    this.said = texts.unblocked({ who });
    await this.focusHeading();
  }
}

customElements.define('rep-blocks-page', RepBlocksPage);
