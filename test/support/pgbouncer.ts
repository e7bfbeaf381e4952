/** A PgBouncer in front of a PostgreSQL, as hosting companies put one there. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pgbouncerProgram } from '../../tools/setup/test-tools.mjs';
import { freePort } from './server-process.ts';
import { until } from './until.ts';

type Pooler = { url: string; stop(): Promise<void> };

/** @param settings of PgBouncer's own file, beside those that say where it is */
export async function startPgbouncer(
  target: string,
  settings: Readonly<Record<string, string>>,
): Promise<Pooler> {
  const program = pgbouncerProgram();
  if (program === null)
    throw new Error('PgBouncer is not installed. Run `npm test`, whose set-up installs it.');
  const url = new URL(target);
  const port = await freePort();
  const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-pgbouncer-'));
  await chmod(folder, 0o755);
  const file = path.join(folder, 'pgbouncer.ini');
  const own = {
    listen_addr: '127.0.0.1',
    listen_port: String(port),
    unix_socket_dir: '',
    auth_type: 'any',
    default_pool_size: '40',
    ...settings,
  };
  await writeFile(
    file,
    [
      '[databases]',
      `* = host=${url.hostname} port=${url.port} user=${url.username}`,
      '[pgbouncer]',
      ...Object.entries(own).map(([name, value]) => `${name} = ${value}`),
      '',
    ].join('\n'),
    { mode: 0o644 },
  );
  // It refuses to run as root.
  const id = (what: string) => Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' }));
  const identity = process.getuid?.() === 0 ? { uid: id('-u'), gid: id('-g') } : {};
  const child = spawn(program, [file], { ...identity, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`PgBouncer ended (${child.exitCode}):\n${said}`);
    return listens(port);
  });
  url.port = String(port);
  return {
    url: url.href,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const answer = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'close').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return answer;
}
