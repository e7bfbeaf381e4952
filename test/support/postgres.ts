/** A PostgreSQL of our own: started on a fresh folder for a test run, gone afterwards. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { postgresPrograms } from '../../tools/setup/postgres.mjs';
import { onSmallDisk } from './surroundings.ts';

export type Postgres = {
  /** Of its own database; others are made beside it. */
  url: string;
  /** Stop every process of it where it stands, as a hung disk does; and let them go on. */
  freeze(): void;
  thaw(): void;
  /** The folder of its data as this process can reach it, for who wants to fill its disk. */
  folder(): string;
  /** End it as `systemctl restart` does, and be back on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * `diskBytes`: its data lie on a disk of their own of that size, which needs root. It begins with some 70 MB.
 * `durable`: commits reach the disk, as they do for a merchant; for measuring. Otherwise tests need no power cut survived.
 */
export async function startPostgres({ durable = false, diskBytes = 0 } = {}): Promise<Postgres> {
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
    // It looks in turn at every database of the run, of which each test makes one.
    autovacuum: durable ? 'on' : 'off',
  };
  const disk = path.join(folder, 'disk');
  if (diskBytes > 0) {
    if (!identity) throw new Error('Only root can give PostgreSQL a disk of its own.');
    await mkdir(disk);
  }
  const start = async () => {
    const command = [
      path.join(programs, 'postgres'),
      ...['-D', diskBytes > 0 ? disk : data],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ];
    const server =
      identity && diskBytes > 0
        ? onDiskOfItsOwn(command, { data, disk, bytes: diskBytes, identity, env: asItself.env })
        : spawn(command[0] ?? '', command.slice(1), { ...asItself, stdio: ['ignore', 'ignore', 'pipe'] });
    await saysReady(server);
    return server;
  };
  /** Either way whoever is still connected is cut off; fast shutdown writes all to the disk first. */
  const end = async (how: 'fast' | 'immediate') => {
    const ended = once(server, 'exit');
    server.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await ended;
  };
  let server = await start();
  return {
    url: `postgres://tests@127.0.0.1:${port}/postgres`,
    freeze: () => signalTree(server.pid, 'SIGSTOP'),
    thaw: () => signalTree(server.pid, 'SIGCONT'),
    folder: () => path.join(`/proc/${server.pid}/root`, diskBytes > 0 ? disk : data),
    async restart() {
      await end('fast');
      server = await start();
    },
    async stop() {
      await end('immediate');
      await rm(folder, { recursive: true });
    },
  };
}

/** Root mounts the disk and copies the data there; then it becomes PostgreSQL, as the user that this wants to be. */
function onDiskOfItsOwn(
  command: string[],
  {
    data,
    disk,
    bytes,
    identity,
    env,
  }: {
    data: string;
    disk: string;
    bytes: number;
    identity: { uid: number; gid: number };
    env: Record<string, string>;
  },
): ChildProcess {
  const [program = '', ...rest] = [
    ...onSmallDisk(disk, bytes),
    ...['sh', '-c', 'cp -a "$0/." "$1" && chown "$2" "$1" && chmod 700 "$1" && shift 2 && exec "$@"'],
    ...[data, disk, String(identity.uid)],
    ...['setpriv', '--reuid', String(identity.uid), '--regid', String(identity.gid), '--clear-groups', '--'],
    ...command,
  ];
  return spawn(program, rest, { env, stdio: ['ignore', 'ignore', 'pipe'] });
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
