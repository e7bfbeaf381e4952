/** What recent calls of a queue say of the wait to come. */
import type { Kysely } from 'kysely';
import type { QueueId, SiteId } from '../../../shared/ids.ts';
import { type CallStatistics, callStatistics, type PastCall } from '../../acd/estimate.ts';
import type { CallRow, Database } from '../../store/schema.ts';

/** Recent calls that are looked at. */
const samples = { most: 100, withinMs: 24 * 60 * 60 * 1000 };

const columns = ['queued_at', 'answered_at', 'ended_at', 'wrapped_up_at', 'end_reason'] as const;

export async function readCallStatistics(
  db: Kysely<Database>,
  siteId: SiteId,
  queueId: QueueId,
  now: number,
): Promise<CallStatistics | null> {
  const rows = await db
    .selectFrom('calls')
    .select(columns)
    .where('site_id', '=', siteId)
    .where('queue_id', '=', queueId)
    .where('ended_at', '>', now - samples.withinMs)
    .orderBy('ended_at', 'desc')
    .limit(samples.most)
    .execute();
  return callStatistics(rows.map(pastCall));
}

function pastCall(row: Pick<CallRow, (typeof columns)[number]>): PastCall {
  const ended = row.ended_at ?? row.queued_at;
  return {
    waitedMs: (row.answered_at ?? ended) - row.queued_at,
    handledMs: row.answered_at === null ? null : (row.wrapped_up_at ?? ended) - row.answered_at,
    gaveUp:
      row.answered_at === null && (row.end_reason === 'shopper-hung-up' || row.end_reason === 'shopper-lost'),
  };
}

/** As kept with a call; empty while data was thin. */
export const writeCallStatistics = (statistics: CallStatistics | null): string =>
  statistics === null ? '' : JSON.stringify(statistics);
export const parseCallStatistics = (text: string): CallStatistics | null =>
  text === '' ? null : (JSON.parse(text) as CallStatistics);
