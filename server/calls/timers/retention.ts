/**
 * Deletes what is older than each site keeps it. Not a due time: how old a thing is can be read off it at any moment,
 * so that a look that was missed is made up for by the next one.
 */
import { type Kysely, sql } from 'kysely';
import type { Logger } from 'pino';
import type { AccountId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { forgetOverBlocks } from '../../store/blocks.ts';
import { literal } from '../../store/literals.ts';
import { blankOldReasons, blankOldUnblocked } from '../../store/personal-words.ts';
import type { Database } from '../../store/schema.ts';
import { readSiteSettings } from '../../store/sites.ts';
import { StoreDown } from '../../store/store-error.ts';
import { inTransaction } from '../../store/transaction.ts';
import { blankFigures, forgetFigures } from '../figures/write.ts';
import { RetentionClock } from './retention-clock.ts';

export type Forgotten = { calls: number; personal: number };

type ForgetOptions = { db: Kysely<Database>; now: () => number };
/** `now`: of the machine; `steady`: a clock that nobody sets, ms. */
type RetentionOptions = ForgetOptions & { steady: () => number; log: Logger };

const day = 24 * 60 * 60 * 1000;

/** Look at once and then every `limits.retentionEveryMs`. `close()` waits for work in hand. */
export function createRetention({ db, now, steady, log }: RetentionOptions): { close(): Promise<void> } {
  const clock = new RetentionClock(db, now, steady);
  const forget = async () => {
    const today = await clock.read();
    return forgetOld({ db, now: () => today });
  };
  let working: Promise<void> | undefined;
  const look = () => {
    working ??= forget()
      .then(({ calls, personal }) => {
        if (calls + personal > 0) log.info({ calls, personal }, 'old calls were forgotten');
      })
      .catch(err => {
        if (!(err instanceof StoreDown))
          log.error({ err }, 'old calls could not be deleted, trying again later');
      })
      .finally(() => {
        working = undefined;
      });
  };
  const timer = setInterval(look, limits.retentionEveryMs);
  look();
  return {
    async close() {
      clearInterval(timer);
      await working;
    },
  };
}

/** In portions, so that nobody's call waits for a long delete. */
export async function forgetOld({ db, now }: ForgetOptions): Promise<Forgotten> {
  const forgotten: Forgotten = { calls: 0, personal: 0 };
  let longestDays = 0;
  const personalOf = new Map<AccountId, number>();
  const sites = await db.selectFrom('sites').select(['id', 'account_id', 'settings']).execute();
  for (const site of sites) {
    const { callDays, personalDays } = readSiteSettings(site).retention;
    longestDays = Math.max(longestDays, callDays);
    const shortest = personalOf.get(site.account_id) ?? personalDays;
    personalOf.set(site.account_id, Math.min(shortest, personalDays));
    forgotten.calls += await untilNone(() => deleteCalls(db, site.id, now() - callDays * day));
    // Counts of hours and addresses, which belong to the figures.
    const before = now() - callDays * day;
    await db.deleteFrom('unmet_demand').where('site_id', '=', site.id).where('hour', '<', before).execute();
    await db
      .deleteFrom('refused_origins')
      .where('site_id', '=', site.id)
      .where('last_at', '<', before)
      .execute();
    await forgetOverBlocks(db, site.id, now());
    await untilNone(() => forgetNetworks(db, site.id, now() - limits.networkKeptMs));
    const known = now() - personalDays * day;
    forgotten.personal += await untilNone(() => blankPersonal(db, site.id, known));
    await untilNone(() =>
      inTransaction(db, tx => blankOldReasons(tx, site.id, known, limits.retentionPortion)),
    );
  }
  for (const [account, days] of personalOf) await blankOldUnblocked(db, account, now() - days * day);
  if (longestDays > 0)
    await db
      .deleteFrom('rep_events')
      .where('at', '<', now() - longestDays * day)
      .execute();
  return forgotten;
}

async function untilNone(portion: () => Promise<number>): Promise<number> {
  let sum = 0;
  for (let count = 1; count > 0; sum += count) count = await portion();
  return sum;
}

const endedBefore = (db: Kysely<Database>, siteId: SiteId, before: number) =>
  db
    .selectFrom('calls')
    .select('id')
    .where('site_id', '=', siteId)
    .where('state', '=', literal.ended)
    .where('ended_at', '<', before)
    .limit(limits.retentionPortion);

/** Calls with all that hangs on them. Nobody writes about one any more: wrap-up lasts hours, calls are kept for days. */
function deleteCalls(db: Kysely<Database>, siteId: SiteId, before: number): Promise<number> {
  return inTransaction(db, async tx => {
    const rows = await endedBefore(tx, siteId, before).execute();
    const ids = rows.map(row => row.id);
    if (ids.length === 0) return 0;
    await tx.deleteFrom('call_events').where('call_id', 'in', ids).execute();
    await tx.deleteFrom('offers').where('call_id', 'in', ids).execute();
    await tx.deleteFrom('call_samples').where('call_id', 'in', ids).execute();
    await tx.deleteFrom('call_parties').where('call_id', 'in', ids).execute();
    await forgetFigures(tx, ids);
    await tx.deleteFrom('calls').where('id', 'in', ids).execute();
    return ids.length;
  });
}

/** Whoever called then can be blocked no more by where the call came from. */
async function forgetNetworks(db: Kysely<Database>, siteId: SiteId, before: number): Promise<number> {
  const old = db
    .selectFrom('calls')
    .select('id')
    .where('site_id', '=', siteId)
    .where('ended_at', '<', before)
    .where(sql<boolean>`caller_network <> '' and ended_at is not null`)
    .limit(limits.retentionPortion);
  const { numUpdatedRows } = await db
    .updateTable('calls')
    .set({ caller_network: '' })
    .where('id', 'in', old)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/** The figures of a call are kept for longer than what is known of the shopper. */
function blankPersonal(db: Kysely<Database>, siteId: SiteId, before: number): Promise<number> {
  return inTransaction(db, async tx => {
    const rows = await endedBefore(tx, siteId, before)
      .where(sql<boolean>`(context <> '{}' or note <> '' or handed_note <> '' or callback_phone is not null)`)
      .execute();
    const ids = rows.map(row => row.id);
    if (ids.length === 0) return 0;
    await tx
      .updateTable('calls')
      .set({ context: '{}', language: '', needs: '', note: '', handed_note: '', callback_phone: null })
      .where('id', 'in', ids)
      .execute();
    await blankFigures(tx, ids);
    return ids.length;
  });
}
