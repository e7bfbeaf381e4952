/** A client after a good `hello`, and the book of all of them. */
import type { CallId, LegId, QueueId, RepId, ShopperId, SiteId } from '../../shared/ids.ts';
import { callOfLeg, repLeg, repOfLeg, shopperLeg } from '../../shared/ids.ts';
import type { RepView, ShopperView } from '../../shared/views.ts';
import type { ClientSocket } from './client-socket.ts';

type Common = {
  /** Unique per socket. */
  id: string;
  socket: ClientSocket;
  /** What was last shown, without `serverTime`, to push only what changed. */
  shown: string;
  /** The answer to `hello` is on its way, so that views make sense to the client. */
  greeted: boolean;
  /** Something changed since the last reading began. */
  stale: boolean;
  /** The reading in hand. */
  reading: Promise<void> | null;
};

export type ShopperSession = Common & {
  role: 'shopper';
  siteId: SiteId;
  shopperId: ShopperId;
  /** The queue that the page is for; the site's first when left out. */
  queueId: QueueId | undefined;
  /** The call that is not over, once a view showed it. */
  callId: CallId | null;
  /** The newest view. */
  view: ShopperView | null;
  /** When `call.start` came in (monotonic, ms), until the microphone flows. */
  setUpSince: number | null;
  /** The line in which the shopper waits now. */
  waitingIn: QueueId | null;
};

export type RepSession = Common & {
  role: 'rep';
  repId: RepId;
  /** Sites whose queues the rep served when the view was last read. */
  siteIds: readonly SiteId[];
  view: RepView | null;
};

export type Session = ShopperSession | RepSession;

/** The leg of whoever holds the session, or null for a shopper who is in no call. */
export function legOf(session: Session): LegId | null {
  if (session.role === 'rep') return repLeg(session.repId);
  return session.callId ? shopperLeg(session.callId) : null;
}

/** Who is connected, found by what a change names. */
export class Sessions {
  readonly #shoppers = new Map<ShopperId, ShopperSession>();
  readonly #reps = new Map<RepId, RepSession>();
  readonly #byCall = new Map<CallId, ShopperSession>();
  readonly #bySite = new Map<SiteId, Set<Session>>();

  /** Returns the session of the same person that this one replaces. */
  add(session: Session): Session | undefined {
    const former =
      session.role === 'shopper' ? this.#shoppers.get(session.shopperId) : this.#reps.get(session.repId);
    if (former) this.remove(former);
    if (session.role === 'shopper') this.#shoppers.set(session.shopperId, session);
    else this.#reps.set(session.repId, session);
    this.#enterSites(session);
    return former;
  }

  /** The rep may serve other sites than before. */
  setSites(session: RepSession, siteIds: readonly SiteId[]): void {
    if (siteIds.join() === session.siteIds.join()) return;
    this.#leaveSites(session);
    session.siteIds = siteIds;
    if (this.has(session)) this.#enterSites(session);
  }

  /** False once a newer session of the same person has taken over, or the socket is gone. */
  has(session: Session): boolean {
    return session.role === 'shopper'
      ? this.#shoppers.get(session.shopperId) === session
      : this.#reps.get(session.repId) === session;
  }

  /** False when the session was not in the book any more, because a newer one took over. */
  remove(session: Session): boolean {
    this.#leaveSites(session);
    const held = this.has(session);
    if (session.role === 'shopper') {
      if (session.callId && this.#byCall.get(session.callId) === session) this.#byCall.delete(session.callId);
      if (held) this.#shoppers.delete(session.shopperId);
    } else if (held) this.#reps.delete(session.repId);
    return held;
  }

  /** Which call the shopper is in, so that changes of the call find the session. */
  setCall(session: ShopperSession, callId: CallId | null): void {
    // A view may have been on its way when the socket closed; whoever is gone is found by no call any more.
    if (session.callId === callId || !this.has(session)) return;
    if (session.callId && this.#byCall.get(session.callId) === session) this.#byCall.delete(session.callId);
    session.callId = callId;
    if (callId) this.#byCall.set(callId, session);
  }

  rep(repId: RepId): RepSession | undefined {
    return this.#reps.get(repId);
  }

  shopperIn(callId: CallId): ShopperSession | undefined {
    return this.#byCall.get(callId);
  }

  ofSite(siteId: SiteId): Iterable<Session> {
    return this.#bySite.get(siteId) ?? [];
  }

  /** Whoever holds the leg. */
  byLeg(legId: LegId): Session | undefined {
    const repId = repOfLeg(legId);
    if (repId) return this.#reps.get(repId);
    const callId = callOfLeg(legId);
    return callId ? this.#byCall.get(callId) : undefined;
  }

  get counts(): { shoppers: number; reps: number } {
    return { shoppers: this.#shoppers.size, reps: this.#reps.size };
  }

  #enterSites(session: Session): void {
    for (const siteId of sitesOf(session)) {
      const members = this.#bySite.get(siteId) ?? new Set();
      this.#bySite.set(siteId, members.add(session));
    }
  }

  #leaveSites(session: Session): void {
    for (const siteId of sitesOf(session)) {
      const members = this.#bySite.get(siteId);
      members?.delete(session);
      if (members?.size === 0) this.#bySite.delete(siteId);
    }
  }

  /** Forget everybody: nobody's loss is noted any more. */
  clear(): void {
    for (const book of [this.#shoppers, this.#reps, this.#byCall, this.#bySite]) book.clear();
  }
}

const sitesOf = (session: Session) => (session.role === 'shopper' ? [session.siteId] : session.siteIds);
