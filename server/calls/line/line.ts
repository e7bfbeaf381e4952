/** The line of a queue: who waits in which order, and what that means for the wait. */
import type { Kysely } from 'kysely';
import type { CallId, QueueId, SiteId } from '../../../shared/ids.ts';
import type { QueueSettings } from '../../../shared/settings.ts';
import type { WaitEstimate } from '../../../shared/views.ts';
import { estimateWait } from '../../acd/estimate.ts';
import { literal } from '../../store/literals.ts';
import { readQueueSettings } from '../../store/queue-settings.ts';
import type { CallRow, Database, LineRow } from '../../store/schema.ts';
import { parseCallStatistics } from './call-statistics.ts';
import { inReach } from './reach.ts';
import { dutyReps } from './rep-selection.ts';

/** One reading of a queue, good for any number of its callers. */
export type Line = {
  queueId: QueueId;
  queueName: string;
  settings: QueueSettings;
  /**
   * Place of each waiting or ringing call, 1 is next; and what was known of the queue when it came. Two may have the
   * same place: one of them is out of reach and would stand there if it were back.
   */
  places: ReadonlyMap<CallId, { place: number; statistics: string }>;
  /** Calls in reach. */
  length: number;
  /** Reps who are free for the next call, or whose headset rings for one of the calls in `places`. */
  idleReps: number;
  staffedReps: number;
};

export type OfferableRow = Pick<CallRow, (typeof offerableColumns)[number]>;
/** What routing must know of a call. */
export const offerableColumns = [
  'id',
  'queue_id',
  'priority',
  'queued_at',
  'needs',
  'reserved_rep_id',
] as const;

/** Calls of that line which could be offered to anybody now: nobody of them is away, put off, or kept for one rep. */
export const offerableIn = (db: Kysely<Database>, line: LineRow) =>
  db
    .selectFrom('calls')
    .where('site_id', '=', line.site_id)
    .where('queue_id', '=', line.queue_id)
    .where('priority', '=', line.priority)
    .where('needs', '=', line.needs)
    .where('state', '=', literal.waiting)
    .where(inReach)
    .where('reserved_rep_id', 'is', null);

export async function readLine(db: Kysely<Database>, siteId: SiteId, queueId: QueueId): Promise<Line> {
  const calls = await db
    .selectFrom('calls')
    .select(['id', 'state', 'outlook'])
    .select(inReach.as('in_reach'))
    .where('site_id', '=', siteId)
    .where('queue_id', '=', queueId)
    .where('state', 'in', [...literal.inLine])
    .orderBy('priority', 'desc')
    .orderBy('queued_at')
    .orderBy('id')
    .execute();
  const queue = await db
    .selectFrom('queues')
    .select(['name', 'settings'])
    .where('site_id', '=', siteId)
    .where('id', '=', queueId)
    .executeTakeFirstOrThrow();
  // A call that rings still has its place in the line, and so the rep it rings at must count as idle.
  const ringing = calls.filter(call => call.state === 'ringing').length;
  let length = 0;
  const places = new Map<CallId, { place: number; statistics: string }>();
  for (const { id, outlook, in_reach } of calls) {
    places.set(id, { place: length + 1, statistics: outlook });
    if (in_reach) length++;
  }
  return {
    queueId,
    queueName: queue.name,
    settings: readQueueSettings(queue),
    places,
    length,
    ...(await staffOf(db, siteId, queueId, ringing)),
  };
}

/** Routing looks at the head of each line that there is; see `LineRow`. */
export async function ensureLine(
  db: Kysely<Database>,
  { site_id, queue_id, priority, needs }: Pick<CallRow, 'site_id' | 'queue_id' | 'priority' | 'needs'>,
): Promise<void> {
  await db
    .insertInto('lines')
    .values({ site_id, queue_id, priority, needs })
    .onConflict(conflict => conflict.doNothing())
    .execute();
}

export type Standing = { place: number; estimate: WaitEstimate | null };

/** Where a call of the line stands; undefined for one that left it. */
export function standingOf(line: Line, callId: CallId): Standing | undefined {
  const entry = line.places.get(callId);
  if (!entry) return undefined;
  const { place, statistics } = entry;
  const { idleReps, staffedReps } = line;
  return {
    place,
    estimate: estimateWait({
      ahead: place - 1,
      idleReps,
      staffedReps,
      statistics: parseCallStatistics(statistics),
    }),
  };
}

/** Reps on duty for the queue, one who serves n queues counting 1/n; and those of them who are free, or ring. */
async function staffOf(db: Kysely<Database>, siteId: SiteId, queueId: QueueId, ringing: number) {
  const rows = await dutyReps(db)
    .innerJoin('queue_members as here', 'here.rep_id', 'reps.id')
    .innerJoin('queue_members as all', 'all.rep_id', 'reps.id')
    .select(({ fn }) => ['reps.id', 'reps.work', fn.countAll<number | string>().as('queues')])
    .where('here.site_id', '=', siteId)
    .where('here.queue_id', '=', queueId)
    .groupBy(['reps.id', 'reps.work'])
    .execute();
  return {
    idleReps: rows.filter(row => row.work === 'idle').length + ringing,
    staffedReps: rows.reduce((sum, row) => sum + 1 / Number(row.queues), 0),
  };
}
