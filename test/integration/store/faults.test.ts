/** What befalls a database while a shop is open: everybody is told the truth at once, and it is over when it is over. */
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import SqliteDatabase from 'better-sqlite3';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sqliteFileName } from '../../../server/store/sqlite.ts';
import { type Postgres, startPostgres } from '../../support/postgres.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import { until } from '../../support/until.ts';
import { ShopUnderFault } from './shop-under-fault.ts';

const opened: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});
const keep = <T extends { close(): Promise<void> | void }>(one: T): T => {
  opened.push(one);
  return one;
};

describe('PostgreSQL', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  let databases = 0;
  async function newDatabase(): Promise<URL> {
    const name = `shop_${databases++}`;
    await asAdmin(`create database ${name}`);
    const url = new URL(postgres.url);
    url.pathname = name;
    return url;
  }
  async function asAdmin(...statements: string[]): Promise<void> {
    const client = new pg.Client(postgres.url);
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  }
  async function behindProxy(): Promise<{ shop: ShopUnderFault; proxy: TcpProxy }> {
    const proxy = keep(await startTcpProxy(Number(new URL(postgres.url).port)));
    const url = await newDatabase();
    url.port = String(proxy.port);
    return { proxy, shop: keep(await ShopUnderFault.open(url.href)) };
  }

  test('T70 that takes connections and never answers is told everywhere within five seconds, once in the log, and forgotten', async () => {
    const { shop, proxy } = await behindProxy();
    proxy.swallow();
    await shop.becomesIll('no-answer');
    // Nothing more is logged, however often it is met again.
    await until(async () => (await shop.readiness()) === 'database no-answer');
    expect(shop.errors()).toEqual({ store: ['no-answer'], others: [] });
    proxy.cut();
    proxy.mend();
    await shop.becomesWell();
  });

  test('T71 that is stopped where it stands is told within five seconds, and works when it goes on', async () => {
    const shop = keep(await ShopUnderFault.open((await newDatabase()).href));
    postgres.freeze();
    try {
      await shop.becomesIll('no-answer');
    } finally {
      postgres.thaw();
    }
    await shop.becomesWell();
    expect(shop.errors()).toEqual({ store: ['no-answer'], others: [] });
  });

  test('T72 that is cut off is told within five seconds, and used again when the way is back', async () => {
    const { shop, proxy } = await behindProxy();
    proxy.cut();
    await shop.becomesIll('unreachable');
    proxy.mend();
    await shop.becomesWell();
    expect(shop.errors()).toEqual({ store: ['unreachable'], others: [] });
  });

  test('T73 that is restarted is used again without a restart of the server', async () => {
    const shop = keep(await ShopUnderFault.open((await newDatabase()).href));
    await postgres.restart();
    await shop.becomesWell();
    expect(shop.errors().others).toEqual([]);
  });

  test('T74 that became read-only is told within five seconds, and used again when it can be written', async () => {
    const url = await newDatabase();
    const shop = keep(await ShopUnderFault.open(url.href));
    await asAdmin('alter system set default_transaction_read_only = on', 'select pg_reload_conf()');
    try {
      await shop.becomesIll('read-only');
    } finally {
      await asAdmin(
        'set default_transaction_read_only = off',
        'alter system reset default_transaction_read_only',
        'select pg_reload_conf()',
      );
    }
    await shop.becomesWell();
    expect(shop.errors()).toEqual({ store: ['read-only'], others: [] });
  });

  test('T84 that has no connection left is told within five seconds, and used again when it has some', async () => {
    const url = await newDatabase();
    await asAdmin('create role few superuser login');
    url.username = 'few';
    const shop = keep(await ShopUnderFault.open(url.href));
    // Of a superuser no limit is asked; from now on it is one of many.
    await asAdmin(
      `grant all on database "${url.pathname.slice(1)}" to few`,
      'alter role few nosuperuser connection limit 0',
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'few'`,
    );
    await shop.becomesIll('crowded');
    await asAdmin('alter role few superuser connection limit -1');
    await shop.becomesWell();
    expect(shop.errors().others).toEqual([]);
  });
});

describe('SQLite', () => {
  test('T75 whose file another program has locked is told within five seconds, holds up nothing else, and works afterwards', async () => {
    const shop = keep(await ShopUnderFault.open(null));
    const other = keep(new SqliteDatabase(path.join(shop.dataDir, sqliteFileName)) as never as Closable);
    const stalls = monitorEventLoopDelay({ resolution: 10 });
    stalls.enable();
    other.exec('begin immediate');
    await shop.becomesIll('busy');
    stalls.disable();
    // SQLite would wait inside of one call for as long as it is told to.
    expect(stalls.max / 1e6).toBeLessThan(2_000);
    other.exec('rollback');
    await shop.becomesWell();
    expect(shop.errors()).toEqual({ store: ['busy'], others: [] });
  });

  test('T76 whose file is locked for a moment only makes who writes wait', async () => {
    const shop = keep(await ShopUnderFault.open(null));
    const other = keep(new SqliteDatabase(path.join(shop.dataDir, sqliteFileName)) as never as Closable);
    other.exec('begin immediate');
    const asked = shop.rep.request('rep.status', { status: 'away' });
    const answeredFirst = await Promise.race([
      asked.then(() => 'change'),
      shop.readiness().then(() => 'health'),
    ]);
    expect(answeredFirst).toBe('health');
    other.exec('rollback');
    await asked;
    expect(shop.errors()).toEqual({ store: [], others: [] });
  });

  test('T77 whose file is moved away is told, instead of writing into nothing, and works when it is back', async () => {
    const shop = keep(await ShopUnderFault.open(null));
    const place = path.join(shop.dataDir, sqliteFileName);
    await rename(place, `${place}.away`);
    await shop.becomesIll('moved');
    await rename(`${place}.away`, place);
    await shop.becomesWell();
    expect(shop.errors()).toEqual({ store: ['moved'], others: [] });
  });
});

type Closable = { exec(sql: string): void; close(): void };
