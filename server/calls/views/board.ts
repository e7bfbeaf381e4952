/**
 * Queues and lines as those who serve them see them, read once for all who look in one go: what it costs does not grow with
 * the number of reps.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Availability } from '../../../shared/domain.ts';
import type { QueueId, RepId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { CallCard, RepView } from '../../../shared/views.ts';
import { literal } from '../../store/literals.ts';
import { readQueueSettings } from '../../store/queue-settings.ts';
import type { Database, QueueRow } from '../../store/schema.ts';
import { atAGlance, type CardRow, cards, toCards } from '../history/call-cards.ts';
import { inReach, outOfReach } from '../line/reach.ts';
import { countReps } from '../line/rep-selection.ts';
import { admit, obstacleOf, ruleOf, shareOf } from '../routing/admission.ts';
import { answeredAtOnce } from '../routing/availability.ts';
import { ringsAgain } from './missed-calls.ts';

export type RepBoard = Pick<RepView, 'queues' | 'waiting' | 'waitingTotal' | 'absent' | 'absentTotal'>;

/** One reading. Good for as long as nothing changes. */
export type Board = {
  of(repId: RepId): Promise<RepBoard>;
  /** Whose queues the rep serves, in their order. */
  sitesOf(repId: RepId): Promise<SiteId[]>;
};

/** An entry of a line, with what orders it among those of other queues. */
type Entry = { row: CardRow & { refusals: number | string }; card: CallCard };
type QueueCounts = RepView['queues'][number];

/** @param reps all who are going to look */
export function createBoard(db: Kysely<Database>, reps: readonly RepId[], now: number): Board {
  const served = once(() => queuesServed(db, reps));
  const again = once(() => ringsAgain(db, reps, now));
  const lengths = once(async () => readLengths(db, [...(await served()).queues.values()]));
  const counts = once(async () =>
    readCounts(db, [...(await served()).queues.values()], await lengths(), now),
  );
  const heads = onceEach((queue: QueueRow) => readEntries(db, queue, 'in-reach'));
  const absences = onceEach((queue: QueueRow) => readEntries(db, queue, 'out-of-reach'));

  const queuesOf = async (repId: RepId) => {
    const { queues, byRep } = await served();
    return (byRep.get(repId) ?? []).map(id => queues.get(id)).filter(queue => queue !== undefined);
  };

  return {
    async sitesOf(repId) {
      return [...new Set((await queuesOf(repId)).map(queue => queue.site_id))].sort();
    },
    async of(repId) {
      const own = await queuesOf(repId);
      const known = await lengths();
      const lengthOf = (queue: QueueRow, which: keyof Length) => known.get(queue.id)?.[which] ?? 0;
      const entriesOf = async (which: keyof Length, read: (queue: QueueRow) => Promise<Entry[]>) =>
        (await Promise.all(own.filter(queue => lengthOf(queue, which) > 0).map(read))).flat();
      const waiting = (await entriesOf('inReach', heads)).sort(byTurn).slice(0, limits.waitingListLength);
      const absent = (await entriesOf('outOfReach', absences))
        .sort(byWait)
        .slice(0, limits.waitingListLength);
      const anyRefused = waiting.some(({ row }) => Number(row.refusals) > 0);
      const refused = anyRefused ? (await again()).get(repId) : undefined;
      const all = await counts();
      return {
        queues: own.map(queue => all.get(queue.id)).filter(queue => queue !== undefined),
        waiting: waiting.map(({ row, card }, index) => ({
          ...card,
          place: index + 1,
          ringing: row.state === 'ringing',
          ringsAgainAt: refused?.get(row.id) ?? null,
        })),
        waitingTotal: own.reduce((sum, queue) => sum + lengthOf(queue, 'inReach'), 0),
        absent: absent.map(({ row, card }) => ({ ...card, heldUntil: row.held_until })),
        absentTotal: own.reduce((sum, queue) => sum + lengthOf(queue, 'outOfReach'), 0),
      };
    },
  };
}

const byTurn = ({ row: a }: Entry, { row: b }: Entry) => b.priority - a.priority || byAge(a, b);
const byWait = ({ row: a }: Entry, { row: b }: Entry) => byAge(a, b);
const byAge = (a: CardRow, b: CardRow) => a.queued_at - b.queued_at || (a.id < b.id ? -1 : 1);

/** The queues of all these reps, the oldest first, and which of them each serves. */
async function queuesServed(db: Kysely<Database>, reps: readonly RepId[]) {
  const rows = await db
    .selectFrom('queues')
    .innerJoin('queue_members', 'queue_members.queue_id', 'queues.id')
    .selectAll('queues')
    .select('queue_members.rep_id')
    .where('queue_members.rep_id', 'in', [...new Set(reps)])
    .orderBy('queues.created_at')
    .orderBy('queues.id')
    .execute();
  const queues = new Map<QueueId, QueueRow>();
  const byRep = new Map<RepId, QueueId[]>();
  for (const { rep_id, ...queue } of rows) {
    queues.set(queue.id, queue);
    byRep.set(rep_id, [...(byRep.get(rep_id) ?? []), queue.id]);
  }
  return { queues, byRep };
}

/** `counted`: as much of `inReach` as counts towards the longest line; `waiting`: as much of it as does not ring. */
type Length = { inReach: number; outOfReach: number; waiting: number; counted: number };

/** Of each line that is not empty. */
async function readLengths(db: Kysely<Database>, queues: readonly QueueRow[]): Promise<Map<QueueId, Length>> {
  if (queues.length === 0) return new Map();
  const sum = (what: RawBuilder<unknown>) => sql<number | string>`sum(case when ${what} then 1 else 0 end)`;
  // One network fills no more than its share.
  const networks = db
    .selectFrom('calls')
    .select(({ fn }) => [
      'queue_id',
      'caller_network',
      fn.countAll<number | string>().as('every'),
      sum(inReach).as('in_reach'),
      sum(sql`${inReach} and state = 'waiting'`).as('waiting'),
    ])
    .where('site_id', 'in', [...new Set(queues.map(queue => queue.site_id))])
    .where(
      'queue_id',
      'in',
      queues.map(queue => queue.id),
    )
    .where('state', 'in', [...literal.inLine])
    .groupBy(['queue_id', 'caller_network']);
  const shares = sql.join(
    queues.map(queue => sql`when ${queue.id} then ${sql.lit(shareOf(readQueueSettings(queue).maxLength))}`),
    sql` `,
  );
  const share = sql<number>`case queue_id ${shares} end`;
  const rows = await db
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
    .groupBy('queue_id')
    .execute();
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

async function readCounts(
  db: Kysely<Database>,
  queues: readonly QueueRow[],
  lengths: ReadonlyMap<QueueId, Length>,
  now: number,
): Promise<Map<QueueId, QueueCounts>> {
  const reps = await countReps(db, queues);
  const availability = async (queue: QueueRow): Promise<Availability> => {
    const settings = readQueueSettings(queue);
    const { counted, waiting } = lengths.get(queue.id) ?? { counted: 0, waiting: 0 };
    const why = obstacleOf(queue, settings, now, counted);
    if (why && ruleOf(settings, why).do !== 'queue') return why;
    // The common case takes nothing that is not known already.
    if (!why && settings.skills.length === 0)
      return (reps.get(queue.id)?.free ?? 0) > waiting ? 'open' : 'busy';
    const admission = await admit(db, queue, now);
    if ('refusal' in admission) return admission.refusal.why;
    return (await answeredAtOnce(db, admission.queue)) ? 'open' : 'busy';
  };
  const promised = await Promise.all(queues.map(availability));
  return new Map(
    queues.map((queue, index) => {
      const { onDuty, free: repsAvailable } = reps.get(queue.id) ?? { onDuty: 0, free: 0 };
      const counts = {
        ...{ queueId: queue.id, name: queue.name, availability: promised[index] ?? 'no-rep' },
        ...{ waiting: lengths.get(queue.id)?.inReach ?? 0, repsAvailable },
        repsBusy: onDuty - repsAvailable,
      };
      return [queue.id, counts];
    }),
  );
}

/** How often reps said no to a call. */
const refusals = sql<number | string>`(select count(*) from offers
  where offers.call_id = calls.id and offers.state in ('declined', 'transferred'))`;

/** The first of a line in the order they are answered, or those out of reach by their wait. */
async function readEntries(
  db: Kysely<Database>,
  queue: QueueRow,
  which: 'in-reach' | 'out-of-reach',
): Promise<Entry[]> {
  const rows = await cards(db)
    .select(refusals.as('refusals'))
    .where('calls.site_id', '=', queue.site_id)
    .where('calls.queue_id', '=', queue.id)
    .where('calls.state', 'in', [...literal.inLine])
    .where(which === 'in-reach' ? inReach : outOfReach)
    .$if(which === 'in-reach', query => query.orderBy('calls.priority', 'desc'))
    .orderBy('calls.queued_at')
    .orderBy('calls.id')
    .limit(limits.waitingListLength)
    .execute();
  const found = await toCards(db, rows);
  return rows.flatMap((row, index) => {
    const card = found[index];
    return card ? [{ row, card: atAGlance(card) }] : [];
  });
}

/** Read when first asked for. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
}

function onceEach<K extends { id: string }, T>(read: (of: K) => Promise<T>): (of: K) => Promise<T> {
  const readings = new Map<string, Promise<T>>();
  return of => {
    let reading = readings.get(of.id);
    if (!reading) {
      reading = read(of);
      readings.set(of.id, reading);
    }
    return reading;
  };
}
