/** A supervisor moves one call before or behind its equals. */
import type { CallId, SiteId } from '../../../shared/ids.ts';
import { refuse } from '../../../shared/refusals.ts';
import { CallError } from '../errors.ts';
import { ensureLine } from '../line/line.ts';
import { applyIfItFits } from '../writing/apply.ts';
import { loadCall } from '../writing/call-rows.ts';
import type { Change } from '../writing/change.ts';

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
  const loaded = await loadCall(change.db, callId);
  const fits =
    loaded?.call.siteId === siteId && (await applyIfItFits(change, loaded, { type: 'boost', boost }));
  if (!fits) throw new CallError('not-found', refuse('callNotWaiting'));
  const { queueId, priority, needs } = loaded.call.place;
  await ensureLine(change.db, {
    ...{ site_id: siteId, queue_id: queueId, needs },
    priority: priority - loaded.call.place.boost + boost,
  });
}
