/** What a shopper's click would get in a queue that an owner is shown. */
import type { Availability } from '../../shared/domain.ts';
import type { QueueId, SiteId } from '../../shared/ids.ts';
import type { HttpDeps } from './deps.ts';

export async function queueAvailability(
  deps: Pick<HttpDeps, 'reachability'>,
  siteId: SiteId,
  queueId: QueueId,
): Promise<{ availability: Availability; opensAt: number | null }> {
  const { availability, opensAt } = await deps.reachability(siteId, queueId);
  // Removed between two reads, at the worst; while the store is away there is no answer at all.
  if (availability === 'unknown-queue' || availability === 'store-down')
    return { availability: 'no-rep', opensAt };
  return { availability, opensAt };
}
