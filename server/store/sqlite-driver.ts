/** Waits for a busy file between tries, not inside of SQLite: a call into it holds up the whole process. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type QueryResult,
  type SqliteDatabase,
  SqliteDriver,
} from 'kysely';
import { storeLimits } from './limits.ts';
import { troubleOf } from './store-error.ts';

export class PatientSqliteDriver extends SqliteDriver {
  readonly #inTransaction: () => boolean;
  readonly #explain: (error: unknown) => unknown;
  readonly #noteCommit: () => void;
  #patient: { inner: DatabaseConnection; outer: PatientConnection } | undefined;

  constructor(
    database: SqliteDatabase,
    inTransaction: () => boolean,
    explain: (error: unknown) => unknown,
    noteCommit: () => void = () => undefined,
  ) {
    super({ database });
    this.#inTransaction = inTransaction;
    this.#explain = explain;
    this.#noteCommit = noteCommit;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const inner = await super.acquireConnection();
    if (this.#patient?.inner !== inner)
      this.#patient = { inner, outer: new PatientConnection(inner, this.#explain) };
    return this.#patient.outer;
  }

  /** Writing from the first statement on: one that began by reading could not go on to write behind another writer. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
    this.#noteCommit();
  }

  /** SQLite has rolled back by itself when the disk was full. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#inTransaction()) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }
}

class PatientConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection;
  readonly #explain: (error: unknown) => unknown;
  constructor(inner: DatabaseConnection, explain: (error: unknown) => unknown) {
    this.#inner = inner;
    this.#explain = explain;
  }

  /** A statement that met a lock has done nothing and can be asked again. */
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await untilNotBusy(() => this.#inner.executeQuery<R>(query));
    } catch (error) {
      throw this.#explain(error);
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#inner.streamQuery<R>(query, chunkSize);
  }
}

/** Tries again while another program has locked the file, for `busyMs`; then throws what SQLite says. */
export async function untilNotBusy<T>(work: () => T | Promise<T>): Promise<T> {
  const deadline = performance.now() + storeLimits.busyMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (troubleOf(error)?.kind !== 'busy' || performance.now() >= deadline) throw error;
      await delay(storeLimits.busyRetryMs);
    }
  }
}
