import { css, html, nothing, type TemplateResult } from 'lit';
import type { CallStory } from '../../../shared/api/calls.ts';
import type { Rep } from '../../../shared/api/people.ts';
import type { CallId } from '../../../shared/ids.ts';
import { ask } from '../../ui/api.ts';
import { askToBlock } from '../../ui/block/ask.ts';
import { blockTexts } from '../../ui/block/texts.ts';
import { timer } from '../../ui/durations.ts';
import { icons } from '../../ui/icons.ts';
import { hashOf } from '../../ui/route.ts';
import { safeLink } from '../../ui/safe-link.ts';
import { base, buttons, card, notes } from '../../ui/styles.ts';
import { commonTexts } from '../../ui/texts.ts';
import { whoIs } from '../../ui/who.ts';
import { list } from '../../ui/words.ts';
import { adminStyles } from '../admin-styles.ts';
import { AdminPage } from '../page.ts';
import { adminTexts } from '../texts.ts';
import { dateTime, timeOfDay } from './call-time.ts';
import { qualityChart, qualityStyles } from './quality-chart.ts';
import { type Cast, outcome, sentence, stretchWords } from './story.ts';
import { callsTexts as texts } from './texts.ts';

type Told = { story: CallStory; queueNames: Map<string, string> };

/** One call: its figures, and what happened step by step. */
export class RepCallPage extends AdminPage<Told> {
  static override properties = { callId: { attribute: false }, rep: { attribute: false } };
  declare callId: CallId;
  declare rep: Rep;

  static override styles = [
    base,
    card,
    buttons,
    notes,
    adminStyles,
    qualityStyles,
    css`
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr));
        gap: 1rem 1.5rem;
      }

      dt {
        color: var(--ink-3);
        font-size: var(--small);
      }

      dd {
        font-weight: 600;
        overflow-wrap: anywhere;
      }

      dl .wide {
        grid-column: 1 / -1;
      }

      .stretches {
        width: 100%;
        border-collapse: collapse;
      }

      .stretches :is(th, td) {
        padding: 0.5rem 0;
        border-top: 1px solid var(--line);
        font-weight: 400;
        text-align: start;
      }

      .stretches tr:first-child :is(th, td) {
        border-top: 0;
      }

      .stretches td {
        text-align: end;
      }

      .stretches [data-is='talking'] th,
      .stretches tfoot :is(th, td) {
        font-weight: 600;
      }

      .steps li {
        position: relative;
        display: grid;
        grid-template-columns: 5.5rem minmax(0, 1fr);
        gap: 0 1.75rem;
        padding-bottom: 1rem;
      }

      .steps time {
        color: var(--ink-3);
        font-size: var(--small);
        line-height: 1.5rem;
      }

      .steps li::before {
        position: absolute;
        top: 0.4375rem;
        inset-inline-start: 6.0625rem;
        width: 0.625rem;
        height: 0.625rem;
        border: 2px solid var(--accent);
        border-radius: 50%;
        background: var(--card);
        content: '';
      }

      .steps li:not(:last-child)::after {
        position: absolute;
        top: 1.25rem;
        bottom: -0.25rem;
        inset-inline-start: 6.3125rem;
        width: 2px;
        background: var(--line);
        content: '';
      }

      .steps li:last-child {
        padding-bottom: 0;
      }

      @media (forced-colors: active) {
        .steps li::after {
          background: CanvasText;
        }
      }
    `,
  ];

  protected override async load(): Promise<Told> {
    const [{ call: story }, { queues }] = await Promise.all([
      ask('GET /api/calls/:callId', { params: { callId: this.callId } }),
      this.rep.may.includes('queues.manage') ? ask('GET /api/queues') : { queues: [] },
    ]);
    return { story, queueNames: new Map(queues.map(queue => [queue.id as string, queue.name])) };
  }

  /** Who may not see the list of all calls comes from a report. */
  #back(): TemplateResult {
    const [at, to] = this.rep.may.includes('queues.manage')
      ? (['calls', texts.calls] as const)
      : (['reports', adminTexts.reports] as const);
    return html`<a class="back" href=${hashOf({ at })}>${icons.chevron}${adminTexts.back({ to })}</a>`;
  }

  protected override content({ story, queueNames }: Told): TemplateResult {
    const cast: Cast = {
      queueName: id => queueNames.get(id),
      shopper: story.context.name?.trim() || undefined,
    };
    return html`
      ${this.#back()}
      <div class="head"><div><h1 tabindex="-1">${texts.callFrom({ who: whoIs(story) })}</h1><p>${dateTime(story.startedAt)}</p></div>
        <button class="button small" @click=${() => this.#block(story)}>${blockTexts.blockCaller}</button></div>
      <section class="card group" aria-label=${texts.call}>${this.#figures(story)}</section>
      <section class="card group" aria-labelledby="stretches">
        <h2 id="stretches">${texts.stretches}</h2>
        <table class="stretches figures">
          <tbody>
            ${story.stretches.map(
              stretch => html`<tr data-is=${stretch.is}><th scope="row">${stretchWords(stretch)}</th>
                <td>${timer(stretch.to - stretch.from)}</td></tr>`,
            )}
          </tbody>
          <tfoot><tr><th scope="row">${texts.whole}</th><td>${timer(story.waitedMs + (story.talkedMs ?? 0))}</td></tr></tfoot>
        </table>
      </section>
      ${qualityChart(story.quality)}
      <section class="card group" aria-labelledby="story">
        <h2 id="story">${texts.story}</h2>
        <ol class="steps figures">
          ${story.steps.map(
            step => html`<li><time datetime=${new Date(step.at).toISOString()}>${timeOfDay(step.at)}</time>
              <span>${sentence(step, cast)}</span></li>`,
          )}
        </ol>
      </section>
    `;
  }

  #block({ callId, phone, networkKnown, ...call }: CallStory): void {
    const who = whoIs({ ...call, phone });
    askToBlock(this, { callId, who, phone, networkKnown });
  }

  #figures(story: CallStory): TemplateResult {
    const { waitedMs, talkedMs, context } = story;
    const link = safeLink(context.page?.url);
    return html`<dl class="figures">
      <div><dt>${texts.outcome}</dt><dd>${outcome(story)}</dd></div>
      <div><dt>${texts.queue}</dt><dd>${story.queueName}</dd></div>
      <div><dt>${texts.rep}</dt><dd>${story.repNames.length > 0 ? list(story.repNames) : texts.nobody}</dd></div>
      <div><dt>${texts.wait}</dt><dd>${timer(waitedMs)}</dd></div>
      ${talkedMs === null ? nothing : html`<div><dt>${texts.talk}</dt><dd>${timer(talkedMs)}</dd></div>`}
      ${
        link
          ? html`<div class="wide"><dt>${texts.page}</dt><dd><a href=${link.href} target="_blank" rel="noopener noreferrer"
              >${context.page?.title || `${link.host}${link.path}`}<span class="hidden"> ${texts.opensNewTab}</span></a></dd></div>`
          : nothing
      }
      ${
        story.callback === null
          ? nothing
          : html`<div><dt>${texts.callback}</dt><dd>${commonTexts.callbackMark[story.callback]}</dd></div>`
      }
      ${
        story.lastCall === null
          ? nothing
          : html`<div><dt>${texts.before}</dt><dd>${texts.beforeWords(commonTexts.earlier(story.startedAt - story.lastCall.endedAt), story.lastCall.repName)}</dd></div>`
      }
      ${story.phone ? html`<div><dt>${texts.number}</dt><dd>${story.phone}</dd></div>` : nothing}
      ${story.note ? html`<div class="wide"><dt>${texts.note}</dt><dd>${story.note}</dd></div>` : nothing}
    </dl>`;
  }
}

customElements.define('rep-call-page', RepCallPage);
