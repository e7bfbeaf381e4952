import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { CallId } from '../../../shared/ids.ts';
import type { CallCard, RepView } from '../../../shared/views.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { askToBlock, blockAskOf } from '../../ui/block/ask.ts';
import { blockTexts } from '../../ui/block/texts.ts';
import { timer } from '../../ui/durations.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, card } from '../../ui/styles.ts';
import { marksOf, whoIs } from '../../ui/who.ts';
import { facts, figure, isolated, rich } from '../../ui/words.ts';
import type { PhoneSession } from '../session/phone-session.ts';
import type { PhoneState } from '../session/phone-state.ts';
import { Ticker } from '../session/ticker.ts';
import { texts } from '../texts.ts';

/** Who waits, in the order they will be answered, and how the queues stand. */
export class RepWaiting extends LitElement {
  static override properties = {
    view: { attribute: false },
    session: { attribute: false },
    phone: { attribute: false },
    problem: { state: true },
    removing: { state: true },
    mayBoost: { attribute: false },
  };
  declare view: RepView;
  declare session: PhoneSession;
  declare phone: PhoneState;
  declare mayBoost: boolean;
  declare problem: string;
  /** Asked once more before that caller is removed. */
  declare removing: CallId | null;

  static override styles = [
    base,
    buttons,
    card,
    css`
      .card {
        overflow: clip;
      }

      .head {
        display: flex;
        gap: 1rem;
        align-items: baseline;
        justify-content: space-between;
        padding: 1.25rem 1.5rem 1rem;
      }

      h2 {
        font-size: var(--large);
      }

      .head p {
        color: var(--ink-3);
        font-size: var(--small);
      }

      .queues {
        display: grid;
        border-block: 1px solid var(--line);
        background: var(--sunken);
      }

      .queues li {
        display: flex;
        flex-wrap: wrap;
        gap: 0.125rem 1.25rem;
        align-items: baseline;
        padding: 0.625rem 1.5rem;
      }

      .queues li + li {
        border-top: 1px solid var(--line);
      }

      .queues .name {
        flex: 1 1 8rem;
        font-weight: 600;
        overflow-wrap: anywhere;
      }

      .stat {
        color: var(--ink-3);
        font-size: var(--small);
        white-space: nowrap;
      }

      .stat strong {
        color: var(--ink);
        font-size: var(--body);
      }

      .line li {
        display: grid;
        grid-template-columns: 2rem minmax(0, 1fr) auto;
        gap: 0 0.875rem;
        align-items: center;
        padding: 0.75rem 1.5rem;
      }

      .line li + li {
        border-top: 1px solid var(--line);
      }

      .line li[data-ringing] {
        background: var(--accent-soft);
      }

      .place {
        display: grid;
        place-items: center;
        width: 2rem;
        height: 2rem;
        border-radius: 50%;
        background: var(--rest-soft);
        color: var(--ink-2);
        font-size: var(--small);
        font-weight: 700;
      }

      [data-ringing] .place {
        background: var(--accent-fill);
        color: var(--on-fill);
      }

      .who {
        font-weight: 600;
      }

      .who {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .about {
        color: var(--ink-3);
        font-size: var(--small);
        overflow-wrap: anywhere;
      }

      .again {
        color: var(--wait);
        font-size: var(--small);
        font-weight: 600;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem;
        margin-top: 0.375rem;
      }

      /* Its words in line with those above, since it has no edge. */
      .actions > .quiet:first-child {
        margin-inline-start: -0.75rem;
      }

      .wait > .quiet {
        margin-inline-end: -0.75rem;
      }

      .wait {
        display: grid;
        justify-items: end;
        font-weight: 600;
      }

      .ringing {
        display: flex;
        gap: 0.25rem;
        align-items: center;
        color: var(--accent);
        font-size: 0.75rem;
      }

      .ringing .icon {
        width: 0.875rem;
        height: 0.875rem;
      }

      .more {
        padding: 0.75rem 1.5rem;
        border-top: 1px solid var(--line);
        color: var(--ink-3);
        font-size: var(--small);
      }

      .none {
        display: grid;
        justify-items: center;
        gap: 0.125rem;
        padding: 2.5rem 1.5rem;
        color: var(--ink-3);
        text-align: center;
      }

      .none .icon {
        width: 1.75rem;
        height: 1.75rem;
        margin-bottom: 0.5rem;
      }

      .none strong {
        color: var(--ink-2);
        font-weight: 600;
      }

      @media (max-width: 40rem) {
        .head,
        .queues li,
        .line li,
        .more {
          padding-inline: 1.25rem;
        }

        .queues .name {
          flex-basis: 100%;
        }
      }
    `,
  ];

  constructor() {
    super();
    new Ticker(this, 1_000);
    this.problem = '';
    this.removing = null;
  }

  protected override render(): TemplateResult {
    const { queues, waiting, waitingTotal, absentTotal } = this.view;
    const more = waitingTotal - waiting.length;
    return html`
      <section class="card" aria-labelledby="title">
        <div class="head">
          <h2 id="title">${texts.waitingTitle}</h2>
          <p class="figures">${waitingTotal > 0 ? texts.waitingCount({ n: waitingTotal }) : nothing}</p>
        </div>
        ${this.problem ? html`<p class="more" role="alert">${this.problem}</p>` : nothing}
        <ul class="queues figures" aria-label=${texts.queues}>
          ${queues.map(
            queue => html`<li>
              <span class="name">${isolated(queue.name)}</span>
              ${stat(texts.queueWaiting, queue.waiting)} ${stat(texts.queueAvailable, queue.repsAvailable)}
              ${stat(texts.queueBusy, queue.repsBusy)}
            </li>`,
          )}
        </ul>
        ${
          waiting.length === 0
            ? html`<div class="none">${icons.clock}<strong>${texts.waitingNone}</strong><span>${texts.waitingNoneLead}</span></div>`
            : html`<ol class="line figures" aria-label=${texts.waitingCount({ n: waitingTotal })}>${waiting.map(call => this.#call(call))}</ol>`
        }
        ${more > 0 && waiting.length > 0 ? html`<p class="more">${texts.waitingMore({ n: more })}</p>` : nothing}
        ${absentTotal > 0 ? this.#absent() : nothing}
      </section>
    `;
  }

  #call(call: RepView['waiting'][number]): TemplateResult {
    const now = this.session.clock.now();
    const again = call.ringsAgainAt !== null && this.view.status === 'available' ? call.ringsAgainAt : null;
    return html`<li ?data-ringing=${call.ringing}>
      <span class="place"><span class="hidden">${texts.place} </span>${figure(call.place)}</span>
      <div>
        <p class="who">${whoIs(call)}</p>
        <p class="about">${facts([call.queueName, ...marksOf(call, now)])}</p>
        ${again === null || call.ringing ? nothing : html`<p class="again">${texts.ringsAgainIn({ time: timer(again - now + 999) })}</p>`}
        ${this.#actions(call, !call.ringing)}
      </div>
      <div class="wait">
        <span><span class="hidden">${texts.waitedColumn} </span>${timer(now - call.since)}</span>
        ${call.ringing ? html`<span class="ringing">${icons.bell}${texts.ringingMark}</span>` : nothing}
      ${
        this.mayBoost && call.place > 1 && !call.ringing
          ? html`<button class="button quiet small" aria-label=${texts.serveNextWho({ who: whoIs(call) })}
              @click=${() => this.#serveNext(call.callId)}>${texts.serveNext}</button>`
          : nothing
      }
      </div>
    </li>`;
  }

  /** Who is cut off, or left for a callback that cannot be made now: nobody waits behind them. */
  #absent(): TemplateResult {
    const now = this.session.clock.now();
    return html`<p class="more" id="absent">${texts.absentTitle({ n: this.view.absentTotal })}</p>
      <ul class="line figures" aria-labelledby="absent">${this.view.absent.map(
        call => html`<li>
          <span class="place">${icons.clock}</span>
          <div>
            <p class="who">${whoIs(call)}</p>
            <p class="about">${facts([call.queueName, ...marksOf(call, now)])}</p>
            ${this.#actions(call, call.callback === 'phone')}
          </div>
        </li>`,
      )}</ul>`;
  }

  /** `here`: the caller can be reached. */
  #actions(call: CallCard, here: boolean): TemplateResult {
    const { view, phone } = this;
    const online = phone.link.state === 'online';
    const free = here && view.work.state === 'idle' && phone.heldBy === 'this';
    const sure = this.removing === call.callId;
    return html`<div class="actions">
      ${
        free
          ? html`<button class="button small go" aria-label=${texts.pickUpWaitingWho({ who: whoIs(call) })}
              ?disabled=${!online || phone.busy.has('pick-up')} @click=${() => this.session.pickUp(call.callId)}>${texts.pickUpWaiting}</button>`
          : nothing
      }
      <button class="button quiet small" aria-label=${sure ? nothing : texts.removeWaitingWho({ who: whoIs(call) })}
        ?disabled=${!online || phone.busy.has('remove')} @click=${() => this.#remove(call.callId)}
        @blur=${() => {
          this.removing = null;
        }}>${sure ? texts.removeWaitingSure : texts.removeWaiting}</button>
      <button class="button quiet small" aria-label=${blockTexts.blockWho({ who: whoIs(call) })} ?disabled=${!online}
        @click=${() => askToBlock(this, blockAskOf(call))}>${blockTexts.block}</button>
    </div>`;
  }

  #remove(callId: CallId): void {
    if (this.removing !== callId) {
      this.removing = callId;
      return;
    }
    this.removing = null;
    void this.session.remove(callId);
  }

  /** What comes of it is in the next view. */
  async #serveNext(callId: CallId): Promise<void> {
    this.problem = '';
    await ask('PATCH /api/calls/:callId', { params: { callId }, body: { boost: 1 } }).catch(
      (error: unknown) => {
        this.problem = apiErrorText(error);
      },
    );
  }
}

const stat = (message: (params: { n: string }) => string, n: number) =>
  html`<span class="stat">${rich(message, { n: html`<strong>${figure(n)}</strong>` })}</span>`;

customElements.define('rep-waiting', RepWaiting);
