/** A PostgreSQL of our own: started on a fresh folder for a test run, gone afterwards. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { postgresPrograms } from '../../server/setup/postgres.mjs';

export type Postgres = {
  /** Of its own database; others are made beside it. */
  url: string;
  /** Stop every process of it where it stands, as a hung disk does; and let them go on. */
  freeze(): void;
  thaw(): void;
  /** End it as `systemctl restart` does, and be back on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** `durable`: commits reach the disk, as they do for a merchant; for measuring. Otherwise tests need no power cut survived. */
export async function startPostgres({ durable = false } = {}): Promise<Postgres> {
  const programs = postgresPrograms(process.env);
  if (programs === null)
    throw new Error(
      'PostgreSQL is not installed. Run `npm test`, whose set-up installs it, or set POSTGRES_BIN.',
    );
  const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-postgres-'));
  // It refuses to run as root.
  const identity = process.getuid?.() === 0 ? userOf('postgres') : undefined;
  if (identity) await chown(folder, identity.uid, identity.gid);
  const data = path.join(folder, 'data');
  const asItself = { ...identity, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8' }, cwd: folder };
  execFileSync(
    path.join(programs, 'initdb'),
    ['-D', data, '-U', 'tests', '-A', 'trust', '-E', 'UTF8', '-N'],
    {
      ...asItself,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const port = await freePort();
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    max_connections: 200,
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
  };
  const start = async () => {
    const server = spawn(
      path.join(programs, 'postgres'),
      ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...asItself, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    await saysReady(server);
    return server;
  };
  const end = async () => {
    const ended = once(server, 'exit');
    // Fast shutdown: whoever is still connected is cut off.
    server.kill('SIGINT');
    await ended;
  };
  let server = await start();
  return {
    url: `postgres://tests@127.0.0.1:${port}/postgres`,
    freeze: () => signalTree(server.pid, 'SIGSTOP'),
    thaw: () => signalTree(server.pid, 'SIGCONT'),
    async restart() {
      await end();
      server = await start();
    },
    async stop() {
      await end();
      await rm(folder, { recursive: true });
    },
  };
}

function userOf(name: string): { uid: number; gid: number } {
  const id = (what: string) => Number(execFileSync('id', [what, name], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** To the process and its children, the process first so that it makes no more. */
function signalTree(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) throw new Error('PostgreSQL does not run');
  process.kill(pid, signal);
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  for (const child of children.split('\n').map(Number).filter(Boolean)) process.kill(child, signal);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** It says so on its log; anything else it said is told when it ends instead. */
function saysReady(server: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      said += chunk;
      if (said.includes('ready to accept connections')) resolve();
      said = said.slice(-10_000);
    });
    server.once('exit', code => reject(new Error(`PostgreSQL ended (${code}):\n${said}`)));
  });
}
