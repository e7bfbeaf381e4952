import type { SiteId } from '../../../shared/ids.ts';
import type { Outcome } from '../model/events.ts';
import type { Change } from './change.ts';
import { dayOf } from './day.ts';

/** Add to what a rep did in a queue today; `fewest-calls` and `least-talk-time` go by it. */
export async function countToday(
  change: Change,
  siteId: SiteId,
  { repId, queueId, calls, talkMs }: Outcome['counted'][number],
): Promise<void> {
  const today = dayOf(change.now);
  await change.db
    .updateTable('queue_members')
    .set(({ eb, case: when }) => {
      const kept = (column: 'calls' | 'talk_ms') =>
        when().when('counted_day', '=', today).then(eb.ref(column)).else(0).end();
      return {
        calls: eb(kept('calls'), '+', calls),
        talk_ms: eb(kept('talk_ms'), '+', talkMs),
        counted_day: today,
      };
    })
    .where('site_id', '=', siteId)
    .where('queue_id', '=', queueId)
    .where('rep_id', '=', repId)
    .execute();
}
