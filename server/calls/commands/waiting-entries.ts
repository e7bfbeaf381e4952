/** What a rep or supervisor can do with any entry of a line, whoever it would ring at: take it, or take it out. */
import type { Kysely } from 'kysely';
import type { CallId, OfferId, RepId, SiteId } from '../../../shared/ids.ts';
import { literal } from '../../store/literals.ts';
import type { CallRow, Database, RepRow } from '../../store/schema.ts';
import type { Change } from '../change.ts';
import { CallError } from '../errors.ts';
import { endCall } from '../life/call-life.ts';
import { takeCall } from '../life/offers.ts';

/** Whoever answers first has it; the other is told so. */
const gone = () =>
  new CallError('offer-gone', 'This call does not wait any more: it was taken by somebody else, or is over.');

/**
 * The rep takes a call that waits, rings elsewhere or is a callback, put off ones included. Who waits is connected at
 * once, who asked for a callback is reached. Throws `not-found` (no such call, or of a queue that is not the rep's),
 * `offer-gone`, `rep-busy`, `unreachable`.
 */
export async function pickUp(change: Change, repId: RepId, callId: CallId): Promise<CallRow> {
  const call = await entryOf(change, repId, callId);
  const rep = await readRep(change, repId);
  if (rep.work !== 'idle') await mustRingFor(change, rep, call);
  if (rep.session_id === null || rep.media_ready === 0)
    throw new CallError('rep-busy', 'Your microphone is not ready yet. Take your headset first.');
  if (call.parked_until !== null)
    throw new CallError(
      'unreachable',
      'This shopper is not there at the moment: the page is closed or the connection lost. They keep their place.',
    );
  // Stands for the offer that a pick-up goes without: who took it, and when.
  await change.db
    .updateTable('offers')
    .set({ state: 'accepted', ended_at: change.now })
    .where('call_id', '=', callId)
    .where('rep_id', '=', repId)
    .where('state', '=', literal.live)
    .execute();
  if (rep.work === 'idle')
    await change.db
      .insertInto('offers')
      .values({
        id: change.newId<OfferId>(),
        site_id: call.site_id,
        call_id: callId,
        rep_id: repId,
        state: 'accepted',
        made_at: change.now,
        due_at: change.now,
        ended_at: change.now,
      })
      .execute();
  return takeCall(change, repId, callId, { pickedUp: true });
}

/** The wait is over; the shopper reads that it was ended by the shop. Throws `not-found` or `offer-gone`. */
export async function removeEntry(
  change: Change,
  repId: RepId,
  callId: CallId,
  reason: string,
): Promise<CallRow> {
  const call = await entryOf(change, repId, callId);
  await change.record(call, 'removed', repId, reason.trim() === '' ? {} : { reason: reason.trim() });
  await endCall(change, callId, 'removed');
  return call;
}

/** The site of a call, so that it can be changed; null when there is no such call. */
export async function siteOfCall(db: Kysely<Database>, callId: CallId): Promise<SiteId | null> {
  const call = await db.selectFrom('calls').select('site_id').where('id', '=', callId).executeTakeFirst();
  return call?.site_id ?? null;
}

/** The call, if it is in a line that is this rep's to serve, or the rep oversees others. */
async function entryOf(change: Change, repId: RepId, callId: CallId): Promise<CallRow> {
  const call = await change.db.selectFrom('calls').selectAll().where('id', '=', callId).executeTakeFirst();
  if (!call || !(await mayServe(change, repId, call)))
    throw new CallError('not-found', 'There is no such call in your queues.');
  if (call.state !== 'waiting' && call.state !== 'ringing') throw gone();
  return call;
}

/** A rep of the call's queue, or one who oversees others. */
export async function mayServe(change: Change, repId: RepId, call: CallRow): Promise<boolean> {
  if ((await readRep(change, repId)).role !== 'rep') return true;
  const member = await change.db
    .selectFrom('queue_members')
    .select('rep_id')
    .where('site_id', '=', call.site_id)
    .where('queue_id', '=', call.queue_id)
    .where('rep_id', '=', repId)
    .executeTakeFirst();
  return member !== undefined;
}

const readRep = (change: Change, repId: RepId): Promise<RepRow> =>
  change.db.selectFrom('reps').selectAll().where('id', '=', repId).executeTakeFirstOrThrow();

/** Busy, unless what rings is this very call. */
async function mustRingFor(change: Change, rep: RepRow, call: CallRow): Promise<void> {
  const own = await change.db
    .selectFrom('offers')
    .select('id')
    .where('call_id', '=', call.id)
    .where('rep_id', '=', rep.id)
    .where('state', '=', literal.live)
    .executeTakeFirst();
  if (own) return;
  const busy: Record<Exclude<RepRow['work'], 'idle'>, string> = {
    ringing: 'Another call rings for you. Answer or decline it first.',
    talking: 'You are in a call. End it first.',
    'wrap-up': 'Finish the work after your last call first.',
  };
  throw new CallError('rep-busy', busy[rep.work as keyof typeof busy]);
}
