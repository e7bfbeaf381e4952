/**
 * Our whole server, as `npm start` runs it, on a data folder of its own, and what a benchmark wants to know from inside of
 * it. Run as a child process; says its port.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { readConfig } from '../../server/config.ts';
import { createIdentity } from '../../server/identity/identity.ts';
import { loadSecrets } from '../../server/identity/secrets.ts';
import { createLog } from '../../server/log.ts';
import { startServer } from '../../server/main.ts';
import { mainAccount } from '../../server/store/members.ts';
import { openSqlite } from '../../server/store/sqlite.ts';
import { addUser } from '../../server/store/users.ts';
import type { RepId } from '../../shared/ids.ts';
import { answerQuestions } from './contender.ts';

export type OurOptions = {
  /** Where media are taken. */
  address?: string;
  /** Counting takes a log of every statement, which costs: figures of time are taken without. */
  countStatements?: boolean;
};

const { address = '127.0.0.1', countStatements = false } = JSON.parse(process.argv[2] ?? '{}') as OurOptions;
const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-bench-'));
const dataDir = path.join(folder, 'data');
const config = {
  ...readConfig({
    DATA_DIR: dataDir,
    CERTS_DIR: path.join(folder, 'certs'),
    HOST: '127.0.0.1',
    RTC_LISTEN_ADDRESS: address,
    ANNOUNCED_ADDRESS: address,
    WORKERS: '1',
    LOG_LEVEL: 'warn',
  }),
  // Any free ones.
  port: 0,
  httpsPort: 0,
  rtcPort: 0,
};

let statements = 0;
const countingLog = () =>
  pino(
    { level: 'trace' },
    new Writable({
      write(line, _, done) {
        if ('sql' in (JSON.parse(String(line)) as object)) statements++;
        done();
      },
    }),
  );
const server = await startServer(config, { log: countStatements ? countingLog() : createLog(config) });
// The same file, beside the server: only what a team's administrator would have done over weeks is written by it.
const beside = openSqlite(dataDir);
const identity = createIdentity({ db: beside, secrets: await loadSecrets(dataDir), now: Date.now });
const delays = monitorEventLoopDelay({ resolution: 1 });

answerQuestions({
  /** Accounts of reps, in every queue. */
  async 'add reps'(names: string[]) {
    await beside.transaction().execute(async tx => {
      for (const name of names) {
        const user = { id: name as RepId, email: `${name}@bench.example`, name, password_hash: '' };
        await addUser(tx, user, { accountId: mainAccount, role: 'rep' }, Date.now());
      }
    });
  },
  async ticket(name: string) {
    const { token } = (await identity.issueRepSession(name as RepId, 'bench', false, null)) ?? {};
    const session = token && (await identity.readRepSession(token));
    if (!session) throw new Error(`${name} could not be signed in`);
    return identity.issueTicket(session.sessionId);
  },
  'count statements': () => {
    statements = 0;
  },
  statements: () => statements,
  'watch stalls': () => {
    delays.reset();
    delays.enable();
  },
  /** The longest time for which nothing else got its turn, ms. The timer itself comes once a millisecond. */
  stall: () => {
    delays.disable();
    return Math.max(0, delays.max / 1e6 - 1);
  },
});
process.send?.({ port: server.ports.http, setUpToken: server.setUpToken });
process.once('disconnect', async () => {
  await beside.destroy();
  await server.close();
  await rm(folder, { recursive: true, force: true });
  process.exit();
});
