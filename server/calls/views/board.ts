/**
 * Queues and lines as those who serve them see them, read once for all who look in one go: what it costs does not grow with
 * the number of reps.
 */
import type { Kysely } from 'kysely';
import type { QueueId, RepId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { RepView } from '../../../shared/views.ts';
import type { Database, QueueRow } from '../../store/schema.ts';
import { writtenOnce } from '../../store/written-once.ts';
import { type Length, noLength } from '../line/lengths.ts';
import { noStaff } from '../line/rep-selection.ts';
import { availabilityOf, type Counts } from '../routing/availability.ts';
import type { Entry } from './entries.ts';
import { memoize, memoizeEach } from './memoize.ts';
import { ringsAgain } from './missed-calls.ts';
import { readShared, type SharedReading } from './shared-reading.ts';

export type RepBoard = Pick<RepView, 'queues' | 'waiting' | 'waitingTotal' | 'absent' | 'absentTotal'>;

/** One reading. Good for as long as nothing changes. */
export type Board = {
  of(repId: RepId): Promise<RepBoard>;
  /** Whose queues the rep serves, in their order. */
  sitesOf(repId: RepId): Promise<SiteId[]>;
};

type QueueCounts = RepView['queues'][number];

/**
 * @param reps all who are going to look
 * @param shared how many there are, and who waits, which others may have read
 */
export function createBoard(
  db: Kysely<Database>,
  reps: readonly RepId[],
  now: number,
  shared: Counts & Pick<SharedReading, 'entries'> = readShared(db, now),
): Board {
  const served = memoize(() => queuesServed(db, reps));
  const again = memoize(() => ringsAgain(db, reps, now));
  const lengths = memoize(async () => shared.lengths([...(await served()).queues.values()]));
  const counts = memoize(async () => readCounts(db, [...(await served()).queues.values()], shared, now));
  const heads = memoizeEach(idOf, (queue: QueueRow) => shared.entries(queue, 'in-reach'));
  const absences = memoizeEach(idOf, (queue: QueueRow) => shared.entries(queue, 'out-of-reach'));

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

const idOf = ({ id }: QueueRow) => id;
const byTurn = ({ row: a }: Entry, { row: b }: Entry) => b.priority - a.priority || byAge(a, b);
const byWait = ({ row: a }: Entry, { row: b }: Entry) => byAge(a, b);
const byAge = (a: Entry['row'], b: Entry['row']) => a.queued_at - b.queued_at || (a.id < b.id ? -1 : 1);

const membersOf = writtenOnce((db, { repIds }: { repIds: readonly RepId[] }) =>
  db
    .selectFrom('queues')
    .innerJoin('queue_members', 'queue_members.queue_id', 'queues.id')
    .selectAll('queues')
    .select('queue_members.rep_id')
    .where('queue_members.rep_id', 'in', repIds)
    .orderBy('queues.created_at')
    .orderBy('queues.id'),
);

/** The queues of all these reps, the oldest first, and which of them each serves. */
async function queuesServed(db: Kysely<Database>, reps: readonly RepId[]) {
  const rows = await membersOf(db, { repIds: [...new Set(reps)] });
  const queues = new Map<QueueId, QueueRow>();
  const byRep = new Map<RepId, QueueId[]>();
  for (const { rep_id, ...queue } of rows) {
    queues.set(queue.id, queue);
    byRep.set(rep_id, [...(byRep.get(rep_id) ?? []), queue.id]);
  }
  return { queues, byRep };
}

async function readCounts(
  db: Kysely<Database>,
  queues: readonly QueueRow[],
  shared: Counts,
  now: number,
): Promise<Map<QueueId, QueueCounts>> {
  const [lengths, staff] = [await shared.lengths(queues), await shared.staff(queues)];
  const availability = await Promise.all(queues.map(queue => availabilityOf(db, queue, now, shared)));
  return new Map(
    queues.map(({ id, name }, index) => {
      const { onDuty, free: repsAvailable } = staff.get(id) ?? noStaff;
      const { inReach: waiting } = lengths.get(id) ?? noLength;
      const counts = {
        ...{ queueId: id, name, availability: availability[index] ?? 'no-rep' },
        ...{ waiting, repsAvailable, repsBusy: onDuty - repsAvailable },
      };
      return [id, counts];
    }),
  );
}
