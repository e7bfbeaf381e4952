/** Logos of shops and photos of people. A picture is found by its name, which is made from what is in it. */
import { createHash, randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { RepId, SiteId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import { holdPerson } from './holds.ts';
import type { Database } from './schema.ts';
import { readSiteSettings } from './sites.ts';
import { inTransaction } from './transaction.ts';

/** A picture that was looked at. */
export type Picture = { kind: 'png' | 'jpg' | 'webp'; data: Buffer };

const nameOf = ({ kind, data }: Picture) =>
  `${createHash('sha256').update(data).digest('base64url')}.${kind}`;

/** The picture itself; null for none. */
export async function readImage(db: Kysely<Database>, name: string): Promise<Buffer | null> {
  const row = await db
    .selectFrom('images')
    .select('data')
    .where('name', '=', name)
    .limit(1)
    .executeTakeFirst();
  return row?.data ?? null;
}

/**
 * Keeps a logo that the site may choose. Of those that it has not chosen the oldest goes when there are too many. For the
 * inside of a change of the site: one must not go while it is being chosen.
 *
 * @returns its name
 */
export async function keepLogo(
  db: Kysely<Database>,
  siteId: SiteId,
  picture: Picture,
  now: number,
): Promise<string> {
  const name = nameOf(picture);
  await db
    .insertInto('images')
    .values({ id: randomUUID(), name, site_id: siteId, rep_id: null, created_at: now, data: picture.data })
    .onConflict(on => on.columns(['site_id', 'name']).doUpdateSet({ created_at: now }))
    .execute();
  const site = await db.selectFrom('sites').select('settings').where('id', '=', siteId).executeTakeFirst();
  const { logo } = readSiteSettings(site ?? { settings: '{}' }).appearance;
  const others = await db
    .selectFrom('images')
    .select('id')
    .where('site_id', '=', siteId)
    .where('name', 'not in', [name, logo ?? name])
    .orderBy('created_at', 'desc')
    .execute();
  const tooMany = others.slice(limits.logosPerSite - 1).map(({ id }) => id);
  if (tooMany.length > 0) await db.deleteFrom('images').where('id', 'in', tooMany).execute();
  return name;
}

/** Whether that picture is there for that site. */
export async function siteHasImage(db: Kysely<Database>, siteId: SiteId, name: string): Promise<boolean> {
  const row = await db
    .selectFrom('images')
    .select('id')
    .where('site_id', '=', siteId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row !== undefined;
}

/** The photo of somebody, in the place of the one before; null for none any more. Who has left every team keeps none. */
export async function keepPhoto(
  db: Kysely<Database>,
  repId: RepId,
  photo: Picture | null,
  now: number,
): Promise<void> {
  await inTransaction(db, async tx => {
    await holdPerson(tx, repId);
    await tx.deleteFrom('images').where('rep_id', '=', repId).execute();
    const member = await tx
      .selectFrom('members')
      .select('rep_id')
      .where('rep_id', '=', repId)
      .executeTakeFirst();
    if (photo && member)
      await tx
        .insertInto('images')
        .values({
          ...{ id: randomUUID(), name: nameOf(photo), site_id: null, rep_id: repId },
          ...{ created_at: now, data: photo.data },
        })
        .execute();
  });
}

/** The name of the photo of somebody; null for none. */
export async function photoOf(db: Kysely<Database>, repId: RepId): Promise<string | null> {
  const row = await db.selectFrom('images').select('name').where('rep_id', '=', repId).executeTakeFirst();
  return row?.name ?? null;
}

/** Deletes the photo of somebody who is on no team any more. To be called in a transaction. */
export async function forgetPhotoOfLeaver(db: Kysely<Database>, repId: RepId): Promise<void> {
  await holdPerson(db, repId);
  await db
    .deleteFrom('images')
    .where('rep_id', '=', repId)
    .where('rep_id', 'not in', db.selectFrom('members').select('rep_id'))
    .execute();
}
