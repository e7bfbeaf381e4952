/** The engine for many sites and many machines, used when `DATABASE_URL` is set. */
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import type { SiteId } from '../../shared/ids.ts';
import { guardedDialect } from './guarded-dialect.ts';
import { Monitor } from './health.ts';
import { storeLimits } from './limits.ts';
import { serverLimits, TimedClient, type TimedConfig } from './postgres-client.ts';
import { locked } from './postgres-lock.ts';
import { checkServer } from './postgres-server.ts';
import type { Database } from './schema.ts';
import { statementLog } from './statement-log.ts';
import { type SiteLocks, type Store, waitedCommits } from './store.ts';
import { explainPostgres } from './store-error.ts';

/** Connections at once. Changes of one routing group are serial, so that more would only wait. */
const connections = 10;

/** Whole numbers of 64 bits, and sums of them, which `pg` gives as text. Ours are times in ms and counts: exact below 2^53. */
const readAsNumber: ReadonlySet<number> = new Set([pg.types.builtins.INT8, pg.types.builtins.NUMERIC]);
const types: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    readAsNumber.has(id) && format !== 'binary'
      ? Number
      : (pg.types.getTypeParser as (id: number, format?: string) => unknown)(id, format),
};

/**
 * Connect, and make sure that no other server uses this database. Throws `StoreError` when the database cannot be
 * reached, refuses us, is too old, is behind a pooler that loses sessions, or is taken.
 */
export async function openPostgres(url: string, log: Logger): Promise<Store> {
  const connection: pg.ClientConfig = {
    connectionString: url,
    application_name: 'talk-to-us',
    keepAlive: true,
    keepAliveInitialDelayMillis: storeLimits.keepAliveMs,
  };
  await checkServer(connection);
  const pool = poolOf({ ...connection, max: connections }, serverLimits);
  const guard = await locked(connection, pool.cutAll);
  const monitor = new Monitor(log);
  const dialect = guardedDialect(new PostgresDialect({ pool: pool.pool }), monitor);
  const db = new Kysely<Database>({ dialect, ...statementLog(log) });
  return {
    db,
    health: monitor,
    ...waitedCommits(db),
    siteLocks,
    forgetBytes: async () => undefined,
    migrationDb() {
      const patient = poolOf({ ...connection, answerMs: storeLimits.migrationMs, max: 1 });
      const dialect = new PostgresDialect({ pool: patient.pool });
      const migrating = new Kysely<Database>({ dialect, ...statementLog(log) });
      return { db: migrating, close: () => migrating.destroy() };
    },
    explain: explainPostgres,
    watch: () => monitor.watch(guard.probe),
    async close() {
      await monitor.close();
      const late = setTimeout(pool.cutAll, storeLimits.closeMs);
      await db.destroy();
      clearTimeout(late);
      await guard.release();
    },
  };
}

/** One connection beside a server that uses the database. */
export const openPostgresBeside = (url: string): Kysely<Database> =>
  new Kysely<Database>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, types, max: 1 }) }),
  });

/**
 * Timed connections that can all be cut at once.
 *
 * @param first what each is told before anything else is asked on it
 */
function poolOf(config: TimedConfig & { max: number }, first?: string): { pool: pg.Pool; cutAll(): void } {
  const clients = new Set<TimedClient>();
  class Tracked extends TimedClient {
    constructor(options?: TimedConfig) {
      super(options);
      clients.add(this);
      this.once('end', () => clients.delete(this));
      // The pool listens to connections that lie idle only; whoever uses one is told by the failing query.
      this.on('error', () => undefined);
    }
  }
  const pool = new pg.Pool({
    ...config,
    types,
    connectionTimeoutMillis: storeLimits.acquireMs,
    Client: Tracked,
    ...(first === undefined
      ? {}
      : { onConnect: async (client: pg.ClientBase) => void (await client.query(first)) }),
  });
  // The monitor tells it, and once.
  pool.on('error', () => undefined);
  return {
    pool,
    cutAll() {
      for (const client of clients) client.cut();
    },
  };
}

const siteLocks: SiteLocks = {
  async hold(tx, siteIds) {
    const wanted = tx
      .selectFrom('sites')
      .select('routing_group')
      .distinct()
      .where('id', 'in', [...siteIds])
      // Everybody locks in the same order, so that nobody waits for each other in a circle.
      .orderBy('routing_group')
      .as('wanted');
    const held = await tx
      .selectFrom(wanted)
      .select(['routing_group', sql`pg_advisory_xact_lock(hashtextextended(routing_group, 0))`.as('locked')])
      .execute();
    return sitesIn(
      tx,
      held.map(row => row.routing_group),
    );
  },
};

/** Read after the locks are held: while we waited, a site may have come to another group. */
async function sitesIn(tx: Transaction<Database>, groups: SiteId[]): Promise<Set<SiteId>> {
  if (groups.length === 0) return new Set();
  const sites = await tx.selectFrom('sites').select('id').where('routing_group', 'in', groups).execute();
  return new Set(sites.map(site => site.id));
}
