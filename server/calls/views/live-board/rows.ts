/** What stands on the live board of a site, read from the database: of all of it, or of what has changed. */
import type { Kysely } from 'kysely';
import type { BoardCall, BoardQueue, BoardRep, BoardRepState } from '../../../../shared/board.ts';
import type { CallId, QueueId, RepId, SiteId } from '../../../../shared/ids.ts';
import { limits } from '../../../../shared/limits.ts';
import { literal } from '../../../store/literals.ts';
import type { Database, RepRow } from '../../../store/schema.ts';
import { readContext } from '../../history/call-cards.ts';

/** `queuedAt` and `inReach`: what the figures of its queue are counted by. */
export type LiveCall = { row: BoardCall; queuedAt: number; inReach: boolean };

/**
 * Calls of the site that are not over.
 *
 * @param ids all when left out
 */
export async function readLiveCalls(
  db: Kysely<Database>,
  siteId: SiteId,
  ids?: readonly CallId[],
): Promise<LiveCall[]> {
  const live = db
    .selectFrom('calls')
    .where('calls.site_id', '=', siteId)
    .where('calls.state', '<>', literal.ended)
    .$if(ids !== undefined, query => query.where('calls.id', 'in', [...ids!]));
  const calls = await live
    .select(['calls.id', 'queue_id', 'calls.state', 'queued_at', 'answered_at', 'context'])
    .select(['callback_kind', 'parked_until', 'held_until'])
    .execute();
  const parties = await live
    .innerJoin('call_parties', 'call_parties.call_id', 'calls.id')
    .leftJoin('reps', 'reps.id', 'call_parties.rep_id')
    .where('call_parties.left_at', 'is', null)
    .select(['call_parties.call_id', 'kind', 'call_parties.state', 'mos', 'joined_at'])
    .select(['call_parties.rep_id', 'reps.name'])
    .orderBy('joined_at')
    .execute();
  const offers = await live
    .innerJoin('offers', join =>
      join.onRef('offers.call_id', '=', 'calls.id').on('offers.state', '=', literal.live),
    )
    .innerJoin('reps', 'reps.id', 'offers.rep_id')
    .select(['offers.call_id', 'offers.rep_id', 'reps.name'])
    .orderBy('reps.name')
    .execute();
  const partiesOf = Map.groupBy(parties, party => party.call_id);
  const offersOf = Map.groupBy(offers, offer => offer.call_id);
  return calls.flatMap(call => {
    if (call.state === 'ended') return [];
    const inCall = partiesOf.get(call.id) ?? [];
    const staff = inCall.filter(party => party.rep_id !== null);
    const shopper = inCall.find(party => party.kind === 'shopper');
    const inReach = call.parked_until === null && call.held_until === null;
    const reps = call.state === 'ringing' ? (offersOf.get(call.id) ?? []) : staff;
    const since =
      call.state === 'talking'
        ? call.answered_at
        : call.state === 'calling-back'
          ? staff[0]?.joined_at
          : call.queued_at;
    const row: BoardCall = {
      ...{ callId: call.id, siteId, queueId: call.queue_id, state: call.state },
      since: since ?? call.queued_at,
      name: readContext(call.context).name ?? '',
      callback: call.callback_kind,
      shopperAway: !inReach,
      held: inCall.some(party => party.state === 'held'),
      reps: reps.map(({ rep_id, name }) => ({ repId: rep_id as RepId, name: name ?? '' })),
      quality: { shopper: shopper?.mos ?? null, rep: staff[0]?.mos ?? null },
    };
    return [{ row, queuedAt: call.queued_at, inReach }];
  });
}

/**
 * Who serves queues of the site.
 *
 * @param ids all when left out
 */
export async function readLiveReps(
  db: Kysely<Database>,
  siteId: SiteId,
  ids?: readonly RepId[],
): Promise<BoardRep[]> {
  const serving = db
    .selectFrom('queue_members')
    .select('rep_id')
    .where('site_id', '=', siteId)
    .$if(ids !== undefined, query => query.where('rep_id', 'in', [...ids!]));
  const rows = await db
    .selectFrom('reps')
    .leftJoin('call_parties', join =>
      join.onRef('call_parties.rep_id', '=', 'reps.id').on('call_parties.left_at', 'is', null),
    )
    .leftJoin('offers', join =>
      join.onRef('offers.rep_id', '=', 'reps.id').on('offers.state', '=', literal.live),
    )
    .leftJoin('calls', 'calls.id', 'reps.wrap_up_call_id')
    .select(['reps.id', 'reps.name', 'status', 'status_note', 'status_since', 'work', 'idle_since'])
    .select(['session_id', 'media_ready', 'joined_at', 'made_at', 'calls.ended_at'])
    .where('reps.id', 'in', serving)
    .execute();
  // Ring-all: one rep may be rung for several calls.
  const byId = new Map(rows.map(row => [row.id, row]));
  return [...byId.values()].map(row => {
    const state = stateOf(row);
    const working = { ringing: row.made_at, talking: row.joined_at, 'wrap-up': row.ended_at };
    const idle = state === 'free' ? Math.max(row.status_since, row.idle_since) : row.status_since;
    return {
      ...{ repId: row.id, name: row.name, state },
      note: row.status === 'away' ? row.status_note : '',
      since: (state in working ? working[state as keyof typeof working] : null) ?? idle,
      ready: row.session_id !== null && (row.status !== 'available' || row.media_ready === 1),
    };
  });
}

/** Whoever is not connected, or has no microphone yet, gets no call, whatever they chose. */
function stateOf(row: Pick<RepRow, 'status' | 'work' | 'session_id' | 'media_ready'>): BoardRepState {
  if (row.work !== 'idle') return row.work;
  if (row.session_id === null) return 'offline';
  if (row.status === 'available') return row.media_ready === 1 ? 'free' : 'away';
  return row.status;
}

/** A queue, and who serves it. */
export type LiveQueue = Pick<BoardQueue, 'queueId' | 'siteId' | 'name' | 'siteName'> & {
  members: ReadonlySet<RepId>;
};

/** The queues of the site, the oldest first. */
export async function readLiveQueues(db: Kysely<Database>, siteId: SiteId): Promise<LiveQueue[]> {
  const queues = await db
    .selectFrom('queues')
    .innerJoin('sites', 'sites.id', 'queues.site_id')
    .select(['queues.id', 'queues.name', 'sites.name as site_name'])
    .where('queues.site_id', '=', siteId)
    .where('removed_at', 'is', null)
    .orderBy('queues.created_at')
    .orderBy('queues.id')
    .execute();
  const members = Map.groupBy(
    await db
      .selectFrom('queue_members')
      .select(['queue_id', 'rep_id'])
      .where('site_id', '=', siteId)
      .execute(),
    member => member.queue_id,
  );
  return queues.map(({ id, name, site_name }) => ({
    ...{ queueId: id, siteId, name, siteName: site_name },
    members: new Set(members.get(id)?.map(member => member.rep_id)),
  }));
}

/** How the calls of the last 24 hours went in each queue of the site: one look along an index. */
export async function readDay(
  db: Kysely<Database>,
  siteId: SiteId,
  now: number,
): Promise<Map<QueueId, BoardQueue['today']>> {
  const rows = await db
    .selectFrom('calls')
    .select(({ fn, eb, ref, case: when }) => {
      const waited = (until: 'answered_at' | 'ended_at') => eb(ref(until), '-', ref('queued_at'));
      const one = (condition: ReturnType<typeof eb>) => when().when(condition).then(1).else(0).end();
      const left = eb.and([
        eb('answered_at', 'is', null),
        eb('state', '=', literal.ended),
        eb('callback_kind', 'is', null),
        eb(waited('ended_at'), '>=', limits.boardShortMs),
      ]);
      return [
        'queue_id',
        fn.count<number | string>('answered_at').as('answered'),
        fn.sum<number | string>(one(eb(waited('answered_at'), '<=', limits.boardGoalMs))).as('in_time'),
        fn.sum<number | string>(one(left as unknown as ReturnType<typeof eb>)).as('abandoned'),
      ];
    })
    .where('site_id', '=', siteId)
    .where('started_at', '>=', now - limits.boardDayMs)
    .groupBy('queue_id')
    .execute();
  return new Map(
    rows.map(row => [
      row.queue_id,
      {
        answered: Number(row.answered),
        inTime: Number(row.in_time),
        abandoned: Number(row.abandoned),
      },
    ]),
  );
}
