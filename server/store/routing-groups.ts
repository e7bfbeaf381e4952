/**
 * Sites that share reps are routed together, since a rep takes the call that comes first in all of them. Such sites
 * are one routing group; changes of one group wait for each other.
 */
import type { Kysely } from 'kysely';
import type { SiteId } from '../../shared/ids.ts';
import type { Database } from './schema.ts';

/** To be called, in the same transaction, whenever somebody became or ceased to be a member of a queue. */
export async function regroup(db: Kysely<Database>): Promise<void> {
  // Two at once would each not know whom the other one has joined: the first site stands for all, and the second one waits.
  await db
    .updateTable('sites')
    .set(({ ref }) => ({ created_at: ref('created_at') }))
    .where('id', '=', query => query.selectFrom('sites').select(({ fn }) => fn.min('id').as('first')))
    .execute();
  const sites = await db.selectFrom('sites').select(['id', 'routing_group']).orderBy('id').execute();
  const groups = await readGroups(
    db,
    sites.map(site => site.id),
  );
  for (const site of sites) {
    const group = groups.get(site.id);
    if (group !== undefined && group !== site.routing_group)
      await db.updateTable('sites').set({ routing_group: group }).where('id', '=', site.id).execute();
  }
}

/** The name of a group is its first site. */
async function readGroups(db: Kysely<Database>, siteIds: readonly SiteId[]): Promise<Map<SiteId, SiteId>> {
  const groups = new Map(siteIds.map(id => [id, id]));
  const members = await db
    .selectFrom('queue_members')
    .select(['rep_id', 'site_id'])
    .distinct()
    .orderBy('rep_id')
    .orderBy('site_id')
    .execute();
  let before: (typeof members)[number] | undefined;
  for (const member of members) {
    if (before?.rep_id === member.rep_id) unite(groups, before.site_id, member.site_id);
    before = member;
  }
  return groups;
}

function unite(groups: Map<SiteId, SiteId>, one: SiteId, other: SiteId): void {
  const [first, second] = [groups.get(one) ?? one, groups.get(other) ?? other].sort() as [SiteId, SiteId];
  if (first === second) return;
  for (const [site, group] of groups) if (group === second) groups.set(site, first);
}
