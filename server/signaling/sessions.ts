/** The book of all sessions: who is connected with which windows, found by what a change names. */
import type { MicrophoneState } from '../../shared/domain.ts';
import type { CallId, LegId, RepId, ShopperId, SiteId } from '../../shared/ids.ts';
import { callOfLeg, repOfLeg } from '../../shared/ids.ts';
import type { HeldBy } from '../../shared/protocol.ts';
import type { RepSession, Session, ShopperSession } from './session.ts';

/**
 * The windows in which one person is connected. The holder has the call and its media, or rings; the others show and
 * control what the holder has.
 */
type Windows<S> = {
  holder: S | undefined;
  others: Set<S>;
  /** The holder did not come back: whichever of the others asks first gets the call. */
  free: boolean;
};

type Book<Id, S> = Map<Id, Windows<S>>;

export class Sessions {
  readonly #shoppers: Book<ShopperId, ShopperSession> = new Map();
  readonly #reps: Book<RepId, RepSession> = new Map();
  readonly #byCall = new Map<CallId, Set<ShopperSession>>();
  readonly #bySite = new Map<SiteId, Set<Session>>();
  #open = { shoppers: 0, reps: 0 };

  /**
   * The first window of a person holds the call; a later one follows, unless it resumes the holding one: the same page
   * again, or the next one in its tab. Returns the session that is replaced because this one resumes it.
   *
   * @param resumes id of the session that this page, or the one before it in this tab, had
   * @param follows the page followed before: it does not take the call of a holder who is just being reconnected too
   */
  enter(session: Session, resumes?: string, follows = false): Session | undefined {
    const former = [...this.ofSamePerson(session)].find(({ id }) => id === resumes);
    if (former) this.remove(former);
    if (session.role === 'shopper') {
      seat(this.#shoppers, session.shopperId, session, follows);
      this.#open.shoppers++;
    } else {
      seat(this.#reps, session.repId, session, follows);
      this.#open.reps++;
    }
    this.#enterSites(session);
    return former;
  }

  /** True when the session has the call, and its media is that of the call. */
  holds(session: Session): boolean {
    return this.#windowsOf(session)?.holder === session;
  }

  /** Which of the person's windows has the call, as this one is told. */
  heldBy(session: Session): HeldBy {
    const windows = this.#windowsOf(session);
    if (windows?.holder === session) return 'this';
    return windows && !windows.holder && windows.free ? 'nobody' : 'another';
  }

  /** The session becomes the holder, whoever was it before. False when its socket is gone. */
  hold(session: Session): boolean {
    if (!this.has(session)) return false;
    if (session.role === 'shopper') promote(this.#shoppers.get(session.shopperId), session);
    else promote(this.#reps.get(session.repId), session);
    return true;
  }

  /** Where nobody holds the call, the next one to ask gets it. False where there is nothing to give away. */
  setFree(session: Session): boolean {
    const windows = this.#windowsOf(session);
    if (!windows || windows.holder || windows.free) return false;
    windows.free = true;
    return true;
  }

  /** In how many windows that person is connected. */
  windows(session: Session): number {
    return [...this.ofSamePerson(session)].length;
  }

  /** All windows of the one whose session this is. */
  *ofSamePerson(session: Session): Iterable<Session> {
    const windows = this.#windowsOf(session);
    if (windows?.holder) yield windows.holder;
    if (windows) yield* windows.others;
  }

  /** The rep may serve other sites than before. */
  setSites(session: RepSession, siteIds: readonly SiteId[]): void {
    if (siteIds.join() === session.siteIds.join()) return;
    this.#leaveSites(session);
    session.siteIds = siteIds;
    if (this.has(session)) this.#enterSites(session);
  }

  /** False once the socket is gone, or a newer session of the same window has taken over. */
  has(session: Session): boolean {
    const windows = this.#windowsOf(session);
    return windows !== undefined && (windows.holder === session || windows.others.has(session));
  }

  /** What the session was: only the loss of a holder is a loss. `unknown` when it was replaced before. */
  remove(session: Session): 'holder' | 'follower' | 'unknown' {
    this.#leaveSites(session);
    if (session.role === 'shopper') this.#leaveCall(session);
    const was = this.holds(session) ? 'holder' : this.has(session) ? 'follower' : 'unknown';
    if (was === 'unknown') return was;
    if (session.role === 'shopper') {
      unseat(this.#shoppers, session.shopperId, session);
      this.#open.shoppers--;
    } else {
      unseat(this.#reps, session.repId, session);
      this.#open.reps--;
    }
    return was;
  }

  /** Which call the shopper is in, so that changes of the call find the session. */
  setCall(session: ShopperSession, callId: CallId | null): void {
    // A view may have been on its way when the socket closed; whoever is gone is found by no call any more.
    if (session.callId === callId || !this.has(session)) return;
    this.#leaveCall(session);
    session.callId = callId;
    if (callId) this.#byCall.set(callId, (this.#byCall.get(callId) ?? new Set()).add(session));
  }

  /** The window that has the rep's phone. */
  rep(repId: RepId): RepSession | undefined {
    return this.#reps.get(repId)?.holder;
  }

  /** All windows of the rep. */
  windowsOfRep(repId: RepId): RepSession[] {
    const windows = this.#reps.get(repId);
    return windows ? [...(windows.holder ? [windows.holder] : []), ...windows.others] : [];
  }

  /** The window that has the call. */
  shopperIn(callId: CallId): ShopperSession | undefined {
    return this.windowsIn(callId).find(session => this.holds(session));
  }

  /** All windows of the shopper in that call. */
  windowsIn(callId: CallId): ShopperSession[] {
    return [...(this.#byCall.get(callId) ?? [])];
  }

  /** What each side's page said of its microphone. */
  microphoneOfRep(repId: RepId): MicrophoneState {
    return this.rep(repId)?.microphone ?? 'ok';
  }

  microphoneOfShopper(callId: CallId): MicrophoneState {
    return this.shopperIn(callId)?.microphone ?? 'ok';
  }

  /** Whether the shopper is connected, in whichever window. */
  hasShopper(shopperId: ShopperId): boolean {
    return this.#shoppers.has(shopperId);
  }

  *all(): Iterable<Session> {
    for (const book of [this.#shoppers, this.#reps] as const)
      for (const { holder, others } of [...book.values()]) {
        if (holder) yield holder;
        yield* others;
      }
  }

  ofSite(siteId: SiteId): Iterable<Session> {
    return this.#bySite.get(siteId) ?? [];
  }

  /** Whoever holds the leg. */
  byLeg(legId: LegId): Session | undefined {
    const repId = repOfLeg(legId);
    if (repId) return this.rep(repId);
    const callId = callOfLeg(legId);
    return callId ? this.shopperIn(callId) : undefined;
  }

  get counts(): { shoppers: number; reps: number } {
    return { ...this.#open };
  }

  #windowsOf(session: Session): Windows<Session> | undefined {
    return session.role === 'shopper'
      ? (this.#shoppers.get(session.shopperId) as Windows<Session> | undefined)
      : (this.#reps.get(session.repId) as Windows<Session> | undefined);
  }

  #leaveCall(session: ShopperSession): void {
    if (!session.callId) return;
    const sessions = this.#byCall.get(session.callId);
    sessions?.delete(session);
    if (sessions?.size === 0) this.#byCall.delete(session.callId);
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
    this.#open = { shoppers: 0, reps: 0 };
  }
}

const sitesOf = (session: Session) => (session.role === 'shopper' ? [session.siteId] : session.siteIds);

function seat<Id, S>(book: Book<Id, S>, id: Id, session: S, follows: boolean): void {
  const windows = book.get(id) ?? { holder: undefined, others: new Set<S>(), free: false };
  book.set(id, windows);
  if (windows.holder || follows) windows.others.add(session);
  else promote(windows, session);
}

function promote<S>(windows: Windows<S> | undefined, session: S): void {
  if (!windows || windows.holder === session) return;
  if (windows.holder) windows.others.add(windows.holder);
  windows.others.delete(session);
  windows.holder = session;
  windows.free = false;
}

function unseat<Id, S>(book: Book<Id, S>, id: Id, session: S): void {
  const windows = book.get(id);
  if (!windows) return;
  if (windows.holder === session) windows.holder = undefined;
  windows.others.delete(session);
  if (!windows.holder && windows.others.size === 0) book.delete(id);
}
