/** How long the lines of queues are: the one count that availability, views and estimates share. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { QueueId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { literal } from '../../store/literals.ts';
import { readQueueSettings } from '../../store/queue-settings.ts';
import type { Database, QueueRow } from '../../store/schema.ts';
import { writtenOnce } from '../../store/written-once.ts';
import { inReach } from './reach.ts';

export type Length = {
  inReach: number;
  outOfReach: number;
  /** As much of `inReach` as does not ring. */
  waiting: number;
  /** As much of `inReach` as counts towards the longest line. */
  counted: number;
};

/** A line with nobody in it. */
export const noLength: Length = { inReach: 0, outOfReach: 0, waiting: 0, counted: 0 };

/** What one network may fill of a line. */
export const shareOf = (maxLength: number): number =>
  Math.max(limits.lineShareAtLeast, Math.floor((maxLength * limits.lineSharePercent) / 100));

/** Of each line that is not empty. */
export async function readLengths(
  db: Kysely<Database>,
  queues: readonly QueueRow[],
): Promise<Map<QueueId, Length>> {
  if (queues.length === 0) return new Map();
  const rows = await lengthRows(db, {
    siteIds: [...new Set(queues.map(queue => queue.site_id))],
    queueIds: queues.map(queue => queue.id),
    shares: queues.map(queue => shareOf(readQueueSettings(queue).maxLength)),
  });
  return new Map(
    rows.map(({ queue_id, every, in_reach, waiting, counted }) => [
      queue_id,
      {
        ...{ inReach: Number(in_reach), outOfReach: Number(every) - Number(in_reach) },
        ...{ waiting: Number(waiting), counted: Number(counted) },
      },
    ]),
  );
}

/** `shares`: what one network may fill of each of the queues. */
type Keys = { siteIds: readonly SiteId[]; queueIds: readonly QueueId[]; shares: readonly number[] };

const lengthRows = writtenOnce((db, { siteIds, queueIds, shares }: Keys) => {
  const sum = (what: RawBuilder<unknown>) => sql<number | string>`sum(case when ${what} then 1 else 0 end)`;
  const networks = db
    .selectFrom('calls')
    .select(({ fn }) => [
      'queue_id',
      'caller_network',
      fn.countAll<number | string>().as('every'),
      sum(inReach).as('in_reach'),
      sum(sql`${inReach} and state = 'waiting'`).as('waiting'),
    ])
    .where('site_id', 'in', siteIds)
    .where('queue_id', 'in', queueIds)
    .where('state', 'in', [...literal.inLine])
    .groupBy(['queue_id', 'caller_network']);
  const ofQueue = sql.join(
    queueIds.map((queueId, index) => sql`when ${queueId} then cast(${shares[index]} as integer)`),
    sql` `,
  );
  const share = sql<number>`case queue_id ${ofQueue} end`;
  return db
    .selectFrom(networks.as('networks'))
    .select([
      'queue_id',
      sql<number | string>`sum(every)`.as('every'),
      sql<number | string>`sum(in_reach)`.as('in_reach'),
      sql<number | string>`sum(waiting)`.as('waiting'),
      sql<
        number | string
      >`sum(case when caller_network <> '' and in_reach > ${share} then ${share} else in_reach end)`.as(
        'counted',
      ),
    ])
    .groupBy('queue_id');
});
