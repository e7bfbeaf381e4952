/** Who can sign in (not what they do), one-time links, and tokens that no longer work. */
import type { Kysely } from 'kysely';
import type { AccountId, RepId } from '../../shared/ids.ts';
import type { Role } from '../../shared/permissions.ts';
import { addMembership, type NewMembership } from './members.ts';
import type { Database, LinkRow, RepRow } from './schema.ts';

/** As much of a rep as signing in needs; routing state is read elsewhere. */
export type User = Pick<RepRow, 'id' | 'email' | 'name' | 'password_hash'>;

const userFields = ['id', 'email', 'name', 'password_hash'] as const;

export async function findUser(db: Kysely<Database>, id: RepId): Promise<User | null> {
  return (await db.selectFrom('reps').select(userFields).where('id', '=', id).executeTakeFirst()) ?? null;
}

/** `email` as stored: trimmed and in lower case. */
export async function findUserByEmail(db: Kysely<Database>, email: string): Promise<User | null> {
  const row = await db.selectFrom('reps').select(userFields).where('email', '=', email).executeTakeFirst();
  return row ?? null;
}

/** A member of an account, as the team's page lists them. */
export type TeamRow = Pick<RepRow, 'id' | 'name' | 'email' | 'status' | 'status_note'> & {
  account_id: AccountId;
  role: Role;
  languages: string;
  /** JSON; null for all. */
  sites: string | null;
  disabled_at: number | null;
  /** JSON: the rows by which they served queues, while they are disabled. */
  kept_queues: string | null;
};

/** Everybody of these accounts, by name; who is in several of them once for each. */
export function listTeam(db: Kysely<Database>, accounts: readonly AccountId[]): Promise<TeamRow[]> {
  return db
    .selectFrom('members')
    .innerJoin('reps', 'reps.id', 'members.rep_id')
    .select(['reps.id', 'reps.name', 'reps.email', 'reps.status', 'reps.status_note'])
    .select(['members.account_id', 'members.role', 'members.languages', 'members.sites'])
    .select(['members.disabled_at', 'members.kept_queues'])
    .where('members.account_id', 'in', [...accounts])
    .orderBy('reps.name')
    .orderBy('reps.id')
    .execute();
}

export async function adminExists(db: Kysely<Database>, accountId: AccountId): Promise<boolean> {
  const admin = await db
    .selectFrom('members')
    .select('rep_id')
    .where('account_id', '=', accountId)
    .where('role', '=', 'admin')
    .executeTakeFirst();
  return admin !== undefined;
}

/**
 * Make the user, offline, a member of the account. To be called in a transaction. Fails on the unique index when the e-mail
 * is taken.
 */
export async function addUser(
  db: Kysely<Database>,
  user: User,
  membership: Omit<NewMembership, 'repId'>,
  now: number,
): Promise<void> {
  await db
    .insertInto('reps')
    .values({
      ...user,
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
  await addMembership(db, { ...membership, repId: user.id }, now);
}

export async function addLink(db: Kysely<Database>, link: Omit<LinkRow, 'used_at'>): Promise<void> {
  await db
    .insertInto('links')
    .values({ ...link, used_at: null })
    .execute();
}

const live = (db: Kysely<Database>, now: number) =>
  db.selectFrom('links').selectAll().where('used_at', 'is', null).where('expires_at', '>', now);

/** The link, when it is neither used nor expired. */
export async function findLiveLink(
  db: Kysely<Database>,
  tokenHash: string,
  now: number,
): Promise<LinkRow | null> {
  return (await live(db, now).where('token_hash', '=', tokenHash).executeTakeFirst()) ?? null;
}

/** Invitations that wait for their person, the newest first. */
export const listInvitations = (
  db: Kysely<Database>,
  accounts: readonly AccountId[],
  now: number,
): Promise<LinkRow[]> =>
  live(db, now)
    .where('purpose', '=', 'invitation')
    .where('account_id', 'in', [...accounts])
    .orderBy('created_at', 'desc')
    .orderBy('token_hash')
    .execute();

/** Of several who withdraw or accept it at once exactly one does; null for the others, and where these accounts have none. */
export async function withdrawInvitation(
  db: Kysely<Database>,
  tokenHash: string,
  accounts: readonly AccountId[],
  now: number,
): Promise<Pick<LinkRow, 'account_id' | 'name'> | null> {
  const withdrawn = await db
    .deleteFrom('links')
    .where('token_hash', '=', tokenHash)
    .where('purpose', '=', 'invitation')
    .where('account_id', 'in', accounts)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['account_id', 'name'])
    .executeTakeFirst();
  return withdrawn ?? null;
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

type WhichLinks =
  | { purpose: 'set-up'; accountId: AccountId }
  | { purpose: 'invitation'; accountId: AccountId; email: string }
  | { purpose: 'password'; repId: RepId };

/** Make unused links worthless: an account's set-up links, its invitations of one e-mail address, or the new passwords of one person. */
export async function revokeLinks(db: Kysely<Database>, which: WhichLinks): Promise<void> {
  let query = db.deleteFrom('links').where('used_at', 'is', null).where('purpose', '=', which.purpose);
  if (which.purpose === 'password') query = query.where('rep_id', '=', which.repId);
  else query = query.where('account_id', '=', which.accountId);
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
