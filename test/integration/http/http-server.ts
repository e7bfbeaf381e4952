/** A real server for tests of the HTTP side: Koa on free ports, SQLite and secrets in a folder of its own. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Kysely } from 'kysely';
import { pino } from 'pino';
import { createInProcessBus } from '../../../server/bus/in-process.ts';
import { reachability } from '../../../server/calls/routing/availability.ts';
import { movedClock, RowClock } from '../../../server/calls/transaction/row-clock.ts';
import { createTransactions } from '../../../server/calls/transaction/transactions.ts';
import { createRefusedOrigins } from '../../../server/demand/refused-origins.ts';
import { createUnmetDemand } from '../../../server/demand/unmet-demand.ts';
import { createHttp } from '../../../server/http/app.ts';
import type { HttpDeps, MediaFigures } from '../../../server/http/deps.ts';
import { createMetrics, type Metrics } from '../../../server/http/metrics.ts';
import { createServers, type Servers } from '../../../server/http/servers.ts';
import { loadTls } from '../../../server/http/tls.ts';
import { newId, secureRandom } from '../../../server/identity/clock-and-random.ts';
import { createIdentity, type Identity } from '../../../server/identity/identity.ts';
import { createLinks, type Links } from '../../../server/identity/links.ts';
import { trackOwnOrigins } from '../../../server/identity/own-origins.ts';
import { createSecondFactors } from '../../../server/identity/second-factors.ts';
import { loadSecrets } from '../../../server/identity/secrets.ts';
import { createSignInProvider, type ProviderSettings } from '../../../server/identity/sign-in-provider.ts';
import { createGuardedClient } from '../../../server/net/guarded-client.ts';
import { network } from '../../../server/quota/network.ts';
import { createSounds } from '../../../server/sounds/sounds.ts';
import { mainAccount } from '../../../server/store/members.ts';
import type { Database } from '../../../server/store/schema.ts';
import { ensureDemoSite } from '../../../server/store/sites.ts';
import { openSqlite } from '../../../server/store/sqlite.ts';
import { waitedCommits } from '../../../server/store/store.ts';
import type { StoreTrouble } from '../../../server/store/store-error.ts';
import type { RepId } from '../../../shared/ids.ts';
import { countedReads, type Reads } from '../../support/counted-reads.ts';
import { migratedSqlite } from '../../support/migrated.ts';

export type TestServer = {
  db: Kysely<Database>;
  /** What the server read of it. */
  reads: Reads;
  identity: Identity;
  links: Links;
  metrics: Metrics;
  servers: Servers;
  /** Where the built browser side would be. */
  distDir: string;
  /** `http://127.0.0.1:<port>`. */
  url: string;
  clock: { now: number };
  /** What the media plane would report. */
  media: MediaFigures;
  life: { shuttingDown: boolean; trouble: StoreTrouble | null };
  /** Reps whose sign-out was passed on. */
  signedOut: RepId[];
  /** Every log line, as JSON. */
  logged: string[];
  /** A request from one of our own pages: JSON, with the origin; `cookie` as from `cookieOf`. */
  post(route: string, body: unknown, cookie?: string): Promise<Response>;
  /** The same with another method. */
  send(method: string, route: string, body: unknown, cookie?: string): Promise<Response>;
  get(route: string, cookie?: string): Promise<Response>;
  close(): Promise<void>;
};

export async function startServer(
  config: Partial<HttpDeps['config']> = {},
  inHandCaps?: HttpDeps['inHandCaps'],
  provider?: ProviderSettings,
): Promise<TestServer> {
  const dir = await mkdtemp(path.join(tmpdir(), 'http-'));
  const distDir = path.join(dir, 'dist');
  await mkdir(distDir);
  const clock = { now: Date.now() };
  const now = () => clock.now;
  await migratedSqlite(path.join(dir, 'data'));
  const { db, reads } = countedReads(openSqlite(path.join(dir, 'data')));
  await ensureDemoSite(db, now(), () => newId(secureRandom));

  const secrets = await loadSecrets(path.join(dir, 'data'));
  const identity = createIdentity({ db, secrets, now });
  const links = createLinks({ db, now });
  const secondFactors = createSecondFactors({ db, secrets, now });
  const metrics = createMetrics();
  const media: MediaFigures = { workers: [{ alive: true }, { alive: true }], legs: 3, edges: 4, pipes: 1 };
  const life: TestServer['life'] = { shuttingDown: false, trouble: null };
  const signedOut: RepId[] = [];
  const logged: string[] = [];
  const publicUrl = config.publicUrl ?? null;

  const log = pino({ level: 'trace' }, { write: line => void logged.push(line) });
  const sounds = await createSounds({ db, folder: path.join(dir, 'data', 'uploads'), now, log });
  const refusedOrigins = createRefusedOrigins({ db, now, log });
  const unmetDemand = createUnmetDemand({ db, now, log });
  const handler = createHttp({
    config: { publicUrl, trustProxy: false, metricsToken: null, host: '127.0.0.1', ...config },
    db,
    storeTrouble: () => life.trouble,
    transactions: createTransactions({
      store: { db, siteLocks: null, ...waitedCommits(db) },
      bus: createInProcessBus(),
      rowClock: new RowClock(movedClock(now)),
    }),
    identity,
    links,
    secondFactors,
    provider: provider ? createSignInProvider({ settings: provider, db, secrets, now, log }) : null,
    metrics,
    sounds,
    log,
    now,
    distDir,
    ownOrigins: trackOwnOrigins({ ports: () => servers.ports(), announced: [], publicUrl, now }),
    place: () => ({
      ports: servers.ports(),
      mediaPorts: { first: 40_000, last: 40_001 },
      certificate: tls.cert,
      acme: null,
    }),
    trials: null,
    shopPages: createGuardedClient({ names: [], trustedOrigins: [], timeoutMs: 1_000, maxBytes: 1_000 }),
    refusedOrigins,
    unmetDemand,
    networkOf: network,
    ...(inHandCaps ? { inHandCaps } : {}),
    reachability: (siteId, queueId) => reachability(db, siteId, now(), queueId),
    mediaFigures: async () => media,
    shuttingDown: () => life.shuttingDown,
    checkAnswers: true,
    forgetBytes: async () => undefined,
    signedOut: async repId => void signedOut.push(repId),
    sessionsEnded: async () => undefined,
  });
  const tls = await loadTls({ certsDir: path.join(dir, 'certs'), hosts: ['localhost', '127.0.0.1'], now });
  const servers = createServers({ handler, host: '127.0.0.1', httpPort: 0, httpsPort: 0, tls });
  await servers.listen();
  const url = `http://127.0.0.1:${servers.ports().http}`;

  const send = (method: string, route: string, body: unknown, cookie = '') =>
    fetch(url + route, {
      method,
      headers: { origin: url, 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    });
  return {
    ...{ db, reads, identity, links, metrics, servers, distDir, url, clock, media, life, signedOut, logged },
    send,
    post: (route, body, cookie) => send('POST', route, body, cookie),
    get: (route, cookie = '') => fetch(url + route, { headers: { cookie } }),
    async close() {
      await servers.close();
      await refusedOrigins.close();
      await unmetDemand.close();
      await sounds.close();
      await db.destroy();
      await rm(dir, { recursive: true });
    },
  };
}

/** The cookie that an answer sets, as a browser would send it back. */
export function cookieOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

export type ErrorBody = {
  error: {
    code: string;
    reason?: string;
    params?: Record<string, string | number>;
    field?: string;
    message: string;
  };
};
export const errorIn = async (response: Response) => ((await response.json()) as ErrorBody).error;

/** The status, and the code of the error if there is one. */
export async function outcome(response: Response): Promise<string> {
  const body = (await response.json()) as Partial<ErrorBody>;
  return [response.status, body.error?.code].filter(Boolean).join(' ');
}

export const person = {
  name: 'Ada Admin',
  email: 'ada@shop.example',
  password: 'correct horse battery',
};

/** Make the first admin by the set-up link; returns the cookie. */
export async function makeAdmin(server: TestServer): Promise<string> {
  const token = await server.links.ensureSetUp(mainAccount);
  return cookieOf(await server.post('/api/rep/links/use', { token, ...person }));
}

/** As what people are invited unless a test says otherwise. */
export const asRep = { accountId: mainAccount, role: 'rep' } as const;

/** Make a rep by an invitation; returns the cookie. */
export async function makeRep(server: TestServer): Promise<string> {
  const ben = { ...person, name: 'Ben', email: 'ben@shop.example' };
  const token = await server.links.invite({ ...ben, ...asRep }, null);
  return cookieOf(await server.post('/api/rep/links/use', { token, ...ben }));
}

export async function writeDist(server: TestServer, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(server.distDir, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
