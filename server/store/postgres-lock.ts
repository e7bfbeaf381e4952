/**
 * One server at a time on one database: a second one would take the calls of the first for those of a server that
 * has ended. Held by a connection of its own, since the lock lasts as long as that.
 */
import pg from 'pg';
import type { Logger } from 'pino';
import { explainPostgres, StoreError } from './store-error.ts';

/** The pair names our lock among those that other programs may take on the same database ("TALK", 1). */
const key = [0x54_41_4c_4b, 1] as const;
const againAfterMs = 1_000;

/** A server that is just ending gives its lock back a moment later, ms. */
const patienceMs = 5_000;

export async function locked(
  connection: pg.ClientConfig,
  log: Logger,
): Promise<{ release(): Promise<void> }> {
  let released = false;
  let again: NodeJS.Timeout | undefined;
  let client = await acquire();

  async function acquire(): Promise<pg.Client> {
    const fresh = new pg.Client(connection);
    try {
      await fresh.connect();
      await fresh.query(`set lock_timeout = ${patienceMs}`);
      await fresh.query('select pg_advisory_lock($1, $2)', [...key]);
    } catch (error) {
      await fresh.end().catch(() => undefined);
      const taken = error instanceof pg.DatabaseError && error.code === '55P03';
      throw taken
        ? new StoreError(
            'Another Talk to Us server uses this database. Stop it first, or give this one a database of its own.',
          )
        : explainPostgres(error);
    }
    // One loss is told several times.
    let lost = false;
    fresh.on('error', err => {
      if (lost) return;
      lost = true;
      log.warn({ err }, 'the connection that keeps other servers away was lost, connecting again');
      reacquire();
    });
    return fresh;
  }

  function reacquire(): void {
    if (released) return;
    again = setTimeout(() => {
      acquire().then(
        async fresh => {
          client = fresh;
          if (released) await client.end();
        },
        err => {
          log.error({ err }, 'the database is not back yet');
          reacquire();
        },
      );
    }, againAfterMs);
  }

  return {
    async release() {
      released = true;
      clearTimeout(again);
      await client.end();
    },
  };
}
