import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Colleague, Overview, RecentCall } from '../../../shared/api/calls.ts';
import type { Rep } from '../../../shared/api/people.ts';
import type { RepView } from '../../../shared/views.ts';
import { ask } from '../../ui/api.ts';
import { timer } from '../../ui/durations.ts';
import { icons } from '../../ui/icons.ts';
import { hashOf } from '../../ui/route.ts';
import { base, buttons, card } from '../../ui/styles.ts';
import { marksOf, whoIs } from '../../ui/who.ts';
import { facts, figure, isolated, list } from '../../ui/words.ts';
import type { ServerClock } from '../session/clock.ts';
import { Ticker } from '../session/ticker.ts';
import { texts as consoleTexts } from '../texts.ts';
import { overviewStyles } from './overview-styles.ts';
import { overviewTexts as texts } from './overview-texts.ts';

/** Asked for anew when something has changed, but no sooner, and at the latest then. */
const soonestMs = 5_000;
const latestMs = 60_000;

/** Where there is room beside the phone. */
const wide = matchMedia('(min-width: 64rem)');

/**
 * Around the waiting list, where there is room and nothing is in hand: how the day goes, the calls just over, and who of
 * the team is there. On a small screen only what is put into it, and nothing is asked for.
 */
export class RepOverview extends LitElement {
  static override properties = {
    rep: { attribute: false },
    view: { attribute: false },
    clock: { attribute: false },
    online: { type: Boolean },
    overview: { state: true },
    failed: { state: true },
  };
  declare rep: Rep;
  declare view: RepView;
  declare clock: ServerClock;
  declare online: boolean;
  declare overview: Overview | null;
  /** The last try brought nothing. */
  declare failed: boolean;

  #askedAt = Number.NEGATIVE_INFINITY;
  #seen = '';
  /** The number of the last question, and of the one whose answer is shown. */
  #asked = 0;
  #answered = 0;
  /** How often it is asked soon. */
  #toAsk = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  static override styles = [base, card, buttons, overviewStyles];

  constructor() {
    super();
    new Ticker(this, 20_000);
    this.overview = null;
    this.failed = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    wide.addEventListener('change', this.#changed);
    document.addEventListener('visibilitychange', this.#changed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    wide.removeEventListener('change', this.#changed);
    document.removeEventListener('visibilitychange', this.#changed);
    clearTimeout(this.#timer);
  }

  get #shown(): boolean {
    return wide.matches && this.view.work.state === 'idle';
  }

  protected override render(): TemplateResult {
    if (!this.#shown) return html`<slot></slot>`;
    const { overview } = this;
    return html`${this.#today(overview)}<slot></slot>
      ${overview ? html`<div class="pair">${this.#recent(overview)}${this.#team(overview)}</div>` : nothing}`;
  }

  #today(overview: Overview | null): TemplateResult {
    const { answered, missed, meanWaitMs = null, meanTalkMs = null } = overview?.today ?? {};
    const span = (ms: number | null) => (ms === null ? texts.none : timer(ms));
    const count = (n: number | undefined) => (n === undefined ? texts.none : figure(n));
    const row = (name: string, value: string) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
    return html`<section class="card today figures" aria-label=${texts.today}>
      <h2>${texts.today}</h2>
      <dl>
        ${row(texts.answered, count(answered))}${row(texts.missed, count(missed))}
        ${row(texts.meanWait, span(meanWaitMs))}${row(texts.meanTalk, span(meanTalkMs))}
      </dl>
      ${this.failed && this.online ? html`<p class="about">${overview ? texts.stale : texts.failed}</p>` : nothing}
    </section>`;
  }

  #recent({ recent }: Overview): TemplateResult {
    return html`<section class="card recent" aria-labelledby="recent">
      <div class="head">
        <h2 id="recent">${texts.recent}</h2>
        ${this.#admin ? html`<a href=${hashOf({ at: 'calls' })}>${texts.allCalls}</a>` : nothing}
      </div>
      ${
        recent.length === 0
          ? html`<p class="none"><strong>${texts.recentNone}</strong>${texts.recentNoneLead}</p>`
          : html`<ul class="figures">${recent.map(call => this.#call(call))}</ul>`
      }
    </section>`;
  }

  #call(call: RecentCall): TemplateResult {
    const missed = call.talkedMs === null;
    const became =
      call.talkedMs === null
        ? texts.unanswered({ time: timer(call.waitedMs) })
        : talkedTo(call.repNames, timer(call.talkedMs));
    const marks = marksOf({ ...call, callback: null, lastCall: null }, call.startedAt);
    return html`<li data-missed=${missed ? '' : nothing}>
      ${missed ? icons.phoneDown : icons.check}
      <div class="words">
        <p class="who">${
          this.#admin
            ? html`<a href=${hashOf({ at: 'call', id: call.callId })}>${whoIs(call)}</a>`
            : whoIs(call)
        }</p>
        <p class="about">${became}</p>
        <p class="about">${facts([call.queueName, ...marks])}</p>
      </div>
      <div class="end">
        <span class="about">${consoleTexts.ago(this.clock.now() - (call.endedAt ?? call.startedAt))}</span>
        ${
          missed && call.phone
            ? html`<a class="button small" href="tel:${call.phone.replaceAll(/[^\d+]/g, '')}"
                aria-label=${texts.callNumber({ phone: call.phone })}>${icons.phone}${consoleTexts.callBack}</a>`
            : nothing
        }
      </div>
    </li>`;
  }

  #team({ team: { colleagues, more } }: Overview): TemplateResult {
    return html`<section class="card team" aria-labelledby="team">
      <div class="head"><h2 id="team">${texts.team}</h2></div>
      ${
        colleagues.length === 0
          ? html`<p class="none">${texts.alone}
              ${this.#admin ? html`<a href=${hashOf({ at: 'team' })}>${texts.invite}</a>` : nothing}</p>`
          : html`<ul>${colleagues.map(
              colleague => html`<li data-is=${isFor(colleague)}>
                <span class="who">${isolated(colleague.name)}</span>
                <span class="is">${pictures[isFor(colleague)]}${texts.doing(colleague)}</span>
              </li>`,
            )}</ul>`
      }
      ${more > 0 ? html`<p class="about more">${texts.moreColleagues({ n: more })}</p>` : nothing}
    </section>`;
  }

  get #admin(): boolean {
    return this.rep.may.includes('queues.manage');
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('view') || changed.has('online')) this.#changed();
  }

  /** What the figures, the calls or the team could be others for. */
  readonly #changed = (): void => {
    this.requestUpdate();
    clearTimeout(this.#timer);
    if (!this.#shown || !this.online || document.hidden) return;
    const { status, work, queues, waitingTotal } = this.view;
    const counts = queues.flatMap(({ repsAvailable, repsBusy }) => [repsAvailable, repsBusy]);
    const seen = [status, work.state, waitingTotal, ...counts].join(' ');
    // Asked about twice: the server's first answer may be one that it read for somebody else a moment before.
    if (seen !== this.#seen) this.#toAsk = 2;
    this.#seen = seen;
    const due = this.#askedAt + (this.#toAsk > 0 ? soonestMs : latestMs) - performance.now();
    if (due <= 0) void this.#ask();
    else this.#timer = setTimeout(() => this.#ask(), due);
  };

  async #ask(): Promise<void> {
    clearTimeout(this.#timer);
    this.#toAsk = Math.max(0, this.#toAsk - 1);
    this.#askedAt = performance.now();
    const asked = ++this.#asked;
    const midnight = new Date(this.clock.now()).setHours(0, 0, 0, 0);
    const overview = await ask('GET /api/rep/overview', { query: { from: midnight } }).catch(() => null);
    this.failed = overview === null;
    // A slow answer does not take the place of a later one.
    if (overview && asked > this.#answered) {
      this.#answered = asked;
      this.overview = overview;
    }
    if (this.isConnected) this.#changed();
  }
}

type Doing = 'free' | 'busy' | 'away' | 'offline';

/** `names`: of everybody who talked; empty where all of them have left the team. */
function talkedTo(names: readonly string[], time: string): string {
  return names.length > 0 ? texts.talkedTo({ names: list(names), time }) : texts.talkedToSomebody({ time });
}

function isFor({ status, work }: Colleague): Doing {
  if (work !== 'idle') return 'busy';
  return status === 'available' ? 'free' : status;
}

const pictures: Record<Doing, TemplateResult> = {
  free: icons.check,
  busy: icons.phone,
  away: icons.cup,
  offline: icons.moon,
};

customElements.define('rep-overview', RepOverview);
