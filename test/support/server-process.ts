/** The server as a process of its own: it can be killed as a power cut would, and run in surroundings of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import type { Place } from './engines.ts';

const main = path.resolve(import.meta.dirname, '../../server/main.ts');

type Options = {
  /** The one of the server before, so that clients find it again. */
  port?: number;
  environment?: Readonly<Record<string, string>>;
  /** A command that runs what stands after it, such as `unshare -m`; it must become that program, not wait for it. */
  within?: readonly string[];
};

/** One line of the log. */
export type LogLine = { level: number; msg: string; trouble?: string };

export class ServerProcess {
  readonly origin: string;
  readonly setUpToken: string | null;
  /** What it told at the terminal when it was up. */
  readonly welcome: string;
  readonly #child: ChildProcess;
  readonly #heard: Heard;

  private constructor(child: ChildProcess, heard: Heard, origin: string) {
    this.#child = child;
    this.#heard = heard;
    this.welcome = heard.out;
    this.origin = origin;
    this.setUpToken = /#link=(\S+)/.exec(heard.out)?.[1] ?? null;
  }

  static async start(place: Place, options: Options = {}): Promise<ServerProcess> {
    const { child, heard } = await launch(place, options);
    await until(child, heard, () => heard.out.includes('Stop with Ctrl-C'));
    const told = /Rep console +(http:\/\/[^/\s]+)\/rep/.exec(heard.out)?.[1];
    // With a public address it tells that one alone.
    const origin = told ?? (options.port ? `http://127.0.0.1:${options.port}` : null);
    if (!origin) throw new Error(`no address in: ${heard.out}`);
    return new ServerProcess(child, heard, origin.replace('localhost', '127.0.0.1'));
  }

  /** A start that is to fail: what is said on the way, and the exit code. */
  static async fails(place: Place, options: Options = {}): Promise<{ code: number | null } & Heard> {
    const { child, heard } = await launch(place, options);
    let started = false;
    child.stdout?.on('data', () => {
      if (!heard.out.includes('Stop with Ctrl-C')) return;
      started = true;
      child.kill('SIGKILL');
    });
    const [code] = (await once(child, 'close')) as [number | null];
    if (started) throw new Error(`the server started:\n${heard.out}`);
    return { code, ...heard };
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('the server has no process');
    return this.#child.pid;
  }

  get port(): number {
    return Number(new URL(this.origin).port);
  }

  log(): LogLine[] {
    return this.#heard.out
      .split('\n')
      .filter(line => line.startsWith('{') && line.endsWith('}'))
      .map(line => JSON.parse(line) as LogLine);
  }

  /** SIGTERM, as a service manager sends it; the exit code. */
  async end(): Promise<number | null> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const [code] = (await ended) as [number | null];
    return code;
  }

  /** SIGKILL: it can write nothing, close nothing and tell nobody. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null) throw new Error(`the server had ended (${this.#child.exitCode})`);
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}

type Heard = { out: string; err: string };

async function launch(place: Place, { port = 0, environment = {}, within = [] }: Options) {
  const [program = '', ...rest] = [...within, process.execPath, main];
  const child = spawn(program, rest, {
    env: {
      ...process.env,
      DATA_DIR: place.dataDir,
      CERTS_DIR: path.join(place.dataDir, 'certs'),
      DATABASE_URL: place.databaseUrl ?? '',
      PORT: String(port),
      HTTPS_PORT: '0',
      HOST: '127.0.0.1',
      RTC_PORT: String(await freePort()),
      RTC_LISTEN_ADDRESS: '127.0.0.1',
      ANNOUNCED_ADDRESS: '127.0.0.1',
      WORKERS: '1',
      LOG_LEVEL: 'error',
      LOG_PRETTY: 'off',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard: Heard = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    heard.err += text;
  });
  return { child, heard };
}

function until(child: ChildProcess, heard: Heard, condition: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      if (condition()) resolve();
    });
    child.once('error', reject);
    child.once('exit', code => reject(new Error(`the server ended (${code}):\n${heard.out}\n${heard.err}`)));
  });
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
