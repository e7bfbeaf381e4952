/** Words about customers outside of their calls' own rows: reasons in the history, and by what callers were known in the audit. */
import { type Kysely, sql } from 'kysely';
import type { AccountId, CallId, SiteId } from '../../shared/ids.ts';
import { literal } from './literals.ts';
import type { Database } from './schema.ts';

/** As the index `call_events_with_reason` has it. */
const withReason = sql<boolean>`call_events.type in ('blocked', 'removed') and data like '%"reason":%'`;

/** What reps wrote about these calls, such as why somebody was taken out of the line. */
export async function blankReasons(db: Kysely<Database>, calls: readonly CallId[]): Promise<void> {
  const told = await db
    .selectFrom('call_events')
    .select(['id', 'data'])
    .where('call_id', 'in', calls)
    .where(withReason)
    .execute();
  await blank(db, told);
}

/** The same of at most `limit` calls that ended before. Returns how many events it was. */
export async function blankOldReasons(
  db: Kysely<Database>,
  siteId: SiteId,
  before: number,
  limit: number,
): Promise<number> {
  const told = await db
    .selectFrom('call_events')
    .innerJoin('calls', 'calls.id', 'call_events.call_id')
    .select(['call_events.id', 'call_events.data'])
    .where('call_events.site_id', '=', siteId)
    .where('call_events.at', '<', before)
    .where(withReason)
    .where('calls.state', '=', literal.ended)
    .where('calls.ended_at', '<', before)
    .limit(limit)
    .execute();
  await blank(db, told);
  return told.length;
}

async function blank(db: Kysely<Database>, events: readonly { id: string; data: string }[]): Promise<void> {
  for (const { id, data } of events) {
    const { reason: _, ...rest } = JSON.parse(data) as Record<string, unknown>;
    await db
      .updateTable('call_events')
      .set({ data: JSON.stringify(rest) })
      .where('id', '=', id)
      .execute();
  }
}

/** In the audit of that account: whose blocks were lifted, as far as they are meant. */
export async function blankUnblocked(
  db: Kysely<Database>,
  accountId: AccountId,
  isMeant: (label: string) => boolean,
): Promise<void> {
  const lifted = await unblocked(db, accountId).execute();
  const ids = lifted.filter(({ target }) => isMeant(target)).map(({ id }) => id);
  if (ids.length > 0) await db.updateTable('audit').set({ target: '' }).where('id', 'in', ids).execute();
}

export async function blankOldUnblocked(
  db: Kysely<Database>,
  accountId: AccountId,
  before: number,
): Promise<void> {
  const old = unblocked(db, accountId).where('at', '<', before).clearSelect().select('id');
  await db.updateTable('audit').set({ target: '' }).where('id', 'in', old).execute();
}

const unblocked = (db: Kysely<Database>, accountId: AccountId) =>
  db
    .selectFrom('audit')
    .select(['id', 'target'])
    .where('account_id', '=', accountId)
    .where('action', '=', 'caller.unblocked')
    .where('target', '<>', '');
