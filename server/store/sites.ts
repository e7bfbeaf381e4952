/** Sites and the origins that may embed them. */
import type { Kysely } from 'kysely';
import type { SiteSheet } from '../../shared/api/sites.ts';
import type { Appearance } from '../../shared/appearance.ts';
import type { AccountId, QueueId, RepId, SiteId } from '../../shared/ids.ts';
import { type SiteSettings, siteSettings } from '../../shared/settings.ts';
import { documentReader } from './documents.ts';
import type { Database, QueueMemberRow, QueueRow, SiteRow } from './schema.ts';
import { inTransaction } from './transaction.ts';

/** The key of the site that the first start makes. */
export const demoSiteKey = 'demo';

/** What it and its queue are called until the first admin comes, who may have another language. */
export type FirstNames = { site: string; queue: string };
const firstNames: FirstNames = { site: 'Demo shop', queue: 'Sales' };

/** The site that the element names in its `site` attribute, or `null`. */
export async function findSiteByKey(db: Kysely<Database>, key: string): Promise<SiteRow | null> {
  return (await db.selectFrom('sites').selectAll().where('key', '=', key).executeTakeFirst()) ?? null;
}

export async function findSite(db: Kysely<Database>, id: SiteId): Promise<SiteRow | null> {
  return (await db.selectFrom('sites').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

/**
 * On the very first start, make the site that the demo shop embeds, with one queue. Its list of origins is
 * empty: our own pages are always allowed. Reps who exist already join the queue.
 */
export async function ensureDemoSite(db: Kysely<Database>, now: number, newId: () => string): Promise<void> {
  await inTransaction(db, async trx => {
    const any = await trx.selectFrom('sites').select('id').limit(1).executeTakeFirst();
    if (any) return;
    const siteId = newId() as SiteId;
    const queueId = newId() as QueueId;
    await addSite(trx, { siteId, queueId, key: demoSiteKey, name: firstNames.site }, now);
    const reps = await trx
      .selectFrom('members')
      .select('rep_id as id')
      .where('account_id', '=', 'main' as AccountId)
      .where('disabled_at', 'is', null)
      .execute();
    if (reps.length === 0) return;
    await trx
      .insertInto('queue_members')
      .values(reps.map(rep => newMember(siteId, queueId, rep.id)))
      .execute();
  });
}

/** Of an account whose first admin comes: what the first start has named, and nobody since, is called so from now on. */
export async function nameFirst(
  db: Kysely<Database>,
  accountId: AccountId,
  names: FirstNames,
): Promise<void> {
  const site = await db
    .updateTable('sites')
    .set({ name: names.site })
    .where('account_id', '=', accountId)
    .where('key', '=', demoSiteKey)
    .where('name', '=', firstNames.site)
    .returning('id')
    .executeTakeFirst();
  if (!site) return;
  await db
    .updateTable('queues')
    .set({ name: names.queue })
    .where('site_id', '=', site.id)
    .where('name', '=', firstNames.queue)
    .execute();
}

export type NewSite = {
  accountId?: AccountId;
  siteId: SiteId;
  queueId: QueueId;
  key: string;
  name: string;
  /** What its queue is called. */
  queueName?: string;
};

/** With one queue, which nobody serves yet. Fails on the unique index when the key is taken. */
export async function addSite(db: Kysely<Database>, site: NewSite, now: number): Promise<void> {
  const { accountId = 'main' as AccountId, siteId, queueId, key, name, queueName = firstNames.queue } = site;
  await db
    .insertInto('sites')
    .values({
      id: siteId,
      account_id: accountId,
      key,
      name,
      allowed_origins: '[]',
      settings: '{}',
      routing_group: siteId,
      created_at: now,
    })
    .execute();
  await db
    .insertInto('queues')
    .values(newQueue(siteId, queueId, queueName, now))
    .execute();
}

/** The sites whose queues the rep serves. */
export async function sitesOfRep(db: Kysely<Database>, repId: RepId): Promise<SiteId[]> {
  const rows = await db
    .selectFrom('queue_members')
    .select('site_id')
    .distinct()
    .where('rep_id', '=', repId)
    .orderBy('site_id')
    .execute();
  return rows.map(row => row.site_id);
}

/** Of these sites what their merchants set, the oldest first. */
export async function listSites(db: Kysely<Database>, ids: readonly SiteId[]): Promise<SiteSheet[]> {
  if (ids.length === 0) return [];
  const sites = await db
    .selectFrom('sites')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return sites.map(toSheet);
}

type SiteChange = Partial<Pick<SiteSheet, 'name' | 'allowedOrigins'> & Omit<SiteSettings, 'appearance'>> & {
  appearance?: Partial<Appearance> | undefined;
};

/**
 * What is left out stays as it is. Null when there is no such site. For the inside of a change of the site: what is read
 * here is written back, so that nobody else may write it meanwhile.
 */
export async function changeSite(
  db: Kysely<Database>,
  id: SiteId,
  { name, allowedOrigins, appearance, ...changes }: SiteChange,
): Promise<SiteSheet | null> {
  const site = await db.selectFrom('sites').selectAll().where('id', '=', id).executeTakeFirst();
  if (!site) return null;
  const settings = readSiteSettings(site);
  const changed = await db
    .updateTable('sites')
    .set({
      name: name ?? site.name,
      allowed_origins: allowedOrigins ? JSON.stringify(allowedOrigins) : site.allowed_origins,
      settings: JSON.stringify({
        ...settings,
        ...changes,
        appearance: { ...settings.appearance, ...appearance },
      }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return toSheet(changed);
}

const read = documentReader<SiteSettings>(siteSettings);

/** Whole: what an older version did not write has its default. Never to be changed in place. */
export const readSiteSettings = ({ settings }: Pick<SiteRow, 'settings'>): SiteSettings => read(settings);

const toSheet = (site: SiteRow): SiteSheet => ({
  id: site.id,
  accountId: site.account_id,
  key: site.key,
  name: site.name,
  allowedOrigins: JSON.parse(site.allowed_origins) as string[],
  ...readSiteSettings(site),
});

/** Nobody has been on duty for it yet, nor is anybody about to come back. */
export const newQueue = (siteId: SiteId, id: QueueId, name: string, now: number): QueueRow => ({
  id,
  site_id: siteId,
  name,
  settings: '{}',
  last_rung_rep_id: null,
  last_rung_position: null,
  hours_due: null,
  wait_due: null,
  no_rep_since: 0,
  removed_at: null,
  created_at: now,
});

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
