/** Calls as they are told afterwards: a list, newest first, and the whole story of one. */
import type { Kysely } from 'kysely';
import type { CallStory, CallSummary } from '../../shared/admin.ts';
import { callContext } from '../../shared/call-context.ts';
import type { CallId, SiteId } from '../../shared/ids.ts';
import type { CallRow, Database } from './schema.ts';

export type CallPage = {
  siteId: SiteId;
  /** Only what comes behind this call in the list: when it began, ms UTC, and which of those of that moment it is. */
  before?: { startedAt: number; callId: CallId } | undefined;
  limit: number;
};

export async function listCalls(
  db: Kysely<Database>,
  { siteId, before, limit }: CallPage,
): Promise<CallSummary[]> {
  const rows = await summaries(db)
    .where('calls.site_id', '=', siteId)
    .$if(before !== undefined, query =>
      query.where(({ eb, refTuple, tuple }) =>
        eb(
          refTuple('calls.started_at', 'calls.id'),
          '<',
          tuple(before?.startedAt ?? 0, before?.callId ?? ('' as CallId)),
        ),
      ),
    )
    .orderBy('calls.started_at', 'desc')
    .orderBy('calls.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toSummary);
}

export async function readStory(db: Kysely<Database>, callId: CallId): Promise<CallStory | null> {
  const row = await summaries(db).where('calls.id', '=', callId).executeTakeFirst();
  if (!row) return null;
  const events = await db
    .selectFrom('call_events')
    .leftJoin('reps', 'reps.id', 'call_events.rep_id')
    .select(['seq', 'at', 'type', 'call_events.rep_id', 'data', 'reps.name as rep_name'])
    .where('call_id', '=', callId)
    .orderBy('seq')
    .execute();
  const steps = events.map(({ seq, at, type, rep_id, rep_name, data }) => ({
    ...{ seq, at, type, repId: rep_id, repName: rep_name },
    data: JSON.parse(data) as Record<string, unknown>,
  }));
  return { ...toSummary(row), steps };
}

const summaries = (db: Kysely<Database>) =>
  db
    .selectFrom('calls')
    .innerJoin('queues', 'queues.id', 'calls.queue_id')
    .leftJoin('reps', 'reps.id', 'calls.rep_id')
    .selectAll('calls')
    .select(['queues.name as queue_name', 'reps.name as rep_name']);

function toSummary(row: CallRow & { queue_name: string; rep_name: string | null }): CallSummary {
  const context = callContext.safeParse(JSON.parse(row.context));
  const answeredOrOver = row.answered_at ?? row.ended_at;
  return {
    callId: row.id,
    siteId: row.site_id,
    queueName: row.queue_name,
    state: row.state,
    startedAt: row.started_at,
    waitedMs: answeredOrOver === null ? null : answeredOrOver - row.started_at,
    talkedMs: row.answered_at === null || row.ended_at === null ? null : row.ended_at - row.answered_at,
    repName: row.rep_name,
    endReason: row.end_reason,
    callback: row.callback_kind,
    context: context.success ? context.data : {},
    note: row.note,
  };
}
