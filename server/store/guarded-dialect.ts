/** Asks the store only while it is well, and tells its monitor what every failing question says about it. */
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import type { Monitor } from './health.ts';
import { StoreDown, troubleOf } from './store-error.ts';

export function guardedDialect(dialect: Dialect, monitor: Monitor): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () =>
      guardedDriver(
        dialect.createDriver(),
        monitor,
        dialect.createAdapter().supportsMultipleConnections !== false,
      ),
    createIntrospector: db => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

function guardedDriver(driver: Driver, monitor: Monitor, many: boolean): Driver {
  const outer = new WeakMap<DatabaseConnection, GuardedConnection>();
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const found = troubleOf(error);
      if (!found) throw error;
      monitor.report(found, error);
      throw error instanceof StoreDown ? error : new StoreDown(found, { cause: error });
    }
  };
  const question = async <T>(work: () => Promise<T>) => {
    monitor.assertWell();
    return told(work);
  };
  const inner = (connection: DatabaseConnection) => (connection as GuardedConnection).inner;
  return {
    init: options => driver.init(options),
    async acquireConnection(options) {
      // Where there is one connection, Kysely would never give back a turn at it that is refused here.
      if (many) monitor.assertWell();
      const connection = await told(() => driver.acquireConnection(options));
      const known = outer.get(connection);
      if (known) return known;
      const fresh = new GuardedConnection(connection, question);
      outer.set(connection, fresh);
      return fresh;
    },
    beginTransaction: (connection, settings) =>
      question(() => driver.beginTransaction(inner(connection), settings)),
    commitTransaction: connection => told(() => driver.commitTransaction(inner(connection))),
    async rollbackTransaction(connection) {
      // Why it is rolled back is told instead: a connection that is lost cannot say more.
      await driver.rollbackTransaction(inner(connection)).catch(() => undefined);
    },
    releaseConnection: (connection, options) => driver.releaseConnection(inner(connection), options),
    destroy: options => driver.destroy(options),
  };
}

class GuardedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  readonly #ask: <T>(work: () => Promise<T>) => Promise<T>;
  constructor(inner: DatabaseConnection, ask: <T>(work: () => Promise<T>) => Promise<T>) {
    this.inner = inner;
    this.#ask = ask;
  }
  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#ask(() => this.inner.executeQuery<R>(query));
  }
  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize);
  }
}
