/** When queues open and close: a due time like others, so that pages are told at that moment. */
import { nextChange } from '../../acd/hours.ts';
import { readQueueSettings } from '../../store/queue-settings.ts';
import type { QueueRow } from '../../store/schema.ts';
import type { Change } from '../writing/change.ts';

/** The queue may have opened or closed, or its hours were changed: those who look at it are told, and the next time noted. */
export async function noteHours(
  change: Change,
  queue: Pick<QueueRow, 'id' | 'site_id' | 'settings'>,
): Promise<void> {
  const { hours } = readQueueSettings(queue);
  await change.db
    .updateTable('queues')
    .set({ hours_due: nextChange(hours, change.now) })
    .where('site_id', '=', queue.site_id)
    .where('id', '=', queue.id)
    .execute();
  change.touch({ siteId: queue.site_id, queue: queue.id });
}
