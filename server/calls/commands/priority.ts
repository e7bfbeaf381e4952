/** A supervisor moves one call before or behind its equals. */
import type { CallId, SiteId } from '../../../shared/ids.ts';
import { literal } from '../../store/literals.ts';
import type { Change } from '../change.ts';
import { CallError } from '../errors.ts';
import { ensureLine } from '../routing/line.ts';

/**
 * From now on the call has its queue's priority plus `boost`. Throws `not-found` when it waits no more.
 *
 * @param boost 1 goes before everybody of the queue, -1 behind
 */
export async function boostCall(
  change: Change,
  siteId: SiteId,
  callId: CallId,
  boost: number,
): Promise<void> {
  const call = await change.db
    .updateTable('calls')
    .set(({ eb, ref }) => ({ boost, priority: eb(eb(ref('priority'), '-', ref('boost')), '+', boost) }))
    .where('site_id', '=', siteId)
    .where('id', '=', callId)
    .where('state', 'in', [...literal.inLine])
    .returningAll()
    .executeTakeFirst();
  if (!call) throw new CallError('not-found', 'This call does not wait any more.');
  await ensureLine(change, call);
  await change.record(call, 'boosted', null, { boost });
  change.touch({ siteId, call: callId, queue: call.queue_id });
}
