/** The line of a queue: who waits in which order, and what that means for the wait. */
import type { Kysely } from 'kysely';
import type { CallId, QueueId, SiteId } from '../../../shared/ids.ts';
import type { SiteLanguages } from '../../../shared/own-words.ts';
import type { QueueSettings } from '../../../shared/settings.ts';
import type { WaitEstimate } from '../../../shared/views.ts';
import { type CallStatistics, estimateWait } from '../../acd/estimate.ts';
import { literal } from '../../store/literals.ts';
import type { CallRow, Database, LineRow, QueueRow } from '../../store/schema.ts';
import { writtenOnce } from '../../store/written-once.ts';
import { parseCallStatistics } from './call-statistics.ts';
import { inReach } from './reach.ts';
import type { Staff } from './rep-selection.ts';

/**
 * Place of each waiting or ringing call, 1 is next; and what was known of the queue when it came. Two may have the same
 * place: one of them is out of reach and would stand there if it were back.
 */
export type Places = {
  of: ReadonlyMap<CallId, { place: number; statistics: string }>;
  /** Calls that ring. */
  ringing: number;
};

/** One reading of a queue, good for any number of its callers. */
export type Line = {
  queueId: QueueId;
  queueName: string;
  settings: QueueSettings;
  /** Of the site. */
  languages: SiteLanguages;
  places: Places;
  staff: Staff;
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

const inTurn = writtenOnce((db, { queueId, siteId }: { queueId: QueueId; siteId: SiteId }) =>
  inLineOf(db, queueId, siteId)
    .select(['id', 'state', 'outlook'])
    .select(inReach.as('in_reach'))
    .orderBy('priority', 'desc')
    .orderBy('queued_at')
    .orderBy('id'),
);

export async function readPlaces(
  db: Kysely<Database>,
  { id, site_id }: Pick<QueueRow, 'id' | 'site_id'>,
): Promise<Places> {
  const calls = await inTurn(db, { queueId: id, siteId: site_id });
  let next = 1;
  const places = new Map<CallId, { place: number; statistics: string }>();
  for (const { id, outlook, in_reach } of calls) {
    places.set(id, { place: next, statistics: outlook });
    if (in_reach) next++;
  }
  return { of: places, ringing: calls.filter(call => call.state === 'ringing').length };
}

const inLineOf = (db: Kysely<Database>, queueId: QueueId, siteId: SiteId) =>
  db
    .selectFrom('calls')
    .where('site_id', '=', siteId)
    .where('queue_id', '=', queueId)
    .where('state', 'in', [...literal.inLine]);

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

/** Where a call of the line stands; undefined for one that is not in the reading. */
export function standingOf({ places, staff }: Line, callId: CallId): Standing | undefined {
  const entry = places.of.get(callId);
  return entry && standingAt(entry.place, parseCallStatistics(entry.statistics), places.ringing, staff);
}

/** The same of one that came, or came over from elsewhere, after the line was read. */
export async function standingOfOne(
  db: Kysely<Database>,
  { places, staff }: Line,
  call: Pick<CallRow, 'id' | 'site_id' | 'queue_id' | 'priority' | 'queued_at' | 'outlook'>,
): Promise<Standing> {
  const { ahead } = await inLineOf(db, call.queue_id, call.site_id)
    .where(inReach)
    .where(({ or, and, eb }) =>
      or([
        eb('priority', '>', call.priority),
        and([eb('priority', '=', call.priority), eb('queued_at', '<', call.queued_at)]),
        and([
          eb('priority', '=', call.priority),
          eb('queued_at', '=', call.queued_at),
          eb('id', '<', call.id),
        ]),
      ]),
    )
    .select(({ fn }) => fn.countAll<number | string>().as('ahead'))
    .executeTakeFirstOrThrow();
  return standingAt(Number(ahead) + 1, parseCallStatistics(call.outlook), places.ringing, staff);
}

/** The wait at a place. A call that rings has its place still, and so the rep it rings at counts as idle. */
export const standingAt = (
  place: number,
  statistics: CallStatistics | null,
  ringing: number,
  { free, share }: Staff,
): Standing => ({
  place,
  estimate: estimateWait({ ahead: place - 1, idleReps: free + ringing, staffedReps: share, statistics }),
});
