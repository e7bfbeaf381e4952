/** The engine for many sites and many machines, used when `DATABASE_URL` is set. */
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import type { SiteId } from '../../shared/ids.ts';
import { locked } from './postgres-lock.ts';
import type { Database } from './schema.ts';
import { statementLog } from './statement-log.ts';
import type { SiteLocks, Store } from './store.ts';
import { explainPostgres, StoreError } from './store-error.ts';

const oldestServer = 15;
/** Connections at once. Changes of one routing group are serial, so that more would only wait. */
const connections = 10;
const connectWithinMs = 10_000;

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
 * reached, refuses us, is too old, or is taken.
 */
export async function openPostgres(url: string, log: Logger): Promise<Store> {
  const connection: pg.ClientConfig = {
    connectionString: url,
    application_name: 'talk-to-us',
    connectionTimeoutMillis: connectWithinMs,
    keepAlive: true,
  };
  await checkServer(connection);
  const guard = await locked(connection, log);
  const pool = new pg.Pool({ ...connection, max: connections, types });
  // The pool listens to connections that lie idle only; whoever uses one is told by the failing query.
  pool.on('connect', client => client.on('error', () => undefined));
  pool.on('error', err => log.warn({ err }, 'a connection to the database was lost'));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }), ...statementLog(log) });
  return {
    db,
    siteLocks,
    async close() {
      await db.destroy();
      await guard.release();
    },
  };
}

async function checkServer(connection: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(connection);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; name: string }>(
      `select current_setting('server_version_num')::int / 10000 as version, current_setting('server_version') as name`,
    );
    const version = rows[0]?.version ?? 0;
    if (version < oldestServer)
      throw new StoreError(
        `The database is PostgreSQL ${rows[0]?.name}. Talk to Us needs PostgreSQL ${oldestServer} or newer.`,
      );
  } catch (error) {
    throw explainPostgres(error);
  } finally {
    await client.end();
  }
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
