/** Reps as accounts (who they are, not what they do), one-time links, and tokens that no longer work. */
import type { Kysely } from 'kysely';
import type { RepId } from '../../shared/ids.ts';
import { regroup } from './routing-groups.ts';
import type { Database, LinkRow, RepRow } from './schema.ts';
import { newMember } from './sites.ts';

/** A rep's account fields; routing state is read elsewhere. */
export type Account = Pick<RepRow, 'id' | 'email' | 'name' | 'role' | 'password_hash'>;

const accountFields = ['id', 'email', 'name', 'role', 'password_hash'] as const;

export async function findAccount(db: Kysely<Database>, id: RepId): Promise<Account | null> {
  return (await db.selectFrom('reps').select(accountFields).where('id', '=', id).executeTakeFirst()) ?? null;
}

/** `email` as stored: trimmed and in lower case. */
export async function findAccountByEmail(db: Kysely<Database>, email: string): Promise<Account | null> {
  const row = await db.selectFrom('reps').select(accountFields).where('email', '=', email).executeTakeFirst();
  return row ?? null;
}

/** Everybody who can sign in, by name. */
export function listTeam(
  db: Kysely<Database>,
): Promise<Pick<RepRow, 'id' | 'name' | 'email' | 'role' | 'status' | 'status_note'>[]> {
  return db
    .selectFrom('reps')
    .select(['id', 'name', 'email', 'role', 'status', 'status_note'])
    .orderBy('name')
    .execute();
}

export async function adminExists(db: Kysely<Database>): Promise<boolean> {
  return (
    (await db.selectFrom('reps').select('id').where('role', '=', 'admin').executeTakeFirst()) !== undefined
  );
}

/**
 * Make the account, offline, and put the rep into every queue of every site. To be called in a transaction.
 * Fails on the unique index when the e-mail is taken.
 */
export async function addAccount(db: Kysely<Database>, account: Account, now: number): Promise<void> {
  await db
    .insertInto('reps')
    .values({
      ...account,
      status: 'offline',
      status_reason: 'signed-out',
      status_since: now,
      status_note: '',
      missed_seen_at: 0,
      idle_since: now,
      session_id: null,
      media_ready: 0,
      microphone_due: null,
      work: 'idle',
      lost_until: null,
      wrap_up_call_id: null,
      wrap_up_until: null,
      wrap_up_open: 0,
      created_at: now,
    })
    .execute();
  const queues = await db
    .selectFrom('queues')
    .select(['id', 'site_id'])
    .where('removed_at', 'is', null)
    .execute();
  if (queues.length === 0) return;
  await db
    .insertInto('queue_members')
    .values(queues.map(queue => newMember(queue.site_id, queue.id, account.id)))
    .execute();
  await regroup(db);
}

export async function addLink(db: Kysely<Database>, link: Omit<LinkRow, 'used_at'>): Promise<void> {
  await db
    .insertInto('links')
    .values({ ...link, used_at: null })
    .execute();
}

/** The link, when it is neither used nor expired. */
export async function findLiveLink(
  db: Kysely<Database>,
  tokenHash: string,
  now: number,
): Promise<LinkRow | null> {
  const row = await db
    .selectFrom('links')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row ?? null;
}

/** Mark the link used. True for exactly one caller, however many try at once. */
export async function claimLink(db: Kysely<Database>, tokenHash: string, now: number): Promise<boolean> {
  const result = await db
    .updateTable('links')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Make unused links worthless: all set-up links, or the invitations of one e-mail address. */
export async function revokeLinks(
  db: Kysely<Database>,
  which: { purpose: 'set-up' } | { purpose: 'invitation'; email: string },
): Promise<void> {
  let query = db.deleteFrom('links').where('used_at', 'is', null).where('purpose', '=', which.purpose);
  if (which.purpose === 'invitation') query = query.where('email', '=', which.email);
  await query.execute();
}

/**
 * Note that the token of that id must not work again. True the first time, false for every later one.
 * Tokens that nobody accepts any more (`usableUntil` has passed) are forgotten on the way.
 */
export async function spend(
  db: Kysely<Database>,
  tokenId: string,
  usableUntil: number,
  now: number,
): Promise<boolean> {
  await db.deleteFrom('used_tickets').where('expires_at', '<', now).execute();
  const result = await db
    .insertInto('used_tickets')
    .values({ jti: tokenId, expires_at: usableUntil })
    .onConflict(conflict => conflict.column('jti').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function isSpent(db: Kysely<Database>, tokenId: string): Promise<boolean> {
  const row = await db.selectFrom('used_tickets').select('jti').where('jti', '=', tokenId).executeTakeFirst();
  return row !== undefined;
}
