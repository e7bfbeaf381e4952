/** What a rep or supervisor can do with any entry of a line, whoever it would ring at: take it, or take it out. */
import type { Kysely } from 'kysely';
import type { CallId, RepId, SiteId } from '../../../shared/ids.ts';
import { mayAt } from '../../store/members.ts';
import type { Database, RepRow } from '../../store/schema.ts';
import { CallError } from '../errors.ts';
import type { Call } from '../model/call.ts';
import { apply } from '../writing/apply.ts';
import { type LoadedCall, loadCall } from '../writing/call-rows.ts';
import type { Change } from '../writing/change.ts';

/**
 * The rep takes a call that waits, rings elsewhere or is a callback, put off ones included. Who waits is connected at
 * once, who asked for a callback is reached. Throws `not-found` (no such call, or of a queue that is not the rep's),
 * `offer-gone`, `rep-busy`, `unreachable`.
 */
export async function pickUp(change: Change, repId: RepId, callId: CallId): Promise<Call> {
  const entry = await entryOf(change, repId, callId);
  const rep = await readRep(change, repId);
  const ringsHere = entry.call.state === 'ringing' && entry.call.offers.some(offer => offer.repId === repId);
  if (rep.work !== 'idle' && !ringsHere) throw new CallError('rep-busy', busy[rep.work]);
  if (rep.session_id === null || rep.media_ready === 0)
    throw new CallError('rep-busy', 'Your microphone is not ready yet. Take your headset first.');
  return apply(change, entry, { type: 'pick-up', repId, partyId: change.newId() });
}

/** The wait is over; the shopper reads that it was ended by the shop. Throws `not-found` or `offer-gone`. */
export async function removeEntry(
  change: Change,
  repId: RepId,
  callId: CallId,
  reason: string,
): Promise<Call> {
  const entry = await entryOf(change, repId, callId);
  return apply(change, entry, { type: 'remove', repId, note: reason.trim() });
}

/** The site of a call, so that it can be changed; null when there is no such call. */
export async function siteOfCall(db: Kysely<Database>, callId: CallId): Promise<SiteId | null> {
  const call = await db.selectFrom('calls').select('site_id').where('id', '=', callId).executeTakeFirst();
  return call?.site_id ?? null;
}

/** The call, if it is in a line that is this rep's to serve, or the rep oversees others. */
async function entryOf(change: Change, repId: RepId, callId: CallId): Promise<LoadedCall> {
  const entry = await loadCall(change.db, callId);
  if (!entry || !(await mayServe(change, repId, entry.call)))
    throw new CallError('not-found', 'There is no such call in your queues.');
  const { state } = entry.call;
  // Whoever answers first has it; the other is told so.
  if (state !== 'waiting' && state !== 'ringing')
    throw new CallError(
      'offer-gone',
      'This call does not wait any more: it was taken by somebody else, or is over.',
    );
  return entry;
}

/** A rep of the call's queue, or one who oversees others. */
export async function mayServe(change: Change, repId: RepId, call: Call): Promise<boolean> {
  if (await mayAt(change.db, repId, call.siteId, 'queues.serve-any')) return true;
  const member = await change.db
    .selectFrom('queue_members')
    .select('rep_id')
    .where('site_id', '=', call.siteId)
    .where('queue_id', '=', call.place.queueId)
    .where('rep_id', '=', repId)
    .executeTakeFirst();
  return member !== undefined;
}

const readRep = (change: Change, repId: RepId): Promise<RepRow> =>
  change.db.selectFrom('reps').selectAll().where('id', '=', repId).executeTakeFirstOrThrow();

const busy: Record<Exclude<RepRow['work'], 'idle'>, string> = {
  ringing: 'Another call rings for you. Answer or decline it first.',
  talking: 'You are in a call. End it first.',
  'wrap-up': 'Finish the work after your last call first.',
};
