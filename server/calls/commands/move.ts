/** A call changes its queue: because it waited for too long there, or because a rep sends it on. */
import type { CallId, QueueId, RepId } from '../../../shared/ids.ts';
import { needsIn, readQueueSettings } from '../../store/queue-settings.ts';
import type { QueueRow } from '../../store/schema.ts';
import { CallError } from '../errors.ts';
import { readCallStatistics, writeCallStatistics } from '../line/call-statistics.ts';
import { ensureLine } from '../line/line.ts';
import type { Call, Place } from '../model/call.ts';
import { askedQueue, overflowQueue } from '../routing/admission.ts';
import { apply } from '../writing/apply.ts';
import { type LoadedCall, loadCallOfRep } from '../writing/call-rows.ts';
import type { Change } from '../writing/change.ts';

/** Why a call left a line without being answered. */
export type Cause = 'max-wait' | 'no-rep';

/** The queue has kept the call for too long: on to the queue that its rule names, or the end. */
export async function overflow(change: Change, loaded: LoadedCall, cause: Cause): Promise<void> {
  const { call, settings } = loaded;
  const rules = settings.overflow;
  const rule = cause === 'max-wait' ? rules.maxWait : rules.noRep;
  const target = await overflowQueue(change.db, rule, call.siteId, await visitedBy(change, call), change.now);
  if (target) {
    const place = await placeIn(change, call, target);
    await apply(change, loaded, { type: 'move', place, because: cause });
  } else if (rule.do === 'callback')
    await apply(change, loaded, { type: 'become-callback', kind: 'page', phone: null, network: null });
  else {
    const reason = cause === 'no-rep' && (await rangOut(change, call)) ? 'no-answer' : cause;
    await apply(change, loaded, { type: 'end', reason });
  }
}

/** Nobody is on duty because whoever was rung, for this call or another, did not answer. */
async function rangOut(change: Change, call: Call): Promise<boolean> {
  const missed = await change.db
    .selectFrom('reps')
    .innerJoin('queue_members', 'queue_members.rep_id', 'reps.id')
    .select('reps.id')
    .where('queue_members.site_id', '=', call.siteId)
    .where('queue_members.queue_id', '=', call.place.queueId)
    .where('reps.status', '=', 'away')
    .where('reps.status_reason', '=', 'no-answer')
    .limit(1)
    .executeTakeFirst();
  return missed !== undefined;
}

/** The rep who talks to the shopper sends the call on, with a note for whoever answers. It is first among equals there by its original wait. */
export async function transferCall(
  change: Change,
  repId: RepId,
  callId: CallId,
  queueId: QueueId,
  note: string,
): Promise<void> {
  const own = await loadCallOfRep(change.db, repId);
  if (own?.call.id !== callId || own.call.state !== 'talking')
    throw new CallError('not-found', 'That call is not yours or is over.');
  const { call } = own;
  if (call.place.queueId === queueId)
    throw new CallError('bad-request', 'The call is in that queue already. Choose another one.');
  const target = await askedQueue(change.db, call.siteId, queueId);
  if (!target) throw new CallError('not-found', 'There is no such queue. It may have been removed.');
  if (target.no_rep_since !== null)
    throw new CallError(
      'no-rep',
      `Nobody is available in ${target.name} right now. The caller is still with you.`,
    );
  const place = await placeIn(change, call, target);
  await apply(change, own, { type: 'transfer', repId, place, refusalId: change.newId(), note });
}

/** Among the others of that queue by its original wait. */
async function placeIn(change: Change, { place, language }: Call, target: QueueRow): Promise<Place> {
  const settings = readQueueSettings(target);
  const line = { priority: place.boost + settings.priority, needs: needsIn(settings, language) };
  await ensureLine(change.db, { site_id: target.site_id, queue_id: target.id, ...line });
  const statistics = writeCallStatistics(
    await readCallStatistics(change.db, target.site_id, target.id, change.now),
  );
  return { ...place, queueId: target.id, ...line, lineSince: change.now, statistics };
}

/** Every queue that the call has been in. */
async function visitedBy(change: Change, call: Call): Promise<Set<QueueId>> {
  const moves = await change.db
    .selectFrom('call_events')
    .select('data')
    .where('call_id', '=', call.id)
    .where('type', '=', 'moved')
    .execute();
  const from = moves.map(move => (JSON.parse(move.data) as { from: QueueId }).from);
  return new Set([call.place.queueId, ...from]);
}
