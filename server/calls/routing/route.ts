/** Bring calls and reps of a site together: read what the pure matcher needs, and make the offers it decides. */
import type { SqlBool } from 'kysely';
import type { Language } from '../../../shared/i18n/languages.ts';
import type { AccountId, CallId, OfferId, QueueId, RepId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { match, type OfferDecision } from '../../acd/match.ts';
import type { IdleMembership, IdleRep, MatchQueue, WaitingCall } from '../../acd/match-state.ts';
import { literal } from '../../store/literals.ts';
import { readLanguages } from '../../store/members.ts';
import { readQueueSettings } from '../../store/queue-settings.ts';
import type { QueueRow } from '../../store/schema.ts';
import { writtenOnce } from '../../store/written-once.ts';
import { askingOf, headOfLine, type OfferableRow, offerableColumns } from '../line/line.ts';
import { dutyReps, freeReps, isStaffed } from '../line/rep-selection.ts';
import { noLaterThan } from '../line/wait-due.ts';
import { apply } from '../writing/apply.ts';
import { loadCall } from '../writing/call-rows.ts';
import type { Change } from '../writing/change.ts';
import { dayOf } from '../writing/day.ts';
import { type KeptCall, keptCalls } from './preferred-rep.ts';

/**
 * Make every offer that can be made in the sites now. They are decided together: a rep who serves several takes the
 * call that comes first in all of them. Reads a bounded number of rows however long the lines are.
 */
export async function route(change: Change, siteIds: readonly SiteId[]): Promise<void> {
  const queues = await queuesOf(change.db, { siteIds });
  await noteDuty(change, queues);
  const reps = await idleReps(change, siteIds);
  const kept = await keptCalls(change, siteIds);
  if (reps.length === 0) return;
  const calls = (await offerableCalls(change, siteIds, queues, reps, kept)).map(inAccounts(queues));
  if (calls.length === 0) return;
  if (calls.some(call => call.needs.length > 0)) await learnSkills(change, reps);
  const asking = new Set(calls.filter(call => call.language !== null).map(call => call.queueId));
  const spoken = asking.size > 0 ? await learnLanguages(change, asking, reps) : noneSpoken;
  const matchQueues = new Map(queues.map(queue => [queue.id, matchQueue(queue, spoken)]));
  const decisions = match({ calls, reps, queues: matchQueues }, change.now, change.random);
  const queueOf = new Map(calls.map(call => [call.callId, call.queueId]));
  for (const decision of decisions) await makeOffer(change, decision);
  await rememberLastRung(change, decisions, queueOf, matchQueues, reps);
}

type Sites = { siteIds: readonly SiteId[] };

const queuesOf = writtenOnce((db, { siteIds }: Sites) =>
  db
    .selectFrom('queues')
    .innerJoin('sites', 'sites.id', 'queues.site_id')
    .selectAll('queues')
    .select(['sites.account_id', isStaffed.as('is_staffed')])
    .where('queues.site_id', 'in', siteIds),
);

/** What one account calls a skill is another one's word for something else. */
const skillIn = (accountId: AccountId, skill: string) => `${accountId} ${skill}`;

const inAccounts = (queues: readonly { id: QueueId; account_id: AccountId }[]) => {
  const accounts = new Map(queues.map(queue => [queue.id, queue.account_id]));
  return (call: WaitingCall): WaitingCall => {
    const account = accounts.get(call.queueId);
    if (account === undefined || call.needs.length === 0) return call;
    return {
      ...call,
      needs: call.needs.map(({ skill, level }) => ({ skill: skillIn(account, skill), level })),
    };
  };
};

/** Ring a rep for a call. */
async function makeOffer(change: Change, { callId, repId, dueAt }: OfferDecision): Promise<void> {
  const call = change.made(callId) ?? (await loadCall(change.db, callId));
  if (!call) throw new Error('A call that was matched does not exist');
  const offer = { id: change.newId<OfferId>(), repId, madeAt: change.now, dueAt };
  await apply(change, call, { type: 'offer', offer });
}

type Spoken = ReadonlyMap<QueueId, ReadonlySet<Language>>;
const noneSpoken: Spoken = new Map();
const nothing: ReadonlySet<Language> = new Set();

function matchQueue(queue: QueueRow, spoken: Spoken): MatchQueue {
  const { strategy, offerMs, skillRings, preferLanguageMs } = readQueueSettings(queue);
  return {
    queueId: queue.id,
    strategy,
    offerMs,
    skillRings,
    preferLanguageMs,
    spoken: spoken.get(queue.id) ?? nothing,
    lastRung:
      queue.last_rung_rep_id === null
        ? null
        : { repId: queue.last_rung_rep_id, position: queue.last_rung_position ?? 0 },
  };
}

/** Remember since when nobody on duty serves a queue: its callers are told so after a while. */
async function noteDuty(
  change: Change,
  queues: readonly (QueueRow & { is_staffed: SqlBool })[],
): Promise<void> {
  for (const { is_staffed, ...queue } of queues) {
    const staffed = Boolean(is_staffed);
    if (staffed === (queue.no_rep_since === null)) continue;
    await change.db
      .updateTable('queues')
      .set(
        staffed
          ? { no_rep_since: null }
          : {
              no_rep_since: change.now,
              ...noLaterThan(change.now + readQueueSettings(queue).noRepExitMs),
            },
      )
      .where('id', '=', queue.id)
      .execute();
    change.touch({ siteId: queue.site_id, queue: queue.id });
  }
}

type Reading = IdleRep & { memberships: Map<QueueId, IdleMembership>; skills: Map<string, number> };

const freeMembers = writtenOnce((db, { siteIds }: Sites) =>
  freeReps(db)
    .innerJoin('queue_members', 'queue_members.rep_id', 'reps.id')
    .innerJoin('queues', 'queues.id', 'queue_members.queue_id')
    .select(['reps.id', 'reps.idle_since', 'queues.settings'])
    .selectAll('queue_members')
    .where('queue_members.site_id', 'in', siteIds),
);

/** Without their skills and languages. */
async function idleReps(change: Change, siteIds: readonly SiteId[]): Promise<Reading[]> {
  const rows = await freeMembers(change.db, { siteIds });
  if (rows.length === 0) return [];
  const reps = new Map<RepId, Reading>();
  for (const row of rows) {
    const rep: Reading = reps.get(row.id) ?? {
      repId: row.id,
      idleSince: row.idle_since,
      memberships: new Map(),
      skills: new Map(),
    };
    const counts = row.counted_day === dayOf(change.now) ? row : { calls: 0, talk_ms: 0 };
    rep.memberships.set(row.queue_id, {
      tier: row.tier,
      position: row.position,
      penalty: row.penalty,
      calls: counts.calls,
      talkMs: counts.talk_ms,
      languages: nothing,
    });
    reps.set(row.id, rep);
  }
  return [...reps.values()];
}

async function learnSkills(change: Change, reps: readonly Reading[]): Promise<void> {
  const byId = new Map(reps.map(rep => [rep.repId, rep]));
  const rows = await change.db
    .selectFrom('rep_skills')
    .selectAll()
    .where('rep_id', 'in', [...byId.keys()])
    .execute();
  for (const { account_id, rep_id, skill, level } of rows)
    byId.get(rep_id)?.skills.set(skillIn(account_id, skill), level);
}

const speakers = writtenOnce((db, { queueIds }: { queueIds: readonly QueueId[] }) =>
  dutyReps(db)
    .innerJoin('queue_members', 'queue_members.rep_id', 'reps.id')
    .innerJoin('sites', 'sites.id', 'queue_members.site_id')
    .innerJoin('members', join =>
      join.onRef('members.rep_id', '=', 'reps.id').onRef('members.account_id', '=', 'sites.account_id'),
    )
    .select(['queue_members.queue_id', 'reps.id as rep_id', 'members.languages'])
    .where('queue_members.queue_id', 'in', queueIds),
);

/** What is spoken by those on duty in these queues; the free ones are told theirs. */
async function learnLanguages(
  change: Change,
  queueIds: ReadonlySet<QueueId>,
  reps: readonly Reading[],
): Promise<Spoken> {
  const byId = new Map(reps.map(rep => [rep.repId, rep]));
  const spoken = new Map<QueueId, Set<Language>>();
  for (const row of await speakers(change.db, { queueIds: [...queueIds] })) {
    const own = readLanguages(row);
    spoken.set(row.queue_id, new Set([...(spoken.get(row.queue_id) ?? []), ...own]));
    const free = byId.get(row.rep_id)?.memberships;
    const member = free?.get(row.queue_id);
    if (free && member) free.set(row.queue_id, { ...member, languages: new Set(own) });
  }
  return spoken;
}

const linesOf = writtenOnce((db, { siteIds }: Sites) =>
  db.selectFrom('lines').selectAll().where('site_id', 'in', siteIds),
);

/** Every call that could be offered to one of the reps now, and no more of them than could come to it. */
async function offerableCalls(
  change: Change,
  siteIds: readonly SiteId[],
  queues: readonly QueueRow[],
  reps: readonly IdleRep[],
  kept: readonly KeptCall[],
): Promise<WaitingCall[]> {
  const refusals = await recentRefusals(change, siteIds);
  // Each rep takes one call, and a refused call may have to be passed over: more can't be matched at once.
  const most = reps.length + refusals.size;
  const lines = await linesOf(change.db, { siteIds });
  const rows: OfferableRow[] = [];
  for (const line of lines) rows.push(...(await headOfLine(change.db, { ...line, most })));
  const free = new Set(reps.map(rep => rep.repId));
  rows.push(...kept.filter(({ reserved_rep_id: repId }) => repId !== null && free.has(repId)));
  const calls = rows.map(row => toWaitingCall(row, refusals));
  for (const queue of queues)
    if (readQueueSettings(queue).strategy === 'ring-all')
      calls.push(...(await ringingCalls(change, queue, refusals)));
  return calls;
}

const toWaitingCall = (
  row: OfferableRow,
  refusals: Refusals,
  ringingAt: ReadonlySet<RepId> = new Set(),
): WaitingCall => ({
  callId: row.id,
  queueId: row.queue_id,
  priority: row.priority,
  queuedAt: row.queued_at,
  ...askingOf(row.needs),
  reservedFor: row.reserved_rep_id,
  notNow: refusals.get(row.id) ?? new Set(),
  ringingAt,
});

type Refusals = ReadonlyMap<CallId, ReadonlySet<RepId>>;

const refusalsSince = writtenOnce((db, { siteIds, since }: Sites & { since: number }) =>
  db
    .selectFrom('offers')
    .innerJoin('calls', 'calls.id', 'offers.call_id')
    .select(['offers.call_id', 'offers.rep_id'])
    .where('offers.site_id', 'in', siteIds)
    .where('offers.state', 'in', [...literal.refused])
    .where('offers.ended_at', '>', since)
    .where('calls.state', 'in', [...literal.inLine]),
);

/** Who said no to which call within the back-off. A missed offer is none: that rep is away until they say otherwise. */
async function recentRefusals(change: Change, siteIds: readonly SiteId[]): Promise<Refusals> {
  const rows = await refusalsSince(change.db, { siteIds, since: change.now - limits.refusalBackOffMs });
  const refusals = new Map<CallId, Set<RepId>>();
  for (const row of rows) {
    const reps = refusals.get(row.call_id) ?? new Set<RepId>();
    refusals.set(row.call_id, reps.add(row.rep_id));
  }
  return refusals;
}

/** Calls of a `ring-all` queue that ring already: whoever became free since may join. */
async function ringingCalls(change: Change, queue: QueueRow, refusals: Refusals): Promise<WaitingCall[]> {
  const rows = await change.db
    .selectFrom('calls')
    .innerJoin('offers', 'offers.call_id', 'calls.id')
    .select(offerableColumns.map(column => `calls.${column}` as const))
    .select('offers.rep_id as ringing_rep_id')
    .where('offers.site_id', '=', queue.site_id)
    .where('offers.state', '=', literal.live)
    // Not a talk that a rep sends on to another one.
    .where('calls.state', '=', literal.ringing)
    .where('calls.queue_id', '=', queue.id)
    .execute();
  const ringing = new Map<CallId, { row: OfferableRow; at: Set<RepId> }>();
  for (const { ringing_rep_id, ...row } of rows) {
    const entry = ringing.get(row.id) ?? { row, at: new Set<RepId>() };
    entry.at.add(ringing_rep_id);
    ringing.set(row.id, entry);
  }
  return [...ringing.values()].map(({ row, at }) => toWaitingCall(row, refusals, at));
}

async function rememberLastRung(
  change: Change,
  decisions: readonly OfferDecision[],
  queueOf: ReadonlyMap<CallId, QueueId>,
  queues: ReadonlyMap<QueueId, MatchQueue>,
  reps: readonly IdleRep[],
): Promise<void> {
  const last = new Map<QueueId, RepId>();
  for (const { callId, repId } of decisions) {
    const queueId = queueOf.get(callId);
    if (queueId && queues.get(queueId)?.strategy === 'round-robin') last.set(queueId, repId);
  }
  for (const [queueId, repId] of last)
    await change.db
      .updateTable('queues')
      .set({
        last_rung_rep_id: repId,
        last_rung_position: reps.find(rep => rep.repId === repId)?.memberships.get(queueId)?.position ?? 0,
      })
      .where('id', '=', queueId)
      .execute();
}
