/** Transactions that PostgreSQL ends since they waited for each other, or met a change: they are begun anew. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../../server/store/transaction.ts';
import type { QueueSheet } from '../../../shared/api/queues.ts';
import { freshPlace, openPlace, type Place } from '../../support/engines.ts';
import { startTestServer } from '../../support/server.ts';
import { until } from '../../support/until.ts';
import { known, statusesOf, times } from '../at-once.ts';

let place: Place;
/** Somebody else who writes. */
let other: pg.Client;
/** What a transaction sees of the others' states stays as it was first seen, so that another connection looks. */
let watch: pg.Client;
const connected = async () => {
  const client = new pg.Client(place.databaseUrl ?? '');
  await client.connect();
  return client;
};
beforeEach(async () => {
  place = await freshPlace('PostgreSQL');
  [other, watch] = [await connected(), await connected()];
});
afterEach(async () => {
  await other.end();
  await watch.end();
  await place.remove();
});

const deadlocks = async () => {
  const { rows } = await watch.query(
    'select deadlocks::int as count from pg_stat_database where datname = current_database()',
  );
  return rows[0].count as number;
};
const waitingFor = async (table: string) => {
  const { rows } = await watch.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like $1`,
    [`%${table}%`],
  );
  return rows.length > 0;
};
const touch = (table: string, id: string) =>
  other.query(`update ${table} set created_at = created_at where id = $1`, [id]);

describe('a transaction that PostgreSQL ends', () => {
  test('H344 two that wait for each other are both done, and nothing twice', async () => {
    const store = await openPlace(place);
    try {
      const { db } = store;
      const now = Date.now();
      for (const id of ['a', 'b'])
        await other.query(
          "insert into accounts (id, name, settings, first_run, created_at) values ($1, '', '{}', '{}', $2)",
          [id, now],
        );
      let meet = () => {};
      const met = new Promise<void>(resolve => {
        meet = resolve;
      });
      let begun = 0;
      const write = (first: string, second: string) =>
        inTransaction(db, async trx => {
          const add = (id: string) =>
            trx
              .updateTable('accounts')
              .set(({ eb, ref }) => ({ name: eb(ref('name'), '||', 'x') as never }))
              .where('id', '=', id as never)
              .execute();
          await add(first);
          if (++begun === 2) meet();
          await met;
          await add(second);
        });
      await Promise.all([write('a', 'b'), write('b', 'a')]);
      expect(begun).toBeGreaterThan(2);
      const { rows } = await other.query("select name from accounts where id in ('a', 'b')");
      expect(rows).toEqual([{ name: 'xx' }, { name: 'xx' }]);
      expect(store.health.trouble()).toBeNull();
    } finally {
      await store.close();
    }
  });

  test('H344 a request, or a change of calls, that PostgreSQL chooses in a deadlock is answered as if nothing had been', async () => {
    const server = await startTestServer({ workers: 1, environment: place.environment });
    try {
      const ana = await known(server.origin, await server.addRep('Ana'));
      const ben = await known(server.origin, await server.addRep('Ben'));
      const { queues } = await ana.account.read<{ queues: QueueSheet[] }>(server.origin, '/api/queues');
      const { rows } = await other.query('select id from accounts');
      const account = rows[0].id as string;
      const ask = (method: string, path: string, body?: unknown) =>
        ana.account.ask(server.origin, method, `/api/${path}`, body);
      const invited = await (
        await ask('POST', 'team/invitations', { name: 'Cleo', email: 'cleo@shop.example' })
      ).json();
      const before = await deadlocks();
      // Each holds the account first and then wants a person.
      const requests = [
        () => ask('PATCH', `queues/${queues[0]?.id}`, { members: [{ repId: ana.id }, { repId: ben.id }] }),
        () => ask('DELETE', `team/${ben.id}`),
      ];
      expect(invited).toHaveProperty('url');
      for (const request of requests) {
        await other.query('begin');
        // So that it is the server's transaction which is ended.
        await other.query("set local deadlock_timeout = '10min'");
        await touch('reps', ben.id);
        const asked = request();
        await until(() => waitingFor('reps'));
        await touch('accounts', account);
        await other.query('commit');
        expect((await asked).status).toBe(200);
      }
      await until(async () => (await deadlocks()) >= before + requests.length);
    } finally {
      await server.close();
    }
  });

  test('H344 one that met a change which its isolation does not allow for is done too', async () => {
    const store = await openPlace(place);
    try {
      const add = () =>
        inTransaction(store.db, async trx => {
          await sql`set transaction isolation level serializable`.execute(trx);
          const { count } = await trx
            .selectFrom('used_tickets')
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .executeTakeFirstOrThrow();
          await trx.insertInto('used_tickets').values({ jti: randomUUID(), expires_at: count }).execute();
        });
      await Promise.all([add(), add(), add()]);
      const kept = await store.db
        .selectFrom('used_tickets')
        .select('expires_at')
        .orderBy('expires_at')
        .execute();
      // Each saw what the others had done.
      expect(kept.map(row => row.expires_at)).toEqual([0, 1, 2]);
    } finally {
      await store.close();
    }
  });

  test('H345 changes at once are all made where the database isolates transactions more than we need', async () => {
    await other.query(
      `do $$ begin execute format('alter database %I set default_transaction_isolation = %L', current_database(), 'serializable'); end $$`,
    );
    const server = await startTestServer({ workers: 1, environment: place.environment });
    try {
      const ana = await known(server.origin, await server.addRep('Ana'));
      const asked = times(20, index =>
        ana.account.ask(server.origin, 'PATCH', '/api/rep/me', { name: `Ana ${index}` }),
      );
      expect(await statusesOf(asked)).toEqual(times(20, () => 200));
    } finally {
      await server.close();
    }
  });
});
