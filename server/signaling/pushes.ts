/**
 * Shows each client its current view when it changed. A person's own state goes out at once; what merely
 * moved around them (places, estimates, counts) at most once a second per site.
 */
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { QueueId, SiteId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import type { RepView, ShopperView } from '../../shared/views.ts';
import type { Bus, SiteChanged } from '../bus/bus.ts';
import { repView } from '../calls/views/rep-view.ts';
import {
  type Lines,
  type Reach,
  readLines,
  readReach,
  shopperView,
  stillInLine,
} from '../calls/views/shopper-view.ts';
import type { Database } from '../store/schema.ts';
import { sitesOfRep } from '../store/sites.ts';
import { StoreDown } from '../store/store-error.ts';
import type { Session, ShopperSession } from './session.ts';
import type { Sessions } from './sessions.ts';

type PushesOptions = {
  db: Kysely<Database>;
  bus: Bus;
  sessions: Sessions;
  now: () => number;
  log: Logger;
};

export class Pushes {
  readonly #options: PushesOptions;
  readonly #unsubscribe: () => void;
  /** When each site's surroundings may be shown next, and the timer if one is set. */
  readonly #surroundings = new Map<SiteId, { at: number; timer: NodeJS.Timeout | undefined }>();
  readonly #inHand = new Set<Promise<unknown>>();
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
   */
  async refresh(session: Session): Promise<void> {
    session.stale = true;
    if (!session.greeted) return;
    session.reading ??= this.#readWhileStale(session).finally(() => {
      session.reading = null;
    });
    await session.reading;
  }

  /** The store is away: whoever is connected is told so over what they saw last, and over what is still being read. */
  storeIsBack(): void {
    this.#storeDown = false;
    this.refreshAll();
  }

  tellStoreDown(): void {
    this.#storeDown = true;
    for (const session of this.#options.sessions.all())
      if (session.view && session.greeted) this.#show(session, session.view);
  }

  /** Everybody's view, read anew: nobody knows what was missed. */
  refreshAll(): void {
    for (const session of this.#options.sessions.all()) this.refreshSoon(session);
  }

  /** The same without waiting; failures are logged. */
  refreshSoon(session: Session | undefined): void {
    if (session) this.#track(this.refresh(session));
  }

  async #readWhileStale(session: Session): Promise<void> {
    while (session.stale) {
      session.stale = false;
      this.#show(session, await this.#read(session));
    }
  }

  /** Sends nothing when it is what was shown last. */
  #show(session: Session, read: ShopperView | RepView): void {
    const view = this.#storeDown ? whileStoreIsDown(read, this.#options.now()) : read;
    const text = this.#textOf(session, view);
    if (text === session.shown) return;
    session.shown = text;
    session.socket.send({ push: 'view', view, heldBy: this.#options.sessions.heldBy(session) });
  }

  /** What the person sees, without what moves by itself, to compare. */
  #textOf(session: Session, view: ShopperView | RepView): string {
    return JSON.stringify([this.#options.sessions.heldBy(session), { ...view, serverTime: 0 }]);
  }

  async #read(session: Session): Promise<ShopperView | RepView> {
    const { db, now, sessions } = this.#options;
    if (session.role === 'shopper') return this.#readShopper(session, readLines(db));
    sessions.setSites(session, await sitesOfRep(db, session.repId));
    session.view = await repView(db, session.repId, now(), sessions);
    return session.view;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#unsubscribe();
    for (const { timer } of this.#surroundings.values()) clearTimeout(timer);
    await Promise.all(this.#inHand);
  }

  #changed(change: SiteChanged): void {
    const { sessions } = this.#options;
    for (const callId of change.callIds)
      for (const session of sessions.windowsIn(callId)) this.refreshSoon(session);
    for (const repId of change.repIds)
      for (const session of sessions.windowsOfRep(repId)) this.refreshSoon(session);
    if (change.surroundings) this.#scheduleSurroundings(change.siteId);
  }

  #scheduleSurroundings(siteId: SiteId): void {
    const { now } = this.#options;
    const entry = this.#surroundings.get(siteId) ?? { at: 0, timer: undefined };
    this.#surroundings.set(siteId, entry);
    if (entry.timer) return;
    entry.timer = setTimeout(
      () => {
        entry.timer = undefined;
        entry.at = now() + limits.placePushMs;
        this.#track(this.#showSurroundings(siteId));
      },
      Math.max(limits.surroundingsDelayMs, Math.min(entry.at - now(), limits.placePushMs)),
    );
  }

  async #showSurroundings(siteId: SiteId): Promise<void> {
    const { db, sessions } = this.#options;
    const lines = cached(readLines(db));
    const reach = cached(readReach(db, this.#options.now()));
    for (const session of [...sessions.ofSite(siteId)]) {
      if (session.role === 'rep') await this.refresh(session);
      else await this.#showPlace(session, lines, reach);
    }
  }

  /** Ten thousand waiting callers cost one reading of the line, not ten thousand queries. */
  async #showPlace(session: ShopperSession, lines: Lines, reach: Reach): Promise<void> {
    if (!session.greeted) return;
    const { view, waitingIn } = session;
    if ((view?.state === 'waiting' || view?.state === 'callback') && waitingIn) {
      const line = await lines(session.siteId, waitingIn);
      const moved = stillInLine(view, line, this.#options.now());
      if (!moved) return this.refresh(session);
      // A newer view may have been read while the line was.
      if (session.view !== view) return;
      session.view = moved;
      this.#show(session, moved);
    } else if (view?.state === 'idle' && !session.reading) {
      // The same for all who only look at the shop: one reading of what a click would get.
      const idle: ShopperView = {
        state: 'idle',
        serverTime: this.#options.now(),
        ...(await reach(session.siteId, session.queueId)),
      };
      if (session.view !== view || session.reading) return;
      session.view = idle;
      this.#show(session, idle);
    } else if (view?.state !== 'talking' && view?.state !== 'calling-back') await this.refresh(session);
  }

  async #readShopper(session: ShopperSession, lines: Lines): Promise<ShopperView> {
    const { db, now, sessions } = this.#options;
    const readLine: Lines = (siteId, queueId) => {
      session.waitingIn = queueId;
      return lines(siteId, queueId);
    };
    let view: ShopperView;
    let { callId } = session;
    for (;;) {
      session.waitingIn = null;
      view = await shopperView(db, session, now(), readLine, readReach(db, now()), sessions);
      // A call that was answered for meanwhile is not in what was read before: it would be taken away again.
      if (session.callId === callId) break;
      ({ callId } = session);
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
      .finally(() => this.#inHand.delete(tracked));
    this.#inHand.add(tracked);
  }
}

/** Only what would be false is changed: who talks talks on, who waits has the place. */
function whileStoreIsDown(view: ShopperView | RepView, serverTime: number): ShopperView | RepView {
  if ('rep' in view) return { ...view, serverTime, storeDown: true };
  if (!('availability' in view)) return view;
  return { ...view, serverTime, availability: 'store-down', opensAt: null, takesNumber: false, message: '' };
}

/** Of one site: each queue is read once. */
function cached<Q extends QueueId | undefined, T>(
  read: (siteId: SiteId, queueId: Q) => Promise<T>,
): (siteId: SiteId, queueId: Q) => Promise<T> {
  const known = new Map<Q, Promise<T>>();
  return (siteId, queueId) => {
    let reading = known.get(queueId);
    if (!reading) {
      reading = read(siteId, queueId);
      known.set(queueId, reading);
    }
    return reading;
  };
}
