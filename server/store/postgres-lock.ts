/**
 * One server at a time on one database: a second one would take the calls of the first for those of a server that
 * has ended. Held by a connection of its own, since the lock lasts as long as that; the same connection tries out
 * whether the database works.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { Probe } from './health.ts';
import { storeLimits } from './limits.ts';
import { TimedClient } from './postgres-client.ts';
import { explainPostgres, StoreDown, StoreError, type StoreTrouble, trouble } from './store-error.ts';

/** The pair names our lock among those that other programs may take on the same database ("TALK", 1). */
const key = [0x54_41_4c_4b, 1] as const;

/** Between two tries for a lock that another server may be about to give back, ms. */
const againMs = 100;

/**
 * Hold the lock. Throws `StoreError` when another server keeps it.
 *
 * @param letGoOfAll called when the database does not answer: whatever waits for it may stop waiting
 */
export async function locked(
  config: pg.ClientConfig,
  letGoOfAll: () => void,
): Promise<{ probe: Probe; release(): Promise<void> }> {
  let client: TimedClient | undefined;
  /** The server's process for the connection that held the lock last. */
  let formerProcess = 0;

  const connect = async (): Promise<TimedClient> => {
    const fresh = new TimedClient({ ...config, answerMs: storeLimits.probeMs });
    // Told by what fails next; without a listener the process would end.
    fresh.on('error', () => undefined);
    fresh.on('end', () => {
      if (client === fresh) client = undefined;
    });
    try {
      await fresh.connect();
      // The server finds out within half a minute when we are gone without a word, and nobody waits for its disk.
      await fresh.query(
        'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3; set synchronous_commit = off',
      );
      return fresh;
    } catch (error) {
      fresh.cut();
      throw error;
    }
  };

  /** Take the lock on this connection, from our own former one if need be. False when somebody else has it. */
  const take = async (fresh: TimedClient): Promise<boolean> => {
    const wanted = 'select pg_try_advisory_lock($1, $2) as ours';
    const first = await fresh.query<{ ours: boolean }>(wanted, [...key]);
    if (first.rows[0]?.ours) return true;
    if (formerProcess === 0) return false;
    await fresh.query(
      `select pg_terminate_backend(pid) from pg_locks
        where locktype = 'advisory' and classid = $1 and objid = $2 and granted and pid = $3
          and database = (select oid from pg_database where datname = current_database())`,
      [...key, formerProcess],
    );
    const second = await fresh.query<{ ours: boolean }>(wanted, [...key]);
    return second.rows[0]?.ours === true;
  };

  const hold = async (): Promise<TimedClient> => {
    const fresh = await connect();
    try {
      if (!(await take(fresh))) throw new StoreDown(trouble('taken'));
    } catch (error) {
      fresh.cut();
      throw error;
    }
    formerProcess = (fresh as unknown as { processID: number }).processID;
    client = fresh;
    return fresh;
  };

  /** A session keeps the settings that it began with, so that a cure may be seen by a new one only. */
  const anew = () => {
    client?.cut();
    client = undefined;
  };

  const tryOut = async (after: StoreTrouble | null): Promise<void> => {
    if (after) anew();
    const held = client ?? (await hold());
    await held.query('update store_probe set tries = tries + 1');
    // A few bytes find room in what the database has already; a whole change needs more.
    if (after?.kind === 'full')
      await held.query(
        `begin; create temporary table room on commit drop as
          select md5(random()::text) as text from generate_series(1, ${storeLimits.roomBytes / 32}); commit`,
      );
    if (after) letGoOfAll();
  };

  const deadline = performance.now() + storeLimits.handOverMs;
  for (;;) {
    try {
      await hold();
      break;
    } catch (error) {
      const taken = error instanceof StoreDown && error.trouble.kind === 'taken';
      if (!taken) throw explainPostgres(error);
      if (performance.now() >= deadline)
        throw new StoreError(
          'Another Talk to Us server uses this database. Stop it first, or give this one a database of its own.',
        );
      await delay(againMs);
    }
  }

  return {
    probe: {
      tryOut,
      letGo() {
        anew();
        letGoOfAll();
      },
    },
    async release() {
      const last = client;
      client = undefined;
      if (!last) return;
      const timer = setTimeout(() => last.cut(), storeLimits.closeMs);
      await last.end();
      clearTimeout(timer);
    },
  };
}
