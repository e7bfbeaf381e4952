/** Queues as an admin sees them. */
import type { Kysely } from 'kysely';
import type { QueueSheet } from '../../shared/api/queues.ts';
import type { QueueId, RepId } from '../../shared/ids.ts';
import type { Membership, SkillNeed } from '../../shared/settings.ts';
import { readQueueSettings } from './queue-settings.ts';
import type { Database, QueueMemberRow, QueueRow } from './schema.ts';

/** Every queue with its settings and members, the oldest first. */
export async function listQueues(db: Kysely<Database>): Promise<QueueSheet[]> {
  const queues = await db
    .selectFrom('queues')
    .innerJoin('sites', 'sites.id', 'queues.site_id')
    .selectAll('queues')
    .select('sites.name as site_name')
    .where('queues.removed_at', 'is', null)
    .orderBy('queues.created_at')
    .orderBy('queues.id')
    .execute();
  const members = await membershipRows(db).execute();
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

/** Skills by rep; a rep without any is left out. */
export async function listSkills(db: Kysely<Database>): Promise<Map<RepId, SkillNeed[]>> {
  const skills = new Map<RepId, SkillNeed[]>();
  for (const { rep_id, skill, level } of await db
    .selectFrom('rep_skills')
    .selectAll()
    .orderBy('skill')
    .execute())
    skills.set(rep_id, [...(skills.get(rep_id) ?? []), { skill, level }]);
  return skills;
}
