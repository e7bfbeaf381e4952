/** The line of a queue: who waits in which order, and what that means for the wait. */
import { type Kysely, sql } from 'kysely';
import type { CallId, QueueId, SiteId } from '../../../shared/ids.ts';
import type { SiteLanguages } from '../../../shared/own-words.ts';
import type { QueueSettings } from '../../../shared/settings.ts';
import type { WaitEstimate } from '../../../shared/views.ts';
import { type Before, beforeOf, estimateProspect, type Stage, stagesOf } from '../../acd/prospects.ts';
import type { Asking, Relaxing } from '../../acd/skills.ts';
import { literal } from '../../store/literals.ts';
import { readNeeds } from '../../store/queue-settings.ts';
import type { CallRow, Database, LineRow, QueueRow } from '../../store/schema.ts';
import { writtenOnce } from '../../store/written-once.ts';
import { parseCallStatistics } from './call-statistics.ts';
import { inReach } from './reach.ts';
import { isChoosy, type Staff } from './rep-selection.ts';

/**
 * Place of each waiting or ringing call, 1 is next; and what was known of the queue when it came. Two may have the same
 * place: one of them is out of reach and would stand there if it were back.
 */
export type Places = {
  of: ReadonlyMap<CallId, Placed>;
  /** What is asked for in the line, each once. */
  asked: readonly string[];
};

type Placed = {
  place: number;
  /** Calls that ring in front, itself included. */
  ringing: number;
  /** Of each that is asked for: calls of the same priority in front, those left out that are kept for one rep. */
  before: readonly number[];
  call: PlacedRow;
};

/** What of a call decides how long it will wait. */
const placedColumns = [
  ...(['id', 'state', 'outlook', 'needs'] as const),
  ...(['priority', 'queued_at', 'reserved_until'] as const),
] as const;
type PlacedRow = Pick<CallRow, (typeof placedColumns)[number]>;

/** One reading of a queue, good for any number of its callers. */
export type Line = {
  queueId: QueueId;
  queueName: string;
  settings: QueueSettings;
  /** Of the site. */
  languages: SiteLanguages;
  places: Places;
  staff: Staff;
  prospects: ProspectsFor;
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
    .select(placedColumns)
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
  const asked = [...new Set(calls.map(call => call.needs))];
  const index = new Map(asked.map((needs, at) => [needs, at]));
  let next = 1;
  let ringing = 0;
  let priority: number | undefined;
  let before: number[] = [];
  const places = new Map<CallId, Placed>();
  for (const { in_reach, ...call } of calls) {
    if (call.priority !== priority) before = asked.map(() => 0);
    priority = call.priority;
    if (call.state === 'ringing') ringing++;
    places.set(call.id, { place: next, ringing, before, call });
    if (!in_reach) continue;
    next++;
    if (call.reserved_until !== null) continue;
    before = [...before];
    before[index.get(call.needs)!]!++;
  }
  return { of: places, asked };
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
export function standingOf({ places, prospects }: Line, callId: CallId, now: number): Standing | undefined {
  const placed = places.of.get(callId);
  return placed && standingAt(placed, prospects(placed.call.needs, places.asked), now);
}

/** The same of one that came, or came over from elsewhere, after the line was read. */
export async function standingOfOne(
  db: Kysely<Database>,
  { prospects }: Line,
  call: PlacedRow & Pick<CallRow, 'site_id' | 'queue_id'>,
  now: number,
): Promise<Standing> {
  const rows = await byNeeds(inLineOf(db, call.queue_id, call.site_id), call.priority)
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
    .execute();
  const own = call.state === 'ringing' ? 1 : 0;
  const placed = {
    ...{ place: 1 + sumOf(rows, 'ahead'), ringing: own + sumOf(rows, 'ringing'), call },
    before: rows.map(row => Number(row.before)),
  };
  const asked = rows.map(row => row.needs);
  return standingAt(placed, prospects(call.needs, asked), now);
}

/** What is asked for in a line by calls of that priority, and how often, those left out that are kept for one rep. */
export async function readAsked(
  db: Kysely<Database>,
  { id, site_id }: Pick<QueueRow, 'id' | 'site_id'>,
  priority: number,
): Promise<{ needs: string; before: number }[]> {
  const rows = await byNeeds(inLineOf(db, id, site_id), priority).execute();
  return rows.map(({ needs, before }) => ({ needs, before: Number(before) }));
}

const byNeeds = (line: ReturnType<typeof inLineOf>, priority: number) =>
  line
    .where(inReach)
    .groupBy('needs')
    .select(({ fn }) => [
      'needs',
      fn.countAll<number | string>().as('ahead'),
      sql<number | string>`sum(case when state = 'ringing' then 1 else 0 end)`.as('ringing'),
      sql<
        number | string
      >`sum(case when priority = ${priority} and reserved_until is null then 1 else 0 end)`.as('before'),
    ]);

const sumOf = <Key extends string>(rows: readonly Record<Key, number | string>[], key: Key): number =>
  rows.reduce((sum, row) => sum + Number(row[key]), 0);

/** The wait at a place. A call that rings has its place still, and so the rep it rings at counts as idle. */
function standingAt({ place, ringing, before, call }: Placed, prospects: Prospects, now: number): Standing {
  const rings = call.state === 'ringing';
  const ahead = place - 1;
  const estimate = estimateProspect({
    ...{ ahead, ringing, statistics: parseCallStatistics(call.outlook) },
    // Who rings already is asked nothing more.
    waitedMs: rings ? Infinity : now - call.queued_at,
    keptMs: rings || call.reserved_until === null ? 0 : Math.max(0, call.reserved_until - now),
    stages: prospects.stages,
    before: certainIn(prospects.before, before, ahead),
  });
  return { place, estimate };
}

/** @param counts of each that is asked for in the line */
export const certainIn = (
  { certain, free, share }: Before,
  counts: readonly number[],
  ahead: number,
): { calls: number; free: number; share: number } => {
  const calls = certain ? counts.reduce((sum, count, index) => sum + (certain[index] ? count : 0), 0) : ahead;
  return { calls, free, share };
};

type Prospects = { stages: readonly Stage[]; before: Before };

/** Who on duty may take a call that asks for this, now and later, and what of a line that asks for those goes before it. */
export type ProspectsFor = (needs: string, asked: readonly string[]) => Prospects;

/** Worked out once for all who ask for the same. */
export function prospectsFor(settings: QueueSettings, staff: Staff): ProspectsFor {
  const { free, share } = staff;
  // One call can ring at all of them, and only one of them will take it.
  const rung = settings.strategy === 'ring-all' ? staff.rung : 0;
  const everybody: Prospects = {
    stages: staff.onDuty === 0 ? [] : [{ afterMs: 0, free, share }],
    before: { certain: null, free: free + rung, share },
  };
  if (!isChoosy(settings)) return () => everybody;
  const relaxing = relaxingOf(settings, staff);
  const prospectsOf = (needs: string, asked: readonly string[]): Prospects => {
    const before = beforeOf(askingOf(needs), asked.map(askingOf), relaxing, staff.team);
    const stages = stagesOf(askingOf(needs), relaxing, staff.team);
    return { stages, before: { ...before, free: before.free + rung } };
  };
  const known = new Map<string, Prospects>();
  return (needs, asked) => {
    const key = [needs, ...asked].join(' ');
    const prospects = known.get(key) ?? prospectsOf(needs, asked);
    known.set(key, prospects);
    return prospects;
  };
}

/** What a call asks for, of what is kept with it. */
export function askingOf(text: string): Asking {
  const { skills: needs, language } = readNeeds(text);
  return { needs, language };
}

export const relaxingOf = ({ skillRings, preferLanguageMs }: QueueSettings, { team }: Staff): Relaxing => ({
  ...{ skillRings, preferLanguageMs },
  spoken: new Set(team.flatMap(rep => [...rep.languages])),
});

/** Within a line whoever waited longer is asked for no more, so that nobody behind the head can be offerable alone. */
export const headOfLine = writtenOnce((db, { most, ...line }: LineRow & { most: number }) =>
  offerableIn(db, line).select(offerableColumns).orderBy('queued_at').orderBy('id').limit(most),
);
