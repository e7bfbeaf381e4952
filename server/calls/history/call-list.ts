/** Calls as they are timeline afterwards: lists, newest first, and the whole story of one. All of it is the fold of their events. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { CallPage, CallStory, CallSummary } from '../../../shared/api/calls.ts';
import { callContext } from '../../../shared/call-context.ts';
import type { CallOutcome } from '../../../shared/domain.ts';
import type { CallId, QueueId, RepId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { literal } from '../../store/literals.ts';
import type { CallEventRow, Database } from '../../store/schema.ts';
import { cartOf, type FollowingCall, lastCallId, readLastCalls } from './call-cards.ts';
import { readQuality } from './quality.ts';
import { matchesText } from './search.ts';
import { type CallTimeline, readEvent, timelineOf } from './timeline.ts';

/** Which calls are wanted; what is left out does not matter. */
export type CallFilter = {
  siteId: SiteId;
  /** Began at or after, and before, ms UTC. */
  from?: number | undefined;
  until?: number | undefined;
  /** Was in that queue at some time. */
  queueId?: QueueId | undefined;
  /** Talked to that rep at some time. */
  repId?: RepId | undefined;
  outcome?: CallOutcome | undefined;
  /** In the name, the number, the note, or the page. */
  text?: string | undefined;
};

/** The last call of what was shown before: when it began, ms UTC, and which of those of that moment it is. */
export type Cursor = { startedAt: number; callId: CallId };

type ListedCall = { row: FollowingCall; timeline: CallTimeline; summary: CallSummary };

/**
 * A page of the list. One request looks at no more than `limits.historyScan` calls: `next` then says where to look on, also
 * when the page is not full.
 */
export async function listCalls(
  db: Kysely<Database>,
  query: CallFilter & { before?: Cursor | undefined; limit: number; now: number },
): Promise<CallPage> {
  const { limit } = query;
  const calls: CallSummary[] = [];
  let looked = 0;
  let last: Cursor | undefined;
  for await (const { row, timeline, summary } of eachCall(db, query)) {
    if (calls.length === limit || looked === limits.historyScan) return { calls, next: last ?? null };
    looked++;
    last = { startedAt: row.started_at, callId: row.id };
    if (isWanted(timeline, summary, query)) calls.push(summary);
  }
  return { calls, next: null };
}

/** The wanted calls one after the other, with turns for others in between. */
export async function* exportedCalls(
  db: Kysely<Database>,
  query: CallFilter & { now: number },
): AsyncGenerator<CallSummary> {
  for await (const { timeline, summary } of eachCall(db, query))
    if (isWanted(timeline, summary, query)) yield summary;
}

export async function readStory(
  db: Kysely<Database>,
  callId: CallId,
  now: number,
): Promise<CallStory | null> {
  const row = await db
    .selectFrom('calls')
    .selectAll()
    .select(lastCallId)
    .where('id', '=', callId)
    .executeTakeFirst();
  if (!row) return null;
  const [call] = await withStories(db, [row], now);
  if (!call) return null;
  const { timeline, summary, events, names } = call;
  return {
    ...summary,
    networkKnown: row.caller_network !== '',
    quality: await readQuality(db, callId),
    steps: events.map(({ at, type, rep_id: repId, data }, index) => ({
      ...{ seq: index + 1, at, type, repId, repName: names.rep(repId) },
      data: JSON.parse(data) as Record<string, unknown>,
    })),
    stretches: timeline.stretches.map(({ queueId, repIds, ...stretch }) => ({
      ...stretch,
      queueName: names.queue(queueId),
      repNames: repIds.map(id => names.rep(id)).filter(name => name !== null),
    })),
  };
}

/** Calls that began and ended since then, each with where it was last; the newest first. */
export async function* endedCalls(
  db: Kysely<Database>,
  query: { siteId: SiteId; from: number; endedFrom: number; now: number },
): AsyncGenerator<{ queueId: QueueId; summary: CallSummary }> {
  for await (const { row, timeline, summary } of eachCall(db, query))
    yield { queueId: timeline.queueId ?? row.queue_id, summary };
}

/** The last calls of these queues that are over, the newest first. */
export async function lastCalls(
  db: Kysely<Database>,
  query: { queues: readonly { id: QueueId; site_id: SiteId }[]; limit: number; now: number },
): Promise<CallSummary[]> {
  const { queues, limit, now } = query;
  // Each by itself, from the end of its index: together they would be read whole and sorted.
  const ofEach = await Promise.all(
    queues.map(({ id, site_id }) =>
      db
        .selectFrom('calls')
        .selectAll()
        .select(lastCallId)
        .where('site_id', '=', site_id)
        .where('queue_id', '=', id)
        .where('state', '=', literal.ended)
        .where('ended_at', 'is not', null)
        .orderBy('ended_at', 'desc')
        .limit(limit)
        .execute(),
    ),
  );
  const rows = ofEach.flat().sort((a, b) => (b.ended_at ?? 0) - (a.ended_at ?? 0));
  return (await withStories(db, rows.slice(0, limit), now)).map(({ summary }) => summary);
}

/** Every call of the site and time, newest first, a portion after the other. `endedFrom`: only what ended since then. */
async function* eachCall(
  db: Kysely<Database>,
  query: Pick<CallFilter, 'siteId' | 'from' | 'until'> & {
    before?: Cursor | undefined;
    endedFrom?: number | undefined;
    now: number;
  },
): AsyncGenerator<ListedCall> {
  const { siteId, from, until, endedFrom, now } = query;
  let { before } = query;
  for (;;) {
    const rows = await db
      .selectFrom('calls')
      .selectAll()
      .select(lastCallId)
      .where('site_id', '=', siteId)
      .$if(from !== undefined, calls => calls.where('started_at', '>=', from ?? 0))
      .$if(until !== undefined, calls => calls.where('started_at', '<', until ?? 0))
      .$if(endedFrom !== undefined, calls =>
        calls.where('state', '=', literal.ended).where('ended_at', '>=', endedFrom ?? 0),
      )
      .$if(before !== undefined, calls =>
        calls.where(({ eb, refTuple, tuple }) =>
          eb(
            refTuple('started_at', 'id'),
            '<',
            tuple(before?.startedAt ?? 0, before?.callId ?? ('' as CallId)),
          ),
        ),
      )
      .orderBy('started_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limits.historyPortion)
      .execute();
    yield* await withStories(db, rows, now);
    const last = rows.at(-1);
    if (!last || rows.length < limits.historyPortion) return;
    before = { startedAt: last.started_at, callId: last.id };
    await nextTurn();
  }
}

type Names = { rep: (id: RepId | null) => string | null; queue: (id: QueueId | null) => string | null };

async function withStories(
  db: Kysely<Database>,
  rows: FollowingCall[],
  now: number,
): Promise<(ListedCall & { events: CallEventRow[]; names: Names })[]> {
  if (rows.length === 0) return [];
  const events = await db
    .selectFrom('call_events')
    .selectAll()
    .where(
      'call_id',
      'in',
      rows.map(row => row.id),
    )
    .orderBy('call_id')
    .orderBy('seq')
    .execute();
  const byCall = new Map<CallId, CallEventRow[]>();
  for (const event of events) byCall.set(event.call_id, [...(byCall.get(event.call_id) ?? []), event]);
  const stories = rows.map(row => {
    const own = byCall.get(row.id) ?? [];
    return { row, events: own, timeline: timelineOf(own.map(readEvent), now) };
  });
  const names = await readNames(
    db,
    events,
    stories.flatMap(({ row, timeline }) => [row.queue_id, ...timeline.stretches.map(one => one.queueId)]),
  );
  const lastCalls = await readLastCalls(db, rows);
  return stories.map(story => ({
    ...story,
    names,
    summary: summaryOf(story.row, story.timeline, names, lastCalls),
  }));
}

async function readNames(
  db: Kysely<Database>,
  events: readonly CallEventRow[],
  queueIds: readonly (QueueId | null)[],
): Promise<Names> {
  const repIds = [...new Set(events.map(event => event.rep_id))].filter(id => id !== null);
  const queues = [...new Set(queueIds)].filter(id => id !== null);
  const [reps, named] = await Promise.all([
    repIds.length === 0
      ? []
      : db.selectFrom('reps').select(['id', 'name']).where('id', 'in', repIds).execute(),
    queues.length === 0
      ? []
      : db.selectFrom('queues').select(['id', 'name']).where('id', 'in', queues).execute(),
  ]);
  const repNames = new Map(reps.map(({ id, name }) => [id, name]));
  const queueNames = new Map(named.map(({ id, name }) => [id, name]));
  return {
    rep: id => (id === null ? null : (repNames.get(id) ?? null)),
    queue: id => (id === null ? null : (queueNames.get(id) ?? null)),
  };
}

function summaryOf(
  row: FollowingCall,
  timeline: CallTimeline,
  names: Names,
  lastCalls: Awaited<ReturnType<typeof readLastCalls>>,
): CallSummary {
  const parsed = callContext.safeParse(JSON.parse(row.context));
  const context = parsed.success ? parsed.data : {};
  return {
    callId: row.id,
    siteId: row.site_id,
    queueName: names.queue(timeline.queueId ?? row.queue_id) ?? '',
    state: timeline.state,
    startedAt: row.started_at,
    endedAt: timeline.endedAt,
    waitedMs: timeline.waitedMs,
    rangMs: timeline.rangMs,
    talkedMs: timeline.talkedTo.length === 0 ? null : timeline.talkedMs,
    heldMs: timeline.heldMs,
    repNames: timeline.talkedTo.map(id => names.rep(id)).filter(name => name !== null),
    inTalk: timeline.answeredAt !== null,
    endReason: timeline.endReason,
    callback: row.callback_kind,
    phone: row.callback_phone,
    context,
    cart: cartOf(context),
    lastCall: row.last_call_id === null ? null : (lastCalls.get(row.last_call_id) ?? null),
    note: row.note,
  };
}

function isWanted(
  timeline: CallTimeline,
  summary: CallSummary,
  { queueId, repId, outcome, text }: CallFilter,
): boolean {
  return (
    (queueId === undefined ||
      timeline.queueId === queueId ||
      timeline.stretches.some(stretch => stretch.queueId === queueId)) &&
    (repId === undefined || timeline.talkedTo.includes(repId)) &&
    (outcome === undefined || outcomeOf(summary) === outcome) &&
    (text === undefined || matchesText(summary, text))
  );
}

/** Null for a call that is not over. */
export function outcomeOf({ state, talkedMs, inTalk }: CallSummary): CallOutcome | null {
  if (state !== 'ended') return null;
  if (talkedMs === null) return 'unanswered';
  return inTalk ? 'answered' : 'left-after-talk';
}
