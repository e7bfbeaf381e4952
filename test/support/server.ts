/** A whole server for a test: real database, workers and ports of its own, all gone afterwards. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Logger } from 'pino';
import { movedClock } from '../../server/calls/transaction/row-clock.ts';
import { type Config, readConfig } from '../../server/config.ts';
import { linkUrl } from '../../server/identity/links.ts';
import { type RunningServer, startServer } from '../../server/main.ts';
import { openSqlite } from '../../server/store/sqlite.ts';
import { type QueueSettings, queueSettings } from '../../shared/settings.ts';
import type { Reachability } from '../../shared/views.ts';
import { migratedSqlite } from './migrated.ts';
import { RepAccount } from './rep-account.ts';
import { until } from './until.ts';

export type TestServer = {
  origin: string;
  httpsOrigin: string;
  dataDir: string;
  config: Config;
  /** The first call makes the admin by the set-up link, later ones reps by invitation. */
  addRep(name: string): Promise<RepAccount>;
  /** Waits until a click on the button would be answered. */
  untilOpen(): Promise<void>;
  /** The link that the start prints, while there is no admin. */
  setUpLink(): string;
  /** Change settings of the one queue, as the owner would; they count from the next decision on. */
  setQueue(settings: Partial<QueueSettings>): Promise<void>;
  /** End the server and start it again on the same data, as a restart does. */
  restart(): Promise<void>;
  /** End the server; the answer starts it again on the same data and ports. */
  stop(): Promise<() => Promise<void>>;
  close(): Promise<void>;
};

/** @param options `now` for an injected clock; other settings as in the environment */
export async function startTestServer(
  options: {
    workers?: number;
    now?: () => number;
    environment?: Record<string, string>;
    log?: Logger;
    /** Pages of shops in this network that the server may look at. */
    trustedPages?: readonly string[];
  } = {},
): Promise<TestServer> {
  const { workers = 2, now, environment = {}, log, trustedPages = [] } = options;
  const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-test-'));
  const config: Config = {
    ...readConfig({
      DATA_DIR: path.join(folder, 'data'),
      CERTS_DIR: path.join(folder, 'certs'),
      ANNOUNCED_ADDRESS: '127.0.0.1',
      LOG_LEVEL: 'error',
      ...environment,
    }),
    port: 0,
    httpsPort: 0,
    rtcPort: 0,
    workers,
  };
  const startOptions = {
    ...(now ? { clock: movedClock(now) } : {}),
    ...(log ? { log } : {}),
    checkAnswers: true,
    trustedPages,
  };
  await migratedSqlite(config.dataDir);
  let running: RunningServer = await startServer(config, startOptions);
  let admin: RepAccount | undefined;

  const server: TestServer = {
    get origin() {
      return `http://127.0.0.1:${running.ports.http}`;
    },
    get httpsOrigin() {
      return `https://127.0.0.1:${running.ports.https}`;
    },
    dataDir: config.dataDir,
    config,
    async addRep(name) {
      const person = { name, email: `${name.toLowerCase()}@shop.example`, password: 'a good long password' };
      const token = admin
        ? await admin.invite(server.origin, person)
        : (running.setUpToken ?? fail('the server gave no set-up link'));
      const account = await RepAccount.make(server.origin, token, person);
      // Its first run is the subject of tests of its own.
      if (!admin) await account.ask(server.origin, 'PATCH', '/api/first-run', { state: 'dismissed' });
      admin ??= account;
      return account;
    },
    async untilOpen() {
      const url = `${server.origin}/api/sites/demo/availability`;
      await until(async () => ((await (await fetch(url)).json()) as Reachability).availability === 'open');
    },
    setUpLink: () =>
      linkUrl(`http://localhost:${running.ports.http}`, running.setUpToken ?? fail('no set-up link')),
    async setQueue(settings) {
      const db = openSqlite(config.dataDir);
      const queue = await db.selectFrom('queues').select('settings').executeTakeFirstOrThrow();
      const changed = queueSettings.parse({ ...JSON.parse(queue.settings), ...settings });
      await db
        .updateTable('queues')
        .set({ settings: JSON.stringify(changed) })
        .execute();
      await db.destroy();
    },
    async restart() {
      const start = await server.stop();
      await start();
    },
    async stop() {
      await running.close();
      // The same ports, so that clients find it again as they would in life.
      const ports = running.ports;
      return async () => {
        running = await startServer({ ...config, port: ports.http, httpsPort: ports.https }, startOptions);
      };
    },
    async close() {
      await running.close();
      await rm(folder, { recursive: true });
    },
  };
  return server;
}

function fail(message: string): never {
  throw new Error(message);
}
