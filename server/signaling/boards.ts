/**
 * Who looks at live boards, and what each is sent: what changed in the page that they look at, at most once a second.
 * What a change costs does not grow with those who look: it is read once for each site that somebody looks at, one page is
 * worked out for all who look at the same, and rows are text already.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { BoardFilter } from '../../shared/board.ts';
import type { RepId, SiteId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import type { Bus, SiteChanged } from '../bus/bus.ts';
import { type BoardPage, changesBetween, pageOf } from '../calls/views/live-board/page.ts';
import { SiteBoard } from '../calls/views/live-board/site-board.ts';
import { membershipsOf, scopeOf } from '../store/members.ts';
import type { Database } from '../store/schema.ts';
import { StoreDown } from '../store/store-error.ts';
import type { ClientSocket } from './client-socket.ts';

export type Onlooker = {
  readonly socket: Pick<ClientSocket, 'sendText' | 'close'>;
  readonly repId: RepId;
  /** By which sign-in the connection was let in. */
  readonly signInId: string;
  /** What they may see. */
  sites: readonly SiteId[];
  /** Null until they said what they look for. */
  filter: BoardFilter | null;
  /** What they were sent; null for nothing that counts. */
  shown: BoardPage | null;
};

type BoardsOptions = { db: Kysely<Database>; bus: Bus; now: () => number; log: Logger };

/** Others get their turn when so much of it was used for showing, ms. */
const turnMs = 5;
export class Boards {
  readonly #options: BoardsOptions;
  readonly #unsubscribe: () => void;
  readonly #onlookers = new Set<Onlooker>();
  readonly #sites = new Map<SiteId, SiteBoard>();
  readonly #stale = new Set<SiteId>();
  /** Whose access is to be looked up again. */
  readonly #doubted = new Set<RepId>();
  readonly #day: NodeJS.Timeout;
  #timer: NodeJS.Timeout | undefined;
  #nextAt = 0;
  #hasFailed = false;
  #showing: Promise<void> | null = null;
  #closed = false;

  constructor(options: BoardsOptions) {
    this.#options = options;
    this.#unsubscribe = options.bus.subscribe(change => this.#changed(change));
    // The figures of the day move by themselves, and what was missed for whatever reason is made good.
    this.#day = setInterval(() => this.refreshAll(false), limits.boardTodayMs).unref();
  }

  /** They see nothing until they say what they look for. */
  async enter(who: Pick<Onlooker, 'socket' | 'repId' | 'signInId'>): Promise<Onlooker> {
    const onlooker: Onlooker = { ...who, sites: await this.#sitesOf(who.repId), filter: null, shown: null };
    this.#onlookers.add(onlooker);
    return onlooker;
  }

  leave(onlooker: Onlooker): void {
    this.#onlookers.delete(onlooker);
    const seen = new Set([...this.#onlookers].flatMap(({ sites }) => sites));
    for (const siteId of this.#sites.keys()) if (!seen.has(siteId)) this.#sites.delete(siteId);
  }

  /** How many windows of the rep look on. */
  countOf(repId: RepId): number {
    return [...this.#onlookers].filter(onlooker => onlooker.repId === repId).length;
  }

  of(repId: RepId): Onlooker[] {
    return [...this.#onlookers].filter(onlooker => onlooker.repId === repId);
  }

  /** From now on they look for that; the whole page follows. */
  watch(onlooker: Onlooker, filter: BoardFilter): void {
    if (!this.#onlookers.has(onlooker)) return;
    onlooker.filter = filter;
    onlooker.shown = null;
    this.#open(onlooker);
    this.#schedule();
  }

  /** @param anew whether all is read again that is kept */
  refreshAll(anew = true): void {
    for (const [siteId, board] of this.#sites) {
      if (anew) board.forget();
      this.#stale.add(siteId);
    }
    for (const { repId } of this.#onlookers) this.#doubted.add(repId);
    this.#schedule();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#unsubscribe();
    clearTimeout(this.#timer);
    clearInterval(this.#day);
    await this.#showing;
  }

  #sitesOf = async (repId: RepId): Promise<readonly SiteId[]> => {
    const { db } = this.#options;
    return (await scopeOf(db, await membershipsOf(db, repId), 'board.see')).sites;
  };

  #open({ sites }: Onlooker): void {
    for (const siteId of sites) {
      if (this.#sites.has(siteId)) continue;
      this.#sites.set(siteId, new SiteBoard(this.#options.db, siteId, this.#options.now));
      this.#stale.add(siteId);
    }
  }

  #changed(change: SiteChanged): void {
    if (this.#onlookers.size === 0) return;
    for (const { repId } of this.#onlookers) if (change.repIds.includes(repId)) this.#doubted.add(repId);
    const board = this.#sites.get(change.siteId);
    board?.changed(change);
    if (board) this.#stale.add(change.siteId);
    if (board || this.#doubted.size > 0) this.#schedule();
  }

  #schedule(): void {
    // Whoever has just asked need not wait for the others, unless what they would be shown cannot be read.
    const isAsked = this.#waits && !this.#hasFailed;
    if (this.#showing || this.#closed || this.#onlookers.size === 0 || (this.#timer && !isAsked)) return;
    clearTimeout(this.#timer);
    const wait = isAsked ? 0 : Math.max(limits.surroundingsDelayMs, this.#nextAt - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const isDue = performance.now() >= this.#nextAt;
      if (isDue) this.#nextAt = performance.now() + limits.boardPushMs;
      this.#showing = this.#show(isDue).finally(() => {
        this.#showing = null;
        if (this.#stale.size > 0 || this.#doubted.size > 0 || this.#waits) this.#schedule();
      });
    }, wait);
  }

  /** Somebody asked who has been sent nothing yet. */
  get #waits(): boolean {
    return [...this.#onlookers].some(({ filter, shown }) => filter !== null && shown === null);
  }

  /** @param isDue everybody is shown what changed; else only whoever has just asked is shown what is known */
  async #show(isDue: boolean): Promise<void> {
    try {
      this.#hasFailed = false;
      await this.#checkAccess();
      for (const siteId of [...this.#stale]) {
        const board = this.#sites.get(siteId);
        if (board?.isRead && !isDue) continue;
        this.#stale.delete(siteId);
        await board?.refresh();
      }
      await this.#sendAll(isDue);
    } catch (error) {
      this.#hasFailed = true;
      this.#nextAt = performance.now() + limits.boardPushMs;
      // What the store's trouble kept back is shown when it is over.
      for (const siteId of this.#sites.keys()) this.#stale.add(siteId);
      if (!this.#closed && !(error instanceof StoreDown))
        this.#options.log.error({ err: error }, 'live boards could not be shown');
    }
  }

  /** First of all: what somebody may not see any more is not sent. */
  async #checkAccess(): Promise<void> {
    for (const repId of this.#doubted) {
      this.#doubted.delete(repId);
      if (this.countOf(repId) === 0) continue;
      const sites = await this.#sitesOf(repId);
      for (const onlooker of this.of(repId)) {
        if (onlooker.sites.join() === sites.join()) continue;
        Object.assign(onlooker, { sites, shown: null });
        if (onlooker.filter) this.#open(onlooker);
      }
    }
  }

  async #sendAll(isDue: boolean): Promise<void> {
    const pages = new Map<string, BoardPage>();
    let since = performance.now();
    for (const onlooker of [...this.#onlookers]) {
      const { filter, sites, shown } = onlooker;
      if (!filter || (shown && !isDue)) continue;
      const key = JSON.stringify([sites, filter]);
      let page = pages.get(key);
      if (!page) {
        const boards = sites.map(siteId => this.#sites.get(siteId)).filter(board => board !== undefined);
        page = pageOf(boards, filter);
        pages.set(key, page);
      }
      const text = changesBetween(shown, page, this.#options.now());
      onlooker.shown = page;
      if (text) onlooker.socket.sendText(text);
      if (performance.now() - since < turnMs) continue;
      await nextTurn();
      since = performance.now();
    }
  }
}
