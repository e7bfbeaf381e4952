/** Pages that ask for the button without being on the site's list: told to the owner, who allows them with one click. */
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { RefusedOrigin } from '../../shared/api/sites.ts';
import type { SiteId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import { canonicalOrigin } from '../identity/origins.ts';
import type { Database } from '../store/schema.ts';
import { inTransaction } from '../store/transaction.ts';
import { createBatches } from './batches.ts';
import { recentlySeen } from './recently-seen.ts';

export type RefusedOrigins = {
  /** A page of `origin` was refused. Whatever is no origin of a web page is not noted. Writes nothing by itself. */
  note(siteId: SiteId, origin: string | undefined, network: string): void;
  /** The newest first, those of this moment included. */
  list(siteId: SiteId): Promise<RefusedOrigin[]>;
  close(): Promise<void>;
};

type Noted = { siteId: SiteId; origin: string; count: number; firstAt: number; lastAt: number };

/**
 * Strangers choose what they send as their origin. So one network counts once in a while for each origin, brings few new
 * ones an hour, and the table of a site keeps those that were counted most.
 */
export function createRefusedOrigins(options: {
  db: Kysely<Database>;
  now: () => number;
  log: Logger;
}): RefusedOrigins {
  const { db, now, log } = options;
  const counted = recentlySeen({ forMs: limits.demandCountedMs, most: limits.demandRemembered, now });
  const logged = recentlySeen({ forMs: hour, most: limits.demandRemembered, now });
  const bringing = new Map<string, { origins: Set<string>; until: number }>();

  /** False for a network that has brought enough origins for this hour. */
  const mayBring = (network: string, origin: string) => {
    let brought = bringing.get(network);
    if (!brought || brought.until <= now() || brought.until > now() + hour) {
      bringing.delete(network);
      const [oldest] = bringing.keys();
      if (bringing.size >= limits.demandRemembered && oldest !== undefined) bringing.delete(oldest);
      brought = { origins: new Set(), until: now() + hour };
      bringing.set(network, brought);
    }
    if (brought.origins.size >= limits.refusedOriginsPerNetwork) return brought.origins.has(origin);
    brought.origins.add(origin);
    return true;
  };

  const batches = createBatches<Noted>({
    everyMs: limits.demandWriteMs,
    most: limits.demandGathered,
    merge: (old, more) => ({ ...old, count: old.count + more.count, lastAt: more.lastAt }),
    write: noted => write(db, noted),
    log,
    what: 'refused origins',
  });
  return {
    note(siteId, origin, network) {
      if (!origin || origin.length > limits.maxOriginLength || canonicalOrigin(origin) !== origin) return;
      const key = `${siteId} ${origin}`;
      if (!mayBring(network, origin) || !counted.isNew(`${key} ${network}`)) return;
      batches.add(key, { siteId, origin, count: 1, firstAt: now(), lastAt: now() });
      if (logged.isNew(key))
        log.warn(
          { site: siteId, origin },
          'a page of an origin that is not on the list asked for the button: allow it in Settings, Shop, if it is yours',
        );
    },
    async list(siteId) {
      await batches.flush();
      const rows = await db
        .selectFrom('refused_origins')
        .selectAll()
        .where('site_id', '=', siteId)
        .orderBy('last_at', 'desc')
        .orderBy('origin')
        .execute();
      return rows.map(({ origin, first_at, last_at, count }) => ({
        ...{ origin, count },
        firstAt: first_at,
        lastAt: last_at,
      }));
    },
    close: () => batches.close(),
  };
}

const hour = 60 * 60 * 1000;

async function write(db: Kysely<Database>, noted: Noted[]): Promise<void> {
  await inTransaction(db, async tx => {
    for (const { siteId, origin, count, firstAt, lastAt } of noted)
      await tx
        .insertInto('refused_origins')
        .values({ site_id: siteId, origin, first_at: firstAt, last_at: lastAt, count })
        .onConflict(conflict =>
          conflict.columns(['site_id', 'origin']).doUpdateSet(({ eb, ref }) => ({
            last_at: lastAt,
            count: eb(ref('refused_origins.count'), '+', count),
          })),
        )
        .execute();
    for (const siteId of new Set(noted.map(one => one.siteId))) {
      const kept = await tx
        .selectFrom('refused_origins')
        .select('origin')
        .where('site_id', '=', siteId)
        .orderBy('count', 'desc')
        .orderBy('last_at', 'desc')
        .orderBy('origin')
        .execute();
      const rest = kept.slice(limits.refusedOriginsPerSite).map(({ origin }) => origin);
      if (rest.length > 0)
        await tx
          .deleteFrom('refused_origins')
          .where('site_id', '=', siteId)
          .where('origin', 'in', rest)
          .execute();
    }
  });
}

/** On the list from now on. For the inside of a change of the site, as `changeSite` is. */
export async function allowOrigin(
  db: Kysely<Database>,
  siteId: SiteId,
  origin: string,
): Promise<'allowed' | 'was-allowed' | 'no-site' | 'full'> {
  const site = await db
    .selectFrom('sites')
    .select('allowed_origins')
    .where('id', '=', siteId)
    .executeTakeFirst();
  if (!site) return 'no-site';
  const list = JSON.parse(site.allowed_origins) as string[];
  const listed = list.includes(origin);
  if (!listed && list.length >= limits.allowedOriginsPerSite) return 'full';
  if (!listed)
    await db
      .updateTable('sites')
      .set({ allowed_origins: JSON.stringify([...list, origin]) })
      .where('id', '=', siteId)
      .execute();
  await forgetOrigin(db, siteId, origin);
  return listed ? 'was-allowed' : 'allowed';
}

/** It may come back when a page of it asks again. */
export async function forgetOrigin(db: Kysely<Database>, siteId: SiteId, origin: string): Promise<void> {
  await db.deleteFrom('refused_origins').where('site_id', '=', siteId).where('origin', '=', origin).execute();
}
