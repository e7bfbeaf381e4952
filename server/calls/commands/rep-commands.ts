/** What a rep, or the loss of one, can change. */
import type { RepStatus } from '../../../shared/domain.ts';
import type { CallId, RepId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { RepRow } from '../../store/schema.ts';
import { readReasonsOf } from '../../store/team-settings.ts';
import { CallError } from '../errors.ts';
import { apply, applyIfItFits } from '../writing/apply.ts';
import { loadCall, loadCallOfRep } from '../writing/call-rows.ts';
import type { Change } from '../writing/change.ts';
import { noteMicrophone, setStatus } from '../writing/rep-status.ts';
import { revokeOfferOfRep } from './offers.ts';

type Sites = readonly SiteId[];

/**
 * A signaling session now holds the rep. `keepsLeg`: the same page, whose media never stopped. Any other page has no
 * microphone yet, so what rang at an earlier page goes back to its place.
 */
export async function repConnected(
  change: Change,
  sites: Sites,
  repId: RepId,
  sessionId: string,
  keepsLeg: boolean,
): Promise<void> {
  await change.db
    .updateTable('reps')
    .set({ session_id: sessionId, lost_until: null, ...(keepsLeg ? {} : { media_ready: 0 }) })
    .where('id', '=', repId)
    .execute();
  await noteMicrophone(change, repId);
  if (!keepsLeg) await revokeOfferOfRep(change, repId);
  touchRep(change, sites, repId);
  await touchCallOf(change, repId, 'rep-back');
}

/**
 * The rep's connection is lost. What rings stops at once; a call in progress is kept for a grace period, after
 * which `giveUpRep` puts it back in line. Nothing happens when a newer session has taken over.
 */
export async function repLost(change: Change, sites: Sites, repId: RepId, sessionId: string): Promise<void> {
  const rep = await change.db
    .updateTable('reps')
    .set({ session_id: null, microphone_due: null, lost_until: change.now + limits.repGraceMs })
    .where('id', '=', repId)
    .where('session_id', '=', sessionId)
    .returning('id')
    .executeTakeFirst();
  if (!rep) return;
  await revokeOfferOfRep(change, repId);
  touchRep(change, sites, repId);
  await touchCallOf(change, repId, 'rep-lost');
}

/** The grace period is over: the rep is offline and the call, if any, goes back to its place. */
export async function giveUpRep(change: Change, sites: Sites, repId: RepId): Promise<void> {
  await change.db.updateTable('reps').set({ lost_until: null }).where('id', '=', repId).execute();
  const { status } = await statusOf(change, repId);
  if (status !== 'offline') await setStatus(change, repId, { status: 'offline', reason: 'connection-lost' });
  touchRep(change, sites, repId);
  const own = await loadCallOfRep(change.db, repId);
  if (own) await apply(change, own, { type: 'rep-gone' });
}

/** The rep's microphone started or stopped to reach the server. */
export async function repMicrophone(
  change: Change,
  sites: Sites,
  repId: RepId,
  ready: boolean,
): Promise<void> {
  await change.db
    .updateTable('reps')
    .set({ media_ready: ready ? 1 : 0 })
    .where('id', '=', repId)
    .execute();
  await noteMicrophone(change, repId);
  if (!ready) await revokeOfferOfRep(change, repId);
  touchRep(change, sites, repId);
  await touchCallOf(change, repId);
}

/** Available, but nobody could be heard for too long: the rep is made `away` until they say otherwise. */
export async function giveUpMicrophone(change: Change, sites: Sites, repId: RepId): Promise<void> {
  await setStatus(change, repId, { status: 'away', reason: 'no-microphone' });
  touchRep(change, sites, repId);
}

/**
 * The rep chose a status. Choosing not to be available stops what rings; a call in progress goes on. Choosing what
 * already is changes nothing: a second click on "available" does not cost the rep the turn.
 *
 * @param note one of the team's reasons to be away, or empty; throws `bad-request` for any other
 */
export async function chooseStatus(
  change: Change,
  sites: Sites,
  repId: RepId,
  status: RepStatus,
  note = '',
): Promise<void> {
  if (
    note !== '' &&
    !(status === 'away' && (await readReasonsOf(change.db, repId)).awayReasons.includes(note))
  )
    throw new CallError('bad-request', 'That reason is not on the list any more. Choose another one.');
  const before = await statusOf(change, repId);
  if (before.status === status && before.status_reason === 'chosen' && before.status_note === note) return;
  if (status !== 'available') await revokeOfferOfRep(change, repId);
  // Whoever goes available again knows what was missed: the button stands beside it.
  const becomesFree = status === 'available' ? { idle_since: change.now, missed_seen_at: change.now } : {};
  await setStatus(change, repId, { status, reason: 'chosen', note }, becomesFree);
  touchRep(change, sites, repId);
}

/**
 * The rep has seen the calls missed up to then, and with them that they made the rep away: from now on that is the rep's
 * own choice. Never takes back what was seen, nor looks ahead.
 */
export async function missedSeen(change: Change, sites: Sites, repId: RepId, at: number): Promise<void> {
  const seen = Math.min(at, change.now);
  await change.db
    .updateTable('reps')
    .set({ missed_seen_at: seen })
    .where('id', '=', repId)
    .where('missed_seen_at', '<', seen)
    .execute();
  await change.db
    .updateTable('reps')
    .set({ status_reason: 'chosen' })
    .where('id', '=', repId)
    .where('status_reason', '=', 'no-answer')
    .where('status_since', '<=', seen)
    .execute();
  for (const siteId of sites) change.touch({ siteId, rep: repId });
}

/** The rep ended the call, or gave up reaching who wanted to be called back. */
export async function repHangUp(change: Change, repId: RepId, callId: CallId): Promise<void> {
  const own = await loadCallOfRep(change.db, repId);
  if (own?.call.id !== callId) throw new CallError('not-found', 'That call is not yours or is over.');
  await apply(change, own, { type: 'hang-up', by: 'rep' });
}

/** The time for after-call work is over. Where the rep decides how long it takes, its limit says that nobody is there. */
export async function wrapUpIsOver(change: Change, sites: Sites, repId: RepId): Promise<void> {
  const { status, wrap_up_open } = await statusOf(change, repId);
  if (wrap_up_open === 1 && status === 'available')
    await setStatus(change, repId, { status: 'away', reason: 'wrap-up-over' });
  await finishWrapUp(change, sites, repId);
}

/** After-call work is done, by the rep or because its time is over; the rep is free for the next call. */
export async function finishWrapUp(change: Change, sites: Sites, repId: RepId, note?: string): Promise<void> {
  const rep = await change.db
    .selectFrom('reps')
    .select(['wrap_up_call_id'])
    .where('id', '=', repId)
    .where('wrap_up_until', 'is not', null)
    .executeTakeFirst();
  const loaded = rep?.wrap_up_call_id && (await loadCall(change.db, rep.wrap_up_call_id));
  if (!loaded) throw new CallError('not-found', 'There is no after-call work to finish.');
  await apply(change, loaded, { type: 'wrap-up', repId, note });
  touchRep(change, sites, repId);
}

function statusOf(
  change: Change,
  repId: RepId,
): Promise<Pick<RepRow, 'status' | 'status_reason' | 'status_note' | 'wrap_up_open'>> {
  return change.db
    .selectFrom('reps')
    .select(['status', 'status_reason', 'status_note', 'wrap_up_open'])
    .where('id', '=', repId)
    .executeTakeFirstOrThrow();
}

/** A rep's state shows in the counts of every queue the rep serves, and decides who can be matched there. */
function touchRep(change: Change, sites: Sites, repId: RepId): void {
  for (const siteId of sites) {
    change.touch({ siteId, rep: repId });
    change.route(siteId);
  }
}

/** @param event what it means for the rep's call, if anything but that others may hear it */
async function touchCallOf(change: Change, repId: RepId, event?: 'rep-lost' | 'rep-back'): Promise<void> {
  const own = await loadCallOfRep(change.db, repId);
  if (!own) return;
  const { id, siteId } = own.call;
  change.touch({ siteId, call: id, heardAnew: id });
  if (event) await applyIfItFits(change, own, { type: event });
}
