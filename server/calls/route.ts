/** Bring calls and reps of a site together: read what the pure matcher needs, and make the offers it decides. */
import { sql } from 'kysely';
import type { CallId, QueueId, RepId, SiteId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import { match } from '../acd/match.ts';
import type { IdleRep, WaitingCall } from '../acd/match-state.ts';
import type { QueueRow } from '../store/schema.ts';
import type { Change } from './change.ts';
import { makeOffer } from './offers.ts';
import { freeReps, repsOnDuty } from './rep-selection.ts';

/**
 * Make every offer that can be made in the sites now. They are decided together: a rep who serves several takes the
 * call that comes first in all of them. Reads a bounded number of rows however long the lines are.
 */
export async function route(change: Change, siteIds: readonly SiteId[]): Promise<void> {
  const queues = await change.db
    .selectFrom('queues')
    .selectAll()
    .where('site_id', 'in', [...siteIds])
    .execute();
  await noteDuty(change, queues);
  const reps = await idleReps(change, siteIds);
  if (reps.length === 0) return;
  const refusals = await recentRefusals(change, siteIds);
  // Each rep takes one call, and a refused call may have to be passed over: more can't be matched at once.
  const most = reps.length + refusals.size;
  const calls: WaitingCall[] = [];
  for (const queue of queues) calls.push(...(await headOfLine(change, queue, most, refusals)));
  const decisions = match(
    {
      calls,
      reps,
      queues: new Map(
        queues.map(queue => [
          queue.id,
          { queueId: queue.id, strategy: queue.strategy, offerMs: queue.offer_ms },
        ]),
      ),
    },
    change.now,
  );
  for (const decision of decisions) await makeOffer(change, decision);
}

/** Remember since when nobody on duty serves a queue: its callers are told so after a while. */
async function noteDuty(change: Change, queues: readonly QueueRow[]): Promise<void> {
  const onDuty = await repsOnDuty(change.db, queues);
  for (const queue of queues) {
    const staffed = (onDuty.get(queue.id) ?? 0) > 0;
    if (staffed === (queue.no_rep_since === null)) continue;
    await change.db
      .updateTable('queues')
      .set({ no_rep_since: staffed ? null : change.now })
      .where('id', '=', queue.id)
      .execute();
    change.touch({ siteId: queue.site_id, queue: queue.id });
  }
}

async function idleReps(change: Change, siteIds: readonly SiteId[]): Promise<IdleRep[]> {
  const rows = await freeReps(change.db)
    .innerJoin('queue_members', 'queue_members.rep_id', 'reps.id')
    .select(['reps.id', 'reps.idle_since', 'queue_members.queue_id', 'queue_members.tier'])
    .where('queue_members.site_id', 'in', [...siteIds])
    .execute();
  const reps = new Map<RepId, IdleRep & { tiers: Map<QueueId, number> }>();
  for (const row of rows) {
    const rep = reps.get(row.id) ?? { repId: row.id, idleSince: row.idle_since, tiers: new Map() };
    rep.tiers.set(row.queue_id, row.tier);
    reps.set(row.id, rep);
  }
  return [...reps.values()];
}

/** Who said no to which call within the back-off. A missed offer is none: that rep is away until they say otherwise. */
async function recentRefusals(change: Change, siteIds: readonly SiteId[]): Promise<Map<CallId, Set<RepId>>> {
  const rows = await change.db
    .selectFrom('offers')
    .innerJoin('calls', 'calls.id', 'offers.call_id')
    .select(['offers.call_id', 'offers.rep_id'])
    .where('calls.site_id', 'in', [...siteIds])
    .where('calls.state', '=', 'waiting')
    .where('offers.state', '=', 'declined')
    .where('offers.ended_at', '>', change.now - limits.refusalBackOffMs)
    .execute();
  const refusals = new Map<CallId, Set<RepId>>();
  for (const row of rows) {
    const reps = refusals.get(row.call_id) ?? new Set<RepId>();
    reps.add(row.rep_id);
    refusals.set(row.call_id, reps);
  }
  return refusals;
}

async function headOfLine(
  change: Change,
  queue: QueueRow,
  most: number,
  refusals: ReadonlyMap<CallId, Set<RepId>>,
): Promise<WaitingCall[]> {
  const rows = await change.db
    .selectFrom('calls')
    .select(['id', 'priority', 'queued_at'])
    .where('site_id', '=', queue.site_id)
    .where('queue_id', '=', queue.id)
    .where('state', '=', 'waiting')
    // The partial index `calls_line` covers this wider condition; naming it lets the engine use it.
    .where('state', 'in', [sql.lit('waiting' as const), sql.lit('ringing' as const)])
    .where('parked_until', 'is', null)
    .orderBy('priority', 'desc')
    .orderBy('queued_at')
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map(row => ({
    callId: row.id,
    queueId: queue.id,
    priority: row.priority,
    queuedAt: row.queued_at,
    notNow: refusals.get(row.id) ?? new Set(),
  }));
}
