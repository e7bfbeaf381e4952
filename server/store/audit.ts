/** Who changed what, when: append-only, written in the transaction of the change. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Kysely } from 'kysely';
import type { AuditEntry } from '../../shared/api/people.ts';
import type { AuditAction } from '../../shared/domain.ts';
import type { AccountId, RepId } from '../../shared/ids.ts';
import type { Database } from './schema.ts';

export type AuditRecord = {
  accountId: AccountId;
  /** Who did it; null for the operator of the server. */
  by: RepId | null;
  /** Such as `queue.changed`. */
  action: AuditAction;
  /** What it was done to, as people name it. */
  target: string;
  /** What of it was otherwise before, and is now. */
  before?: unknown;
  after?: unknown;
};

/** Of two states of the same thing, as much as differs. */
export function difference(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Required<Pick<AuditRecord, 'before' | 'after'>> {
  const changed = Object.keys(after).filter(key => !isDeepStrictEqual(before[key], after[key]));
  const pick = (from: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(changed.map(key => [key, from[key]]));
  return { before: pick(before), after: pick(after) };
}

let last = 0;
/** Later ones sort later, those of one moment too, whatever the clock says: the list is read by it. */
function nextId(): string {
  last = Math.max(last + 1, Date.now() * 1_000);
  return `${last.toString(36).padStart(11, '0')}-${randomUUID().slice(0, 8)}`;
}

export async function recordAudit(db: Kysely<Database>, deed: AuditRecord, now: number): Promise<void> {
  const text = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  await db
    .insertInto('audit')
    .values({
      ...{ id: nextId(), account_id: deed.accountId, at: now, rep_id: deed.by },
      ...{ action: deed.action, target: deed.target },
      ...{ before: text(deed.before), after: text(deed.after) },
    })
    .execute();
}

/** The same for a change of something: nothing is noted where it is as it was before. */
export async function recordChange(
  db: Kysely<Database>,
  deed: AuditRecord & { before: unknown; after: unknown },
  now: number,
): Promise<void> {
  if (!isDeepStrictEqual(deed.before, deed.after)) await recordAudit(db, deed, now);
}

/** The newest first; those behind `before` of the page before. */
export async function listAuditRecords(
  db: Kysely<Database>,
  accounts: readonly AccountId[],
  { before, limit }: { before?: { at: number; id: string } | undefined; limit: number },
): Promise<AuditEntry[]> {
  if (accounts.length === 0) return [];
  let query = db
    .selectFrom('audit')
    .leftJoin('reps', 'reps.id', 'audit.rep_id')
    .selectAll('audit')
    .select('reps.name as rep_name')
    .where('audit.account_id', 'in', [...accounts]);
  if (before)
    query = query.where(({ or, and, eb }) =>
      or([
        eb('audit.at', '<', before.at),
        and([eb('audit.at', '=', before.at), eb('audit.id', '<', before.id)]),
      ]),
    );
  const rows = await query.orderBy('audit.at', 'desc').orderBy('audit.id', 'desc').limit(limit).execute();
  const value = (text: string | null): unknown => (text === null ? null : JSON.parse(text));
  return rows.map(row => ({
    ...{
      id: row.id,
      accountId: row.account_id,
      at: row.at,
      repName: row.rep_name,
      action: row.action as AuditAction,
    },
    ...{ target: row.target, before: value(row.before), after: value(row.after) },
  }));
}
