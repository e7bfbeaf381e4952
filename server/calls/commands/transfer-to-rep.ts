/** A talk is sent on to another rep, who is rung for it; the one who has it stays until that one has answered. */
import type { Kysely } from 'kysely';
import type { CallId, OfferId, RepId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { Database } from '../../store/schema.ts';
import { CallError } from '../errors.ts';
import { freeReps } from '../line/rep-selection.ts';
import type { Offer } from '../model/call.ts';
import { apply } from '../writing/apply.ts';
import { type LoadedCall, loadCallOfRep } from '../writing/call-rows.ts';
import type { Change } from '../writing/change.ts';

/** To whom, and what they read as it rings. */
export type Recipient = { repId: RepId; note: string };

/** Throws `not-found` (no such talk, or nobody who takes calls of that site), `no-rep` (not free), `unreachable`. */
export async function transferToRep(
  change: Change,
  repId: RepId,
  callId: CallId,
  to: Recipient,
): Promise<void> {
  const own = await talkOf(change.db, repId, callId);
  const free = await freeReps(change.db)
    .innerJoin('queue_members', 'queue_members.rep_id', 'reps.id')
    .select('reps.id')
    .where('queue_members.site_id', '=', own.call.siteId)
    .where('reps.id', '=', to.repId)
    .limit(1)
    .executeTakeFirst();
  if (!free) throw new CallError('no-rep', 'That colleague is not free now. The caller is still with you.');
  const offer: Offer = {
    ...{ id: change.newId<OfferId>(), repId: to.repId },
    ...{ madeAt: change.now, dueAt: change.now + own.settings.offerMs },
  };
  await apply(change, own, { type: 'transfer-to-rep', repId, offer, note: to.note });
}

/** The colleague is rung no more, and the rep talks on. Throws `offer-gone` when nobody is rung any more. */
export async function takeBackTransfer(change: Change, repId: RepId, callId: CallId): Promise<void> {
  await apply(change, await talkOf(change.db, repId, callId), { type: 'take-back', repId });
}

/** Who else takes calls of the talk's site, by their names, and whether they are free now. Throws `not-found`. */
export async function readColleagues(
  db: Kysely<Database>,
  repId: RepId,
  callId: CallId,
): Promise<{ repId: RepId; name: string; free: boolean }[]> {
  const { call } = await talkOf(db, repId, callId);
  const serving = db.selectFrom('queue_members').select('rep_id').where('site_id', '=', call.siteId);
  const [reps, free] = await Promise.all([
    db
      .selectFrom('reps')
      .select(['id', 'name'])
      .where('id', 'in', serving)
      .where('id', '<>', repId)
      .orderBy('name')
      .limit(limits.transferColleagues)
      .execute(),
    freeReps(db).select('reps.id').where('reps.id', 'in', serving).execute(),
  ]);
  const isFree = new Set(free.map(({ id }) => id));
  return reps.map(({ id, name }) => ({ repId: id, name, free: isFree.has(id) }));
}

async function talkOf(db: Kysely<Database>, repId: RepId, callId: CallId): Promise<LoadedCall> {
  const own = await loadCallOfRep(db, repId);
  if (own?.call.id !== callId || own.call.state !== 'talking')
    throw new CallError('not-found', 'That call is not yours or is over.');
  return own;
}
