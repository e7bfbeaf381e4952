import { html, nothing, type TemplateResult } from 'lit';
import type {
  BoardCall,
  BoardCallState,
  BoardQueue,
  BoardRep,
  BoardRepState,
} from '../../../shared/board.ts';
import type { QueueId, RepId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { ApiError } from '../../ui/api.ts';
import { timer } from '../../ui/durations.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, card, notes } from '../../ui/styles.ts';
import { reasonText } from '../../ui/texts.ts';
import { facts, figure, isolated } from '../../ui/words.ts';
import { adminStyles } from '../admin-styles.ts';
import { AdminPage } from '../page.ts';
import { BoardConnection, type Wanted } from './board-connection.ts';
import { type BoardRows, noRows, withChanges } from './board-rows.ts';
import { boardStyles } from './board-styles.ts';
import './direct-rep.ts';
import { boardTexts as texts } from './texts.ts';

/** Below that voice is hard to follow. */
const poorMos = 3;
const callStates: BoardCallState[] = ['waiting', 'ringing', 'calling-back', 'talking'];
const repStates: BoardRepState[] = ['free', 'ringing', 'talking', 'wrap-up', 'away', 'offline'];

/** The live board: queues, calls and reps as they are now. Times run in the page; the server sends what changes. */
export class RepBoardPage extends AdminPage<null> {
  static override properties = {
    rows: { state: true },
    wanted: { state: true },
    online: { state: true },
    directs: { state: true },
  };
  declare rows: BoardRows;
  declare wanted: Wanted;
  declare online: boolean;
  /** For whom something is being decided. */
  declare directs: RepId | null;
  /** By how much the server's clock is ahead, ms. */
  #ahead = 0;
  #ticks: ReturnType<typeof setInterval> | undefined;
  #connection: BoardConnection | undefined;
  /** Of the choices: all queues that were ever shown here. */
  readonly #queues = new Map<QueueId, BoardQueue>();

  static override styles = [base, card, buttons, notes, adminStyles, boardStyles];

  constructor() {
    super();
    this.rows = noRows;
    this.wanted = {};
    this.online = true;
    this.directs = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticks = setInterval(() => this.requestUpdate(), 1_000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticks);
    this.#connection?.close();
  }

  /** Until the first of it is there. */
  protected override load(): Promise<null> {
    this.#connection?.close();
    return new Promise((resolve, reject) => {
      this.#connection = new BoardConnection(this.wanted, {
        onPush: push => {
          this.#ahead = push.serverTime - Date.now();
          this.rows = withChanges(this.rows, push);
          for (const queue of push.queues?.rows ?? []) this.#queues.set(queue.queueId, queue);
          resolve(null);
        },
        onOnline: online => {
          this.online = online;
        },
        onRefused: () => {
          const error = new ApiError('other', texts.refused);
          reject(error);
          this.phase = { state: 'failed', problem: error.message };
        },
      });
    });
  }

  protected override content(): TemplateResult {
    const { queues, calls, reps } = this.rows;
    return html`
      <div class="head"><div><h1 tabindex="-1">${texts.title}</h1><p>${texts.lead}</p></div></div>
      ${this.online ? nothing : html`<div class="note warn" role="status">${icons.wifiOff}<p>${texts.old}</p></div>`}
      ${this.#find()}
      <section aria-labelledby="queues"><h2 id="queues">${texts.queues}</h2>
        ${
          queues.rows.length === 0
            ? this.#none(texts.noQueues)
            : html`<ul class="queues">${queues.rows.map(queue => this.#queue(queue))}</ul>`
        }
      </section>
      <div class="lists">
        <section aria-labelledby="calls"><h2 id="calls">${texts.calls}<small>${figure(calls.total)}</small></h2>
          ${
            calls.rows.length === 0
              ? this.#none(texts.noCalls)
              : html`<ul class="card list">${calls.rows.map(call => this.#call(call))}</ul>`
          }
          ${this.#pages('callPage', calls.total)}
        </section>
        <section aria-labelledby="reps"><h2 id="reps">${texts.reps}<small>${figure(reps.total)}</small></h2>
          ${
            reps.rows.length === 0
              ? this.#none(texts.noReps)
              : html`<ul class="card list">${reps.rows.map(rep => this.#rep(rep))}</ul>`
          }
          ${this.#pages('repPage', reps.total)}
        </section>
      </div>
    `;
  }

  get #now(): number {
    return Date.now() + this.#ahead;
  }

  #none(words: string): TemplateResult {
    return html`<p class="card none">${words}</p>`;
  }

  #find(): TemplateResult {
    const known = [...this.#queues.values()];
    const sites = new Map(known.map(queue => [queue.siteId, queue.siteName]));
    const { siteId = '', queueId = '', callState = '', repState = '', name = '' } = this.wanted;
    const queues = known.filter(queue => !siteId || queue.siteId === siteId);
    const choose = (
      label: string,
      chosen: string,
      all: string,
      choices: [string, string][],
      take: (value: string) => Wanted,
    ) =>
      html`<label>${label}<select @change=${(event: Event) => this.#watch(take((event.target as HTMLSelectElement).value))}>
        <option value="" ?selected=${chosen === ''}>${all}</option>
        ${choices.map(([value, words]) => html`<option value=${value} ?selected=${chosen === value}>${words}</option>`)}
      </select></label>`;
    return html`<div class="find" role="search" aria-label=${texts.find}>
      ${
        sites.size > 1
          ? choose(texts.site, siteId, texts.allSites, [...sites], value => ({
              siteId: (value || undefined) as SiteId | undefined,
              queueId: undefined,
            }))
          : nothing
      }
      ${choose(
        texts.queue,
        queueId,
        texts.allQueues,
        queues.map(queue => [queue.queueId, queue.name]),
        value => ({ queueId: (value || undefined) as QueueId | undefined }),
      )}
      <label>${texts.repName}<input type="search" maxlength="100" .value=${name}
        @input=${(event: Event) => this.#watch({ name: (event.target as HTMLInputElement).value })} /></label>
      ${choose(
        texts.callState,
        callState,
        texts.anyState,
        callStates.map(state => [state, texts.callIs[state]]),
        value => ({ callState: (value || undefined) as BoardCallState | undefined }),
      )}
      ${choose(
        texts.repState,
        repState,
        texts.anyState,
        repStates.map(state => [state, texts.repIs[state]]),
        value => ({ repState: (value || undefined) as BoardRepState | undefined }),
      )}
    </div>`;
  }

  #queue(queue: BoardQueue): TemplateResult {
    const several = new Set([...this.#queues.values()].map(one => one.siteId)).size > 1;
    const wait = queue.longestSince === null ? null : this.#now - queue.longestSince;
    const figureOf = (words: string, value: string, isLate = false) =>
      html`<div><dt>${words}</dt><dd class="figures" ?data-late=${isLate}>${value}</dd></div>`;
    return html`<li class="card">
      <strong>${isolated(queue.name)}</strong>
      ${several ? html`<p class="about">${isolated(queue.siteName)}</p>` : nothing}
      <dl>
        ${figureOf(texts.waiting, figure(queue.waiting))}
        ${figureOf(texts.longest, wait === null ? texts.none : timer(wait), wait !== null && wait > limits.boardGoalMs)}
        ${figureOf(texts.free, figure(queue.free))}
        ${figureOf(texts.busy, figure(queue.busy))}
        ${figureOf(texts.talks, figure(queue.talking))}
        ${figureOf(texts.inTime({ seconds: limits.boardGoalMs / 1_000 }), texts.serviceLevel(queue.today))}
      </dl>
    </li>`;
  }

  #call(call: BoardCall): TemplateResult {
    const { state, reps, quality, shopperAway, held } = call;
    const who = call.name ? isolated(call.name) : texts.visitor;
    const names = reps.length > 0 ? texts.names(reps) : '';
    const marks = [
      this.#queues.get(call.queueId)?.name ?? '',
      call.callback ? texts.callbackIs[call.callback] : '',
      shopperAway ? texts.shopperAway : '',
      held ? texts.held : '',
    ];
    const score = (mos: number | null) =>
      mos === null ? texts.none : figure(mos, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    const isPoor = [quality.shopper, quality.rep].some(mos => mos !== null && mos < poorMos);
    return html`<li class="entry" data-is=${state}>
      <div>
        <p><strong>${who}</strong></p>
        <p class="about">${facts([...marks, names])}</p>
        ${
          state === 'talking'
            ? html`<p class="about ${isPoor ? 'poor' : ''}">${texts.quality({ shopper: score(quality.shopper), rep: score(quality.rep) })}</p>`
            : nothing
        }
      </div>
      <div><span class="is">${texts.callIs[state]}</span>${this.#since(call.since)}</div>
    </li>`;
  }

  #rep(rep: BoardRep): TemplateResult {
    const { state, note, repId } = rep;
    const about = facts([
      state === 'away' && note ? reasonText(note) : '',
      rep.ready || state === 'offline' ? '' : texts.notReady,
    ]);
    const isOpen = this.directs === repId;
    return html`<li class="entry" data-is=${state}>
      <div>
        <p><strong>${isolated(rep.name)}</strong></p>
        ${about ? html`<p class="about">${about}</p>` : nothing}
        <button class="button small quiet" aria-expanded=${isOpen ? 'true' : 'false'} aria-label=${texts.changeWho({ who: isolated(rep.name) })}
          @click=${() => {
            this.directs = isOpen ? null : repId;
          }}>${texts.change}</button>
      </div>
      <div><span class="is">${texts.repIs[state]}</span>${this.#since(rep.since)}</div>
      ${isOpen ? html`<rep-direct-rep .rep=${rep} @done=${() => this.#directed(repId)}></rep-direct-rep>` : nothing}
    </li>`;
  }

  /** The focus goes back to where it came from. */
  async #directed(repId: RepId): Promise<void> {
    const at = this.rows.reps.rows.findIndex(rep => rep.repId === repId);
    this.directs = null;
    await this.updateComplete;
    this.renderRoot.querySelectorAll<HTMLElement>('section[aria-labelledby="reps"] li button')[at]?.focus();
  }

  /** How long it has been so; it runs by itself. */
  #since(since: number): TemplateResult {
    return html`<span class="figures about">${timer(this.#now - since)}</span>`;
  }

  #pages(which: 'callPage' | 'repPage', total: number): TemplateResult | typeof nothing {
    const size = limits.boardPage;
    if (total <= size) return nothing;
    const last = Math.ceil(total / size) - 1;
    const page = Math.min(this.wanted[which] ?? 0, last);
    const go = (to: number) => () => {
      if (to >= 0 && to <= last) this.#watch({ [which]: to });
    };
    const step = (words: string, to: number) =>
      html`<button class="button small" aria-disabled=${to < 0 || to > last ? 'true' : 'false'} @click=${go(to)}>${words}</button>`;
    return html`<div class="pages">
      <span>${texts.range({ from: page * size + 1, to: Math.min(total, (page + 1) * size), all: total })}</span>
      <div>${step(texts.before, page - 1)}${step(texts.after, page + 1)}</div>
    </div>`;
  }

  /** What is looked for from now on; from the first page, unless another one is asked for. */
  #watch(change: Wanted): void {
    const isPage = 'callPage' in change || 'repPage' in change;
    this.wanted = { ...this.wanted, ...(isPage ? {} : { callPage: 0, repPage: 0 }), ...change };
    this.#connection?.watch(this.wanted);
  }
}

customElements.define('rep-board-page', RepBoardPage);
