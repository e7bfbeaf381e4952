/**
 * Shows each client its current view when it changed. A person's own state goes out at once; what merely
 * moved around them (places, estimates, counts) at most once a second per site.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { SiteId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import type { Push } from '../../shared/protocol.ts';
import type { RepView, ShopperView } from '../../shared/views.ts';
import type { Bus, PartyMark, SiteChanged } from '../bus/bus.ts';
import { inLanguage } from '../calls/routing/availability.ts';
import { type Board, createBoard } from '../calls/views/board.ts';
import { CrowdedQueues } from '../calls/views/crowded-queues.ts';
import { repView } from '../calls/views/rep-view.ts';
import { readShared, type SharedReading } from '../calls/views/shared-reading.ts';
import { shopperView, stillInLine } from '../calls/views/shopper-view.ts';
import type { Database } from '../store/schema.ts';
import { StoreDown } from '../store/store-error.ts';
import type { RepSession, Session, ShopperSession } from './session.ts';
import type { Sessions } from './sessions.ts';

type PushesOptions = {
  db: Kysely<Database>;
  bus: Bus;
  sessions: Sessions;
  now: () => number;
  log: Logger;
};

/** What is read once for all who are shown something in one go. Good for as long as nothing changes. */
type Round = { board: Board; shared: SharedReading };

/** Of a site: when they may be shown next, the timer if one is set, and what has been read for that. */
type Surroundings = { at: number; timer: NodeJS.Timeout | undefined; round: Round | undefined };

/** Others get their turn when so much of it was used for showing, ms. */
const turnMs = 5;
/** Where the time of a view goes. */
const noTime = '"serverTime":0';

export class Pushes {
  readonly #options: PushesOptions;
  readonly #unsubscribe: () => void;
  readonly #surroundings = new Map<SiteId, Surroundings>();
  readonly #concurrencyCaps = new Set<Promise<unknown>>();
  readonly #crowds = new CrowdedQueues();
  #closed = false;
  #storeDown = false;

  constructor(options: PushesOptions) {
    this.#options = options;
    this.#unsubscribe = options.bus.subscribe(change => this.#changed(change));
  }

  /** The view for the answer to `hello`. */
  async greet(session: Session): Promise<ShopperView | RepView> {
    const view = await this.#read(session);
    session.shown = this.#textOf(session, view);
    return view;
  }

  /** The answer to `hello` is sent: push from now on, whatever changed meanwhile included. */
  begin(session: Session): void {
    session.greeted = true;
    this.refreshSoon(session);
  }

  /**
   * Push the session's view if it differs from what was shown. Readings of one session never overlap: a slow old
   * one would otherwise be shown after a quick new one.
   *
   * @param round what is read once for several; each reads for itself when left out
   */
  async refresh(session: Session, round?: Round): Promise<void> {
    session.stale = true;
    if (!session.greeted) return;
    session.reading ??= this.#readWhileStale(session, round).finally(() => {
      session.reading = null;
    });
    await session.reading;
  }

  /** The store is away: whoever is connected is told so over what they saw last, and over what is still being read. */
  storeIsBack(): void {
    this.#storeDown = false;
    this.refreshAll();
  }

  showStoreDown(): void {
    this.#storeDown = true;
    for (const session of this.#options.sessions.all())
      if (session.view && session.greeted) this.#show(session, session.view);
  }

  /** Everybody's view, read anew: nobody knows what was missed. */
  refreshAll(): void {
    this.#crowds.forget();
    for (const session of this.#options.sessions.all()) this.refreshSoon(session);
  }

  /** The same without waiting; failures are logged. */
  refreshSoon(session: Session | undefined, round?: Round): void {
    if (session) this.#track(this.refresh(session, round));
  }

  async #readWhileStale(session: Session, round?: Round): Promise<void> {
    let first = round;
    while (session.stale) {
      session.stale = false;
      this.#show(session, await this.#read(session, first));
      first = undefined;
    }
  }

  /** Sends nothing when it is what was shown last. */
  #show(session: Session, read: ShopperView | RepView): void {
    const view = this.#storeDown ? whileStoreIsDown(read, this.#options.now()) : read;
    const text = this.#textOf(session, view);
    if (text === session.shown) return;
    session.shown = text;
    session.socket.sendText(text.replace(noTime, `"serverTime":${view.serverTime}`));
  }

  /** The push, without the time that moves by itself, to compare. */
  #textOf(session: Session, view: ShopperView | RepView): string {
    const { sessions } = this.#options;
    // The time first: no words of a person may come before it.
    const timeless = Object.assign({ serverTime: 0 }, view, { serverTime: 0 });
    return JSON.stringify({ push: 'view', heldBy: sessions.heldBy(session), view: timeless } satisfies Push);
  }

  async #read(session: Session, given?: Round): Promise<ShopperView | RepView> {
    const { db, now, sessions } = this.#options;
    if (session.role === 'shopper') return this.#readShopper(session, given);
    const { board } = given ?? this.#round([session]);
    sessions.setSites(session, await board.sitesOf(session.repId));
    session.view = await repView(db, session.repId, now(), sessions, board);
    return session.view;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#unsubscribe();
    for (const { timer } of this.#surroundings.values()) clearTimeout(timer);
    await Promise.all(this.#concurrencyCaps);
  }

  #changed(change: SiteChanged): void {
    const { sessions } = this.#options;
    for (const mark of change.marks) this.#showMark(mark);
    const reps = change.repIds.flatMap(repId => sessions.windowsOfRep(repId));
    const shoppers = change.callIds.flatMap(callId => sessions.windowsIn(callId));
    const round = this.#roundFor(change, reps);
    for (const session of [...shoppers, ...reps]) this.refreshSoon(session, round);
  }

  /**
   * What is read for those concerned, which serves those around them too when these are told soon after. In a crowd
   * they are shown the counts that are known, and those around are what is counted anew for.
   */
  #roundFor({ siteId, surroundings }: SiteChanged, concerned: readonly RepSession[]): Round {
    if (!surroundings) return this.#round(concerned);
    const isCrowd = this.#crowds.has(siteId);
    // What is being read may be older than the change.
    if (!isCrowd) this.#crowds.forget(siteId);
    const soon = this.#scheduleSurroundings(siteId) && !isCrowd;
    const reps = soon ? this.#repsOf(siteId) : [];
    const round = this.#round([...concerned, ...reps]);
    // Of an earlier change nothing is good any more.
    const entry = this.#surroundings.get(siteId);
    if (entry) entry.round = soon ? round : undefined;
    return round;
  }

  #repsOf(siteId: SiteId): RepSession[] {
    return [...this.#options.sessions.ofSite(siteId)].filter(session => session.role === 'rep');
  }

  #round(reps: readonly RepSession[]): Round {
    const { db, now } = this.#options;
    const at = now();
    const repIds = reps.map(session => session.repId);
    const shared = readShared(db, at, this.#crowds);
    return { board: createBoard(db, repIds, at, shared), shared };
  }

  /** Whoever is in that talk sees the mark at once, with nothing read. */
  #showMark(mark: PartyMark): void {
    const { sessions } = this.#options;
    const reps = mark.repId === null ? [] : sessions.windowsOfRep(mark.repId);
    for (const session of [...sessions.windowsIn(mark.callId), ...reps]) {
      const marked = session.view && withMark(session.view, mark);
      if (!marked) continue;
      // What is being read may not have seen it.
      if (session.reading) session.stale = true;
      Object.assign(session, { view: marked });
      if (session.greeted) this.#show(session, marked);
    }
  }

  /** @returns whether it is soon, as it is unless they were told a moment ago */
  #scheduleSurroundings(siteId: SiteId): boolean {
    const { now } = this.#options;
    const entry = this.#surroundings.get(siteId) ?? { at: 0, timer: undefined, round: undefined };
    this.#surroundings.set(siteId, entry);
    const wait = Math.max(limits.surroundingsDelayMs, Math.min(entry.at - now(), limits.placePushMs));
    entry.timer ??= setTimeout(() => {
      const { round } = entry;
      Object.assign(entry, { timer: undefined, round: undefined, at: now() + limits.placePushMs });
      this.#track(this.#showSurroundings(siteId, round));
    }, wait);
    return wait === limits.surroundingsDelayMs;
  }

  async #showSurroundings(siteId: SiteId, known: Round | undefined): Promise<void> {
    const { sessions } = this.#options;
    if (!known) this.#crowds.forget(siteId);
    const round = known ?? this.#round(this.#repsOf(siteId));
    let since = performance.now();
    for (const session of [...sessions.ofSite(siteId)]) {
      if (session.role === 'rep') await this.#showBoard(session, round);
      else await this.#showPlace(session, round);
      if (performance.now() - since < turnMs) continue;
      await nextTurn();
      since = performance.now();
    }
  }

  /** What moved around a rep is laid over what is the rep's own. */
  async #showBoard(session: RepSession, round: Round): Promise<void> {
    const { view } = session;
    // What became of a missed call is the rep's own, and goes by what others do.
    if (!session.greeted || !view || view.missed) return this.refresh(session, round);
    const around = await round.board.of(session.repId);
    // Another view was read meanwhile, or is about to be, of which nobody knows what it saw around.
    if (session.view !== view || session.reading) return this.refresh(session);
    session.view = { ...view, ...around, serverTime: this.#options.now() };
    this.#show(session, session.view);
  }

  /** Ten thousand waiting callers cost one reading of the line, not ten thousand queries. */
  async #showPlace(session: ShopperSession, { shared }: Round): Promise<void> {
    if (!session.greeted) return;
    const { view, waitingIn } = session;
    if ((view?.state === 'waiting' || view?.state === 'callback') && waitingIn) {
      const line = await shared.line(session.siteId, waitingIn);
      const moved = stillInLine(view, line, session.languages, this.#options.now());
      if (!moved) return this.refresh(session);
      // A newer view may have been read while the line was.
      if (session.view !== view) return;
      session.view = moved;
      this.#show(session, moved);
    } else if ((view?.state === 'idle' || view?.state === 'ended') && !session.reading) {
      // The same for all who only look at the shop: one reading of what a click would get.
      const offered = await shared.reach(session.siteId, session.queueId);
      if (session.view !== view || session.reading) return;
      session.view = { ...view, ...inLanguage(offered, session.languages), serverTime: this.#options.now() };
      this.#show(session, session.view);
    } else if (view?.state !== 'talking' && view?.state !== 'calling-back') await this.refresh(session);
  }

  async #readShopper(session: ShopperSession, given: Round | undefined): Promise<ShopperView> {
    const { db, now, sessions } = this.#options;
    let view: ShopperView;
    let { callId } = session;
    let round = given ?? this.#round([]);
    for (;;) {
      session.waitingIn = null;
      const { shared } = round;
      const line: SharedReading['line'] = (siteId, queueId) => {
        session.waitingIn = queueId;
        return shared.line(siteId, queueId);
      };
      view = await shopperView(db, session, now(), { ...shared, line }, sessions);
      // A call that was answered for meanwhile is not in what was read before: it would be taken away again.
      if (session.callId === callId) break;
      ({ callId } = session);
      round = this.#round([]);
    }
    sessions.setCall(session, 'callId' in view && view.state !== 'ended' ? view.callId : null);
    session.view = view;
    return view;
  }

  #track(work: Promise<unknown>): void {
    const tracked = work
      .catch(error => {
        // What the store's trouble kept back is shown when it is over.
        if (!this.#closed && !(error instanceof StoreDown))
          this.#options.log.error({ err: error }, 'a view could not be pushed');
      })
      .finally(() => this.#concurrencyCaps.delete(tracked));
    this.#concurrencyCaps.add(tracked);
  }
}

/** The view with what one side said; null when it does not show that talk. */
function withMark(view: ShopperView | RepView, mark: PartyMark): ShopperView | RepView | null {
  const isShopper = mark.kind === 'shopper';
  if ('rep' in view) {
    const { work } = view;
    if (work.state !== 'talking' || work.call.callId !== mark.callId) return null;
    if ('muted' in mark)
      return { ...view, work: { ...work, [isShopper ? 'shopperMuted' : 'muted']: mark.muted } };
    return { ...view, work: { ...work, quality: { ...work.quality, [mark.kind]: mark.mos } } };
  }
  if (view.state !== 'talking' || view.callId !== mark.callId || !('muted' in mark)) return null;
  return { ...view, [isShopper ? 'muted' : 'repMuted']: mark.muted };
}

/** Only what would be false is changed: who talks talks on, who waits has the place. */
function whileStoreIsDown(view: ShopperView | RepView, serverTime: number): ShopperView | RepView {
  if ('rep' in view) return { ...view, serverTime, storeDown: true };
  if (!('availability' in view)) return view;
  return { ...view, serverTime, availability: 'store-down', opensAt: null, takesNumber: false, message: '' };
}
