/** A call changes its queue: because it waited for too long there, or because a rep sends it on. */
import type { CallId, QueueId, RepId } from '../../../shared/ids.ts';
import { readQueueSettings, writeNeeds } from '../../store/queue-settings.ts';
import type { CallRow, QueueRow } from '../../store/schema.ts';
import type { Change } from '../change.ts';
import { CallError } from '../errors.ts';
import { countTalk, endCall } from '../life/call-life.ts';
import { setWork } from '../life/work.ts';
import { askedQueue, overflowQueue } from '../routing/admission.ts';
import { ensureLine } from '../routing/line.ts';
import { readOutlook, writeOutlook } from '../routing/outlook.ts';
import { becomeCallback } from './callbacks.ts';
import { callOf } from './rep-commands.ts';

/** Why a call left a line without being answered. */
type Cause = 'max-wait' | 'no-rep';

/** The queue has kept the call for too long: on to the queue that its rule names, or the end. */
export async function overflow(change: Change, call: CallRow, queue: QueueRow, cause: Cause): Promise<void> {
  const { overflow: rules } = readQueueSettings(queue);
  const rule = cause === 'max-wait' ? rules.maxWait : rules.noRep;
  const target = await overflowQueue(
    change.db,
    rule,
    call.site_id,
    await visitedBy(change, call),
    change.now,
  );
  if (target) await moveTo(change, call, target, { because: cause });
  else if (rule.do === 'callback') await becomeCallback(change, call, { kind: 'page', phone: null });
  else
    await endCall(change, call.id, cause === 'no-rep' && (await rangOut(change, call)) ? 'no-answer' : cause);
}

/** Nobody is on duty because whoever was rung, for this call or another, did not answer. */
async function rangOut(change: Change, call: CallRow): Promise<boolean> {
  const missed = await change.db
    .selectFrom('reps')
    .innerJoin('queue_members', 'queue_members.rep_id', 'reps.id')
    .select('reps.id')
    .where('queue_members.site_id', '=', call.site_id)
    .where('queue_members.queue_id', '=', call.queue_id)
    .where('reps.status', '=', 'away')
    .where('reps.status_reason', '=', 'no-answer')
    .limit(1)
    .executeTakeFirst();
  return missed !== undefined;
}

/** The rep who talks to the shopper sends the call on. It is first among equals there by its original wait. */
export async function transferCall(
  change: Change,
  repId: RepId,
  callId: CallId,
  queueId: QueueId,
): Promise<void> {
  const call = await callOf(change, repId);
  if (!call || call.id !== callId || call.state !== 'talking')
    throw new CallError('not-found', 'That call is not yours or is over.');
  if (call.queue_id === queueId)
    throw new CallError('bad-request', 'The call is in that queue already. Choose another one.');
  const target = await askedQueue(change.db, call.site_id, queueId);
  if (!target) throw new CallError('not-found', 'There is no such queue. It may have been removed.');
  if (target.no_rep_since !== null)
    throw new CallError(
      'no-rep',
      `Nobody is available in ${target.name} right now. The caller is still with you.`,
    );
  await countTalk(change, call);
  // Who sent it on is not rung for it again at once.
  await change.db
    .updateTable('offers')
    .set({ state: 'transferred', ended_at: change.now })
    .where('call_id', '=', call.id)
    .where('rep_id', '=', repId)
    .where('state', '=', 'accepted')
    .execute();
  await setWork(change, repId, 'idle', { idle_since: change.now });
  await moveTo(change, call, target, { because: 'transfer' });
}

async function moveTo(
  change: Change,
  call: CallRow,
  target: QueueRow,
  story: Record<string, unknown>,
): Promise<void> {
  const settings = readQueueSettings(target);
  const line = { priority: call.boost + settings.priority, needs: writeNeeds(settings.skills) };
  await ensureLine(change, { site_id: target.site_id, queue_id: target.id, ...line });
  await change.db
    .updateTable('calls')
    .set({
      state: 'waiting',
      queue_id: target.id,
      ...line,
      line_since: change.now,
      outlook: writeOutlook(await readOutlook(change.db, target.site_id, target.id, change.now)),
      rep_id: null,
      answered_at: null,
      reserved_rep_id: null,
      reserved_until: null,
    })
    .where('id', '=', call.id)
    .execute();
  await change.record(call, 'moved', call.rep_id, { from: call.queue_id, to: target.id, ...story });
  change.touch({ siteId: call.site_id, call: call.id, rep: call.rep_id, queue: call.queue_id });
  change.touch({ siteId: call.site_id, call: call.id, queue: target.id });
}

/** Every queue that the call has been in. */
async function visitedBy(change: Change, call: CallRow): Promise<Set<QueueId>> {
  const moves = await change.db
    .selectFrom('call_events')
    .select('data')
    .where('call_id', '=', call.id)
    .where('type', '=', 'moved')
    .execute();
  const from = moves.map(move => (JSON.parse(move.data) as { from: QueueId }).from);
  return new Set([call.queue_id, ...from]);
}
