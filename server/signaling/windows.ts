/** One person in several windows: which of them has the call, and how it goes from one to another. */
import { limits } from '../../shared/limits.ts';
import type { RequestData } from '../../shared/protocol.ts';
import { repConnected } from '../calls/commands/rep-commands.ts';
import { shopperConnected } from '../calls/commands/shopper-commands.ts';
import { CallError } from '../calls/errors.ts';
import { repIdOf } from '../calls/model/call.ts';
import { loadLiveCallOf } from '../calls/writing/call-rows.ts';
import type { SignalingDeps } from './deps.ts';
import type { Handler } from './handler.ts';
import { legOf, type Session, type ShopperSession } from './session.ts';

/** The holder of the call is connected with this session. `keepsLeg`: the same page, whose media never stopped. */
export async function noteHolder(
  { transactions, sessions }: SignalingDeps,
  session: Session,
  keepsLeg: boolean,
): Promise<void> {
  if (session.role === 'shopper')
    await transactions.change([session.siteId], change =>
      shopperConnected(change, session.siteId, session.shopperId),
    );
  else {
    const { repId, id } = session;
    const siteIds = await transactions.changeRep(repId, async (change, sites) => {
      await repConnected(change, sites, repId, id, keepsLeg);
      return sites;
    });
    sessions.setSites(session, siteIds);
  }
}

/**
 * The holder is gone. Reloading looks the same, so it is given a moment before the other windows are told that the
 * call is free. They take it by asking: one that is frozen asks for nothing, and so can hold up nobody.
 */
export function offerToOthers(
  { sessions, pushes }: SignalingDeps,
  session: Session,
  afterMs: number = limits.handOverMs,
): void {
  setTimeout(() => {
    if (!sessions.setFree(session)) return;
    for (const other of sessions.ofSamePerson(session)) pushes.refreshSoon(other);
  }, afterMs).unref();
}

/** What the rep is shown of the shopper's microphone is this window's from now on. Routes nothing. */
function showRep({ transactions }: SignalingDeps, { siteId, shopperId }: ShopperSession): Promise<void> {
  return transactions.change([], async change => {
    const own = await loadLiveCallOf(change.db, siteId, shopperId);
    if (own) change.touch({ siteId, call: own.call.id, rep: repIdOf(own.call) });
  });
}

/** Bring the call, or a rep's phone, to the window that asks. */
export const takeOver: Handler<'session.take-over', Session> = async (
  deps,
  session,
  { onlyIfFree }: RequestData<'session.take-over'>,
) => {
  const { sessions, pushes, plane, log } = deps;
  if (sessions.holds(session)) return {};
  if (onlyIfFree && sessions.heldBy(session) !== 'nobody')
    throw new CallError('in-use-elsewhere', 'The call is in another window.');
  if (!sessions.hold(session)) return {};
  await noteHolder(deps, session, false);
  if (session.role === 'shopper') await showRep(deps, session);
  const leg = legOf(session);
  // Taken on meanwhile: the leg is the next one's.
  if (leg && sessions.holds(session)) plane.closeLeg(leg);
  for (const window of sessions.ofSamePerson(session)) pushes.refreshSoon(window);
  log.info({ role: session.role, leg }, 'call brought to another window');
  return {};
};
