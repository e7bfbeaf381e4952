/** Whether the PostgreSQL in `DATABASE_URL` is one that can be used: its version, and what stands in front of it. */
import type pg from 'pg';
import { TimedClient } from './postgres-client.ts';
import { behindPooler, explainPostgres, StoreError } from './store-error.ts';

const oldestServer = 15;

/** Throws `StoreError` when it cannot be reached, refuses us, is too old, or is behind a pooler that loses sessions. */
export async function checkServer(connection: pg.ClientConfig): Promise<void> {
  // Two, since a pooler may well give a single one the same session each time.
  const clients: TimedClient[] = [];
  try {
    const [one, other] = [new TimedClient(connection), new TimedClient(connection)];
    for (const client of [one, other]) {
      clients.push(client);
      client.on('error', () => undefined);
      await client.connect();
    }
    await mustKeepSessions(one, other);
    await mustBeNewEnough(one);
  } catch (error) {
    throw explainPostgres(error);
  } finally {
    await Promise.all(clients.map(client => client.end().catch(() => undefined)));
  }
}

async function mustBeNewEnough(client: TimedClient): Promise<void> {
  const { rows } = await client.query<{ version: number; name: string }>(
    `select current_setting('server_version_num')::int / 10000 as version, current_setting('server_version') as name`,
  );
  const version = rows[0]?.version ?? 0;
  if (version < oldestServer)
    throw new StoreError(
      `The database is PostgreSQL ${rows[0]?.name}. Talk to Us needs PostgreSQL ${oldestServer} or newer.`,
    );
}

/** Each connection has a process of its own in the server for as long as it lives, or it has no session of its own. */
async function mustKeepSessions(one: TimedClient, other: TimedClient): Promise<void> {
  // An uneven order: a pooler that takes its sessions by turns would otherwise hit the same ones each time.
  const order = [one, one, other, one, other];
  const seen = new Map<TimedClient, Set<number>>();
  for (const client of order) {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    seen.set(client, (seen.get(client) ?? new Set()).add(rows[0]?.pid ?? 0));
  }
  const [its, theirs] = [seen.get(one), seen.get(other)];
  const apart = its?.size === 1 && theirs?.size === 1 && ![...its].some(pid => theirs.has(pid));
  if (!apart) throw behindPooler();
}
