/** Accounts, and who is a member of which with which role. */
import { type Kysely, sql } from 'kysely';
import type { Language } from '../../shared/i18n/languages.ts';
import type { AccountId, QueueId, RepId, SiteId } from '../../shared/ids.ts';
import { may, type Permission, type Role, roles } from '../../shared/permissions.ts';
import { holdAccount } from './holds.ts';
import { regroup } from './routing-groups.ts';
import type { Database, MemberRow, QueueMemberRow } from './schema.ts';
import { newMember } from './sites.ts';
import { oneWrittenOnce, writtenOnce } from './written-once.ts';

/** The account that every server has; whose only merchant never sees the word. */
export const mainAccount = 'main' as AccountId;

/** What somebody is in one account. */
export type Membership = { accountId: AccountId; role: Role; sites: readonly SiteId[] | null };

const toMembership = ({
  account_id,
  role,
  sites,
}: Pick<MemberRow, 'account_id' | 'role' | 'sites'>): Membership => ({
  accountId: account_id,
  role,
  sites: sites === null ? null : (JSON.parse(sites) as SiteId[]),
});

const activeOf = writtenOnce((db, { repId }: { repId: RepId }) =>
  db
    .selectFrom('members')
    .innerJoin('accounts', 'accounts.id', 'members.account_id')
    .select(['members.account_id', 'members.role', 'members.sites', 'members.languages', 'accounts.name'])
    .where('members.rep_id', '=', repId)
    .where('members.disabled_at', 'is', null)
    .orderBy('accounts.created_at')
    .orderBy('accounts.id'),
);

/** What the person is where, with the names of the accounts, the oldest account first; nothing for who is disabled or removed. */
export async function membershipsOf(
  db: Kysely<Database>,
  repId: RepId,
): Promise<(Membership & { name: string; languages: Language[] })[]> {
  const rows = await activeOf(db, { repId });
  return rows.map(row => ({ ...toMembership(row), name: row.name, languages: readLanguages(row) }));
}

/** All that decides what a rep may do where, as one text, to be read along with the rep: another one as soon as any of it changes. */
export const accessOfRep = sql<
  string | null
>`(select string_agg(members.account_id || ' ' || members.role || ' ' || coalesce(members.sites, '*'), '; ' order by members.account_id)
  from members where members.rep_id = reps.id and members.disabled_at is null)`.as('access');

/** Where somebody may do something. What is not in there does not exist for them. */
export type Scope = { accounts: readonly AccountId[]; sites: readonly SiteId[] };

const sitesOfAccounts = writtenOnce((db, { accounts }: { accounts: readonly AccountId[] }) =>
  db
    .selectFrom('sites')
    .select(['id', 'account_id'])
    .where('account_id', 'in', accounts)
    .orderBy('created_at')
    .orderBy('id'),
);

/** About the whole account: whoever has a role for some sites only could give themselves the others by it. */
const accountWide: ReadonlySet<Permission> = new Set(['team.manage', 'audit.see']);

/** The sites of an account. */
export const sitesOf = async (db: Kysely<Database>, accountId: AccountId): Promise<SiteId[]> =>
  (await sitesOfAccounts(db, { accounts: [accountId] })).map(({ id }) => id);

/** The accounts in which the permission is had, and the sites of those. */
export async function scopeOf(
  db: Kysely<Database>,
  memberships: readonly Membership[],
  permission: Permission,
): Promise<Scope> {
  const own = new Map(
    memberships
      .filter(({ role, sites }) => may(role, permission) && (sites === null || !accountWide.has(permission)))
      .map(one => [one.accountId, one]),
  );
  if (own.size === 0) return { accounts: [], sites: [] };
  const sites = await sitesOfAccounts(db, { accounts: [...own.keys()] });
  return {
    accounts: [...own.keys()],
    sites: sites
      .filter(({ id, account_id }) => own.get(account_id)?.sites?.includes(id) ?? true)
      .map(({ id }) => id),
  };
}

const roleAt = oneWrittenOnce((db, { repId, siteId }: { repId: RepId; siteId: SiteId }) =>
  db
    .selectFrom('sites')
    .innerJoin('members', 'members.account_id', 'sites.account_id')
    .select(['members.account_id', 'members.role', 'members.sites'])
    .where('sites.id', '=', siteId)
    .where('members.rep_id', '=', repId)
    .where('members.disabled_at', 'is', null),
);

/** Whether the person may do that at the site. */
export async function mayAt(
  db: Kysely<Database>,
  repId: RepId,
  siteId: SiteId,
  permission: Permission,
): Promise<boolean> {
  const row = await roleAt(db, { repId, siteId });
  if (!row || !may(row.role, permission)) return false;
  return toMembership(row).sites?.includes(siteId) ?? true;
}

/**
 * Whether the person may do that in any account: for what has no account of its own, or none that is known yet. What
 * every role may costs no look-up, since whoever has no role any more is signed out.
 */
export async function mayAnywhere(
  db: Kysely<Database>,
  repId: RepId,
  permission: Permission,
): Promise<boolean> {
  if (roles.every(role => may(role, permission))) return true;
  return (await membershipsOf(db, repId)).some(({ role }) => may(role, permission));
}

/** In which languages somebody takes calls there. */
export const readLanguages = ({ languages }: Pick<MemberRow, 'languages'>): Language[] =>
  JSON.parse(languages) as Language[];

export type NewMembership = {
  accountId: AccountId;
  repId: RepId;
  role: Role;
  /** Which queues they serve; all of the account when left out. */
  queues?: readonly QueueId[] | undefined;
};

/** To be called in a transaction. Fails on the unique index where the person is a member already, and holds the account. */
export async function addMembership(
  db: Kysely<Database>,
  { accountId, repId, role, queues: wanted }: NewMembership,
  now: number,
): Promise<void> {
  await holdAccount(db, accountId);
  await db
    .insertInto('members')
    .values({
      ...{ account_id: accountId, rep_id: repId, role, sites: null, languages: '[]' },
      ...{ disabled_at: null, kept_queues: null, created_at: now },
    })
    .execute();
  const queues = await db
    .selectFrom('queues')
    .innerJoin('sites', 'sites.id', 'queues.site_id')
    .select(['queues.id', 'queues.site_id'])
    .where('sites.account_id', '=', accountId)
    .where('queues.removed_at', 'is', null)
    .execute();
  const served = queues.filter(({ id }) => wanted?.includes(id) ?? true);
  if (served.length === 0) return;
  await db
    .insertInto('queue_members')
    .values(served.map(queue => newMember(queue.site_id, queue.id, repId)))
    .execute();
  await regroup(db);
}

/** Whether the person belongs to any account, disabled or not. */
export async function belongsSomewhere(db: Kysely<Database>, repId: RepId): Promise<boolean> {
  const any = await db.selectFrom('members').select('rep_id').where('rep_id', '=', repId).executeTakeFirst();
  return any !== undefined;
}

export async function findMember(
  db: Kysely<Database>,
  accountId: AccountId,
  repId: RepId,
): Promise<MemberRow | null> {
  const row = await db
    .selectFrom('members')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('rep_id', '=', repId)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Whether anybody other than `repId` could still put things right in the account. To be called in a transaction that holds the
 * account, so that two admins cannot take the role from each other.
 */
export async function hasOtherAdmin(
  db: Kysely<Database>,
  accountId: AccountId,
  repId: RepId,
): Promise<boolean> {
  const other = await db
    .selectFrom('members')
    .select('rep_id')
    .where('account_id', '=', accountId)
    .where('role', '=', 'admin')
    // One of some shops only has no say about the team.
    .where('sites', 'is', null)
    .where('disabled_at', 'is', null)
    .where('rep_id', '<>', repId)
    .executeTakeFirst();
  return other !== undefined;
}

/** The rows by which somebody serves queues of the account. */
export async function queueMembershipsIn(
  db: Kysely<Database>,
  accountId: AccountId,
  repId: RepId,
): Promise<QueueMemberRow[]> {
  return db
    .selectFrom('queue_members')
    .innerJoin('sites', 'sites.id', 'queue_members.site_id')
    .selectAll('queue_members')
    .where('sites.account_id', '=', accountId)
    .where('queue_members.rep_id', '=', repId)
    .execute();
}

/** Every account, the oldest first. */
export const listAccounts = (db: Kysely<Database>) =>
  db.selectFrom('accounts').selectAll().orderBy('created_at').orderBy('id').execute();

/** Whose site it is. Throws when there is no such site. */
export async function accountOfSite(db: Kysely<Database>, siteId: SiteId): Promise<AccountId> {
  const site = await db
    .selectFrom('sites')
    .select('account_id')
    .where('id', '=', siteId)
    .executeTakeFirstOrThrow();
  return site.account_id;
}
