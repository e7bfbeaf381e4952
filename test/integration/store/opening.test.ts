/** Databases that cannot be opened, told in one sentence with what to do; nothing of them is changed. */

import { once } from 'node:events';
import { mkdir, mkdtemp, open, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { explainFailure } from '../../../server/process-life.ts';
import { migrate } from '../../../server/store/migrate.ts';
import { openStore } from '../../../server/store/open.ts';
import { openSqlite, sqliteFileName } from '../../../server/store/sqlite.ts';
import { quiet } from '../../support/media.ts';
import { type Postgres, startPostgres } from '../../support/postgres.ts';

/** What the person at the terminal reads: as `main.ts` opens the store. */
async function told(place: { databaseUrl: string | null; dataDir: string }): Promise<string> {
  try {
    const store = await openStore(place, quiet);
    try {
      const migration = store.migrationDb();
      await migrate(migration.db)
        .catch(error => {
          throw store.explain(error);
        })
        .finally(() => migration.close());
    } finally {
      await store.close();
    }
  } catch (error) {
    return explainFailure(error);
  }
  return 'opened';
}

const isOneMessage = (text: string) => {
  expect(text).toMatch(/^\nTalk to Us could not start\.\n\n[^\n]+\n\n$/);
};

describe('a data folder', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'talk-to-us-opening-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));
  const file = () => path.join(dataDir, sqliteFileName);

  test.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'whose database is some other file',
      () => writeFile(file(), 'Dear diary, '.repeat(1_000)),
      /is damaged\. Keep a copy/,
    ],
    ['whose database is a folder', () => mkdir(file()), /talk-to-us\.sqlite in .* is not a file/],
    [
      'whose database was damaged in the middle',
      async () => {
        expect(await told({ databaseUrl: null, dataDir })).toBe('opened');
        const handle = await open(file(), 'r+');
        const { size } = await handle.stat();
        for (let at = 4_096; at < size; at += 4_096)
          await handle.write(Buffer.alloc(4_096, 0xa5), 0, 4_096, at);
        await handle.close();
      },
      /is damaged\. (Keep|Stop)/,
    ],
    [
      'whose database a newer version has changed',
      async () => {
        await told({ databaseUrl: null, dataDir });
        const db = openSqlite(dataDir) as never as {
          insertInto(table: string): { values(row: object): { execute(): Promise<unknown> } };
          destroy(): Promise<void>;
        };
        await db.insertInto('kysely_migration').values({ name: '9999-later', timestamp: 'later' }).execute();
        await db.destroy();
      },
      /A newer version of Talk to Us has used this database \(its change 9999-later/,
    ],
    ['whose name leads in a circle', () => symlink(file(), file()), /cannot be used|not a file/],
  ])('T79 %s', async (_what, prepare, words) => {
    await prepare();
    const text = await told({ databaseUrl: null, dataDir });
    isOneMessage(text);
    expect(text).toMatch(words);
  });

  test('T79 that is a file, or lies under one', async () => {
    const place = path.join(dataDir, 'a-file');
    await writeFile(place, 'mine');
    for (const folder of [place, path.join(place, 'data')]) {
      const text = await told({ databaseUrl: null, dataDir: folder });
      isOneMessage(text);
      expect(text).toContain('must be a folder');
    }
    expect(await readFile(place, 'utf8')).toBe('mine');
  });
});

describe('PostgreSQL', () => {
  let postgres: Postgres;
  const listeners: Server[] = [];
  const ports = { other: '', silent: '' };
  const listen = async (onConnection: (socket: Socket) => void): Promise<string> => {
    const server = createServer(socket => {
      socket.on('error', () => undefined);
      onConnection(socket);
    }).listen(0, '127.0.0.1');
    listeners.push(server);
    await once(server, 'listening');
    return String((server.address() as { port: number }).port);
  };
  const asAdmin = async (url: string, ...statements: string[]) => {
    const client = new pg.Client(url);
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  const as = (change: (url: URL) => void, base = postgres.url) => {
    const url = new URL(base);
    change(url);
    return told({ databaseUrl: url.href, dataDir: '' });
  };

  beforeAll(async () => {
    postgres = await startPostgres();
    ports.other = await listen(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    ports.silent = await listen(socket => socket.resume());
    await asAdmin(
      postgres.url,
      `create role guest login password 'right-horse'`,
      `create role few login connection limit 1`,
      // Of this server alone: the ones of other tests have files of their own.
      `do $$ begin execute format(
         'copy (values (''host all guest 127.0.0.1/32 scram-sha-256''), (''host all nobody 127.0.0.1/32 reject''),
           (''host all all 127.0.0.1/32 trust'')) to %L', current_setting('hba_file')); end $$`,
      'select pg_reload_conf()',
    );
  });
  afterAll(async () => {
    for (const server of listeners) server.close();
    await postgres.stop();
  });

  test.each<[string, (url: URL) => void, RegExp]>([
    [
      'a wrong password',
      url => Object.assign(url, { username: 'guest', password: 'wrong-horse' }),
      /password is wrong or missing/,
    ],
    ['no password where one is needed', url => Object.assign(url, { username: 'guest' }), /wrong or missing/],
    [
      'a user who may not make tables',
      url => Object.assign(url, { username: 'guest', password: 'right-horse' }),
      /may not make tables there\. Make the user the owner/,
    ],
    [
      'a user whom the server turns away',
      url => Object.assign(url, { username: 'nobody' }),
      /may not connect/,
    ],
    ['a user who is not there', url => Object.assign(url, { username: 'stranger' }), /user may not connect/],
    ['a user without connections left', url => Object.assign(url, { username: 'few' }), /no connection left/],
    ['a host that is not there', url => Object.assign(url, { hostname: 'no.such.host.invalid' }), /host/],
    [
      'a port at which another program listens',
      url => Object.assign(url, { port: ports.other }),
      /does not answer as PostgreSQL does/,
    ],
    ['a port that never answers', url => Object.assign(url, { port: ports.silent }), /It does not answer/],
    [
      'a database that is not there',
      url => Object.assign(url, { pathname: '/nothing' }),
      /Make it with createdb/,
    ],
    [
      'a standby, or one made read-only',
      url => url.searchParams.set('options', '-c default_transaction_read_only=on'),
      /read but not written/,
    ],
  ])('T80 %s is told in one sentence, without the password', async (_what, change, words) => {
    const text = await as(change);
    isOneMessage(text);
    expect(text).toMatch(words);
    expect(text).not.toMatch(/horse/);
  });
});
