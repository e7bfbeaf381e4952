/** What a desk shows while nothing rings. Read once for all who serve the same queues, however many look at once. */
import type { Kysely } from 'kysely';
import type { Colleague, Overview } from '../../../shared/api/calls.ts';
import type { RepId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { Database, QueueRow, RepRow } from '../../store/schema.ts';
import { lastCalls } from '../history/call-list.ts';
import { createToday } from '../history/today.ts';

type Queue = Pick<QueueRow, 'id' | 'site_id'>;

/** `overseen`: sites of whose queues the reader may serve any. */
type Reader = { id: RepId; overseen: readonly SiteId[] };

export type Overviews = {
  /** @param from when the day began for the reader, ms UTC, at most `limits.dayMs` ago */
  read(reader: Reader, from: number): Promise<Overview>;
};

type Shared = Omit<Overview, 'team'> & { team: Colleague[] };

export function createOverviews(db: Kysely<Database>, now: () => number): Overviews {
  const today = createToday(db, now);
  /** The oldest first. */
  const kept = new Map<string, { at: number; answer: Promise<Shared> }>();

  const readShared = async (queues: Queue[], from: number): Promise<Shared> => ({
    serverTime: now(),
    today: await today.figures(queues, from),
    recent: (await lastCalls(db, { queues, limit: limits.overviewCalls, now: now() })).map(atAGlance),
    team: await team(db, queues),
  });

  return {
    async read(rep, from) {
      const queues = await queuesOf(db, rep);
      const key = [from, ...queues.map(queue => queue.id)].join(' ');
      let entry = kept.get(key);
      const age = entry ? now() - entry.at : -1;
      if (!entry || age < 0 || age > limits.overviewKeptMs) {
        kept.delete(key);
        const [oldest] = kept.keys();
        if (kept.size >= limits.overviewsKept && oldest !== undefined) kept.delete(oldest);
        const fresh = { at: now(), answer: readShared(queues, from) };
        // A failure is of those who waited for it; the next one asks anew.
        fresh.answer.catch(() => kept.get(key) === fresh && kept.delete(key));
        kept.set(key, fresh);
        entry = fresh;
      }
      const { team: everybody, ...shared } = await entry.answer;
      const others = everybody.filter(colleague => colleague.id !== rep.id);
      const colleagues = others.slice(0, limits.overviewColleagues);
      return { ...shared, team: { colleagues, more: others.length - colleagues.length } };
    },
  };
}

/** The queues that somebody serves, and those that they oversee. */
async function queuesOf(db: Kysely<Database>, { id, overseen }: Reader): Promise<Queue[]> {
  const served = db.selectFrom('queue_members').select('queue_id').where('rep_id', '=', id);
  return db
    .selectFrom('queues')
    .select(['id', 'site_id'])
    .where('removed_at', 'is', null)
    .where(({ or, eb }) =>
      or([eb('id', 'in', served), ...(overseen.length > 0 ? [eb('site_id', 'in', [...overseen])] : [])]),
    )
    .orderBy('id')
    .execute();
}

/** Who could take a call first, then by name. */
async function team(db: Kysely<Database>, queues: readonly Queue[]): Promise<Colleague[]> {
  const ofEach = await Promise.all(
    queues.map(({ id, site_id }) =>
      db
        .selectFrom('queue_members')
        .innerJoin('reps', 'reps.id', 'queue_members.rep_id')
        .select([
          'reps.id',
          'name',
          'status',
          'status_note',
          'status_since',
          'work',
          'session_id',
          'media_ready',
        ])
        .where('queue_members.site_id', '=', site_id)
        .where('queue_members.queue_id', '=', id)
        .execute(),
    ),
  );
  const rows = [...new Map(ofEach.flat().map(row => [row.id, row])).values()];
  const colleagues = rows.map((row): Colleague => {
    const { id, name, work } = row;
    return { id, name, ...statusOf(row), statusSince: row.status_since, work };
  });
  return colleagues.sort((a, b) => rankOf(a) - rankOf(b) || (a.name < b.name ? -1 : 1));
}

/** Whoever is not connected, or has no microphone yet, gets no call, whatever they chose. */
function statusOf(
  row: Pick<RepRow, 'status' | 'status_note' | 'session_id' | 'media_ready' | 'work'>,
): Pick<Colleague, 'status' | 'statusNote'> {
  const { status, status_note: statusNote } = row;
  if (row.session_id === null && row.work === 'idle') return { status: 'offline', statusNote: '' };
  if (status === 'available' && row.media_ready === 0 && row.work === 'idle')
    return { status: 'away', statusNote };
  return { status, statusNote };
}

function rankOf({ status, work }: Colleague): number {
  if (work !== 'idle') return 1;
  return { available: 0, away: 2, offline: 3 }[status];
}

/** The whole carts of many calls would be much to send for a list. */
function atAGlance({
  note: _,
  ...call
}: Awaited<ReturnType<typeof lastCalls>>[number]): Overview['recent'][number] {
  const { page, name } = call.context;
  return { ...call, context: { ...(page ? { page } : {}), ...(name === undefined ? {} : { name }) } };
}
