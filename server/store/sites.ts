/** Sites and the origins that may embed them. */
import type { Kysely } from 'kysely';
import type { QueueId, RepId, SiteId } from '../../shared/ids.ts';
import type { Database, QueueMemberRow, SiteRow } from './schema.ts';

/** The key of the site that the first start makes. */
export const demoSiteKey = 'demo';

/** The site that the element names in its `site` attribute, or `null`. */
export async function findSiteByKey(db: Kysely<Database>, key: string): Promise<SiteRow | null> {
  return (await db.selectFrom('sites').selectAll().where('key', '=', key).executeTakeFirst()) ?? null;
}

/**
 * On the very first start, make the site that the demo shop embeds, with one queue. Its list of origins is
 * empty: our own pages are always allowed. Reps who exist already join the queue.
 */
export async function ensureDemoSite(db: Kysely<Database>, now: number, newId: () => string): Promise<void> {
  await db.transaction().execute(async trx => {
    const any = await trx.selectFrom('sites').select('id').limit(1).executeTakeFirst();
    if (any) return;
    const siteId = newId() as SiteId;
    const queueId = newId() as QueueId;
    await trx
      .insertInto('sites')
      .values({
        id: siteId,
        key: demoSiteKey,
        name: 'Demo shop',
        allowed_origins: '[]',
        settings: '{}',
        routing_group: siteId,
        created_at: now,
      })
      .execute();
    await trx
      .insertInto('queues')
      .values({
        id: queueId,
        site_id: siteId,
        name: 'Sales',
        settings: '{}',
        last_rung_rep_id: null,
        last_rung_position: null,
        hours_due: null,
        // Nobody has been on duty yet.
        no_rep_since: now,
        created_at: now,
      })
      .execute();
    const reps = await trx.selectFrom('reps').select('id').execute();
    if (reps.length === 0) return;
    await trx
      .insertInto('queue_members')
      .values(reps.map(rep => newMember(siteId, queueId, rep.id)))
      .execute();
  });
}

/** A rep who joins a queue, with nothing done there yet. */
export const newMember = (siteId: SiteId, queueId: QueueId, repId: RepId): QueueMemberRow => ({
  site_id: siteId,
  queue_id: queueId,
  rep_id: repId,
  tier: 1,
  position: 0,
  penalty: 0,
  counted_day: '',
  calls: 0,
  talk_ms: 0,
});

/** Replace the list of origins that may embed the site. `origins` in the spelling of browsers. */
export async function allowOrigins(
  db: Kysely<Database>,
  key: string,
  origins: readonly string[],
): Promise<void> {
  await db
    .updateTable('sites')
    .set({ allowed_origins: JSON.stringify(origins) })
    .where('key', '=', key)
    .execute();
}
