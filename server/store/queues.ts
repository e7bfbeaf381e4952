/** Queues as an admin sees them. */
import type { Kysely } from 'kysely';
import type { QueueSheet } from '../../shared/api/queues.ts';
import type { AccountId, QueueId, RepId, SiteId } from '../../shared/ids.ts';
import type { Membership, SkillNeed } from '../../shared/settings.ts';
import { readQueueSettings } from './queue-settings.ts';
import type { Database, QueueMemberRow, QueueRow } from './schema.ts';

/** The queues of these sites with their settings and members, the oldest first. */
export async function listQueues(db: Kysely<Database>, siteIds: readonly SiteId[]): Promise<QueueSheet[]> {
  if (siteIds.length === 0) return [];
  const queues = await db
    .selectFrom('queues')
    .innerJoin('sites', 'sites.id', 'queues.site_id')
    .selectAll('queues')
    .select('sites.name as site_name')
    .where('queues.removed_at', 'is', null)
    .where('queues.site_id', 'in', [...siteIds])
    .orderBy('queues.created_at')
    .orderBy('queues.id')
    .execute();
  const members = await membershipRows(db)
    .where('site_id', 'in', [...siteIds])
    .execute();
  return queues.map(queue => ({
    id: queue.id,
    siteId: queue.site_id,
    name: queue.name,
    siteName: queue.site_name,
    settings: readQueueSettings(queue),
    members: members.filter(member => member.queue_id === queue.id).map(toMembership),
  }));
}

/** Who serves the queue, in their order. */
export async function membersOf(
  db: Kysely<Database>,
  { site_id, id }: Pick<QueueRow, 'site_id' | 'id'>,
): Promise<Membership[]> {
  const rows = await membershipRows(db).where('site_id', '=', site_id).where('queue_id', '=', id).execute();
  return rows.map(toMembership);
}

const membershipRows = (db: Kysely<Database>) =>
  db.selectFrom('queue_members').selectAll().orderBy('position').orderBy('rep_id');
const toMembership = ({ rep_id, tier, position, penalty }: QueueMemberRow): Membership => ({
  ...{ repId: rep_id, tier, position, penalty },
});

export async function findQueue(db: Kysely<Database>, id: QueueId): Promise<QueueRow | null> {
  return (
    (await db
      .selectFrom('queues')
      .selectAll()
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .executeTakeFirst()) ?? null
  );
}

/** What somebody knows in that account. */
export async function skillsIn(
  db: Kysely<Database>,
  accounts: readonly AccountId[],
): Promise<(accountId: AccountId, repId: RepId) => SkillNeed[]> {
  const rows = await db
    .selectFrom('rep_skills')
    .selectAll()
    .where('account_id', 'in', [...accounts])
    .orderBy('skill')
    .execute();
  const byPerson = Map.groupBy(rows, row => `${row.account_id} ${row.rep_id}`);
  return (accountId, repId) =>
    (byPerson.get(`${accountId} ${repId}`) ?? []).map(({ skill, level }) => ({ skill, level }));
}
