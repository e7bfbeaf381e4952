import type { CallRow } from '../../store/schema.ts';
import type { Change } from '../change.ts';
import { dayOf } from './day.ts';

/** Add to what the call's rep did in its queue today; `fewest-calls` and `least-talk-time` go by it. */
export async function countToday(
  change: Change,
  call: Pick<CallRow, 'site_id' | 'queue_id' | 'rep_id'>,
  more: { calls: number; talkMs: number },
): Promise<void> {
  if (call.rep_id === null) return;
  const today = dayOf(change.now);
  await change.db
    .updateTable('queue_members')
    .set(({ eb, case: when }) => {
      const kept = (column: 'calls' | 'talk_ms') =>
        when().when('counted_day', '=', today).then(eb.ref(column)).else(0).end();
      return {
        calls: eb(kept('calls'), '+', more.calls),
        talk_ms: eb(kept('talk_ms'), '+', more.talkMs),
        counted_day: today,
      };
    })
    .where('site_id', '=', call.site_id)
    .where('queue_id', '=', call.queue_id)
    .where('rep_id', '=', call.rep_id)
    .execute();
}
