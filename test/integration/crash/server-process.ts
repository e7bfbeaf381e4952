/** The server as a process of its own, which can be killed as a power cut would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import type { Place } from '../../support/engines.ts';

const main = path.resolve(import.meta.dirname, '../../../server/main.ts');

export class ServerProcess {
  readonly origin: string;
  readonly setUpToken: string | null;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, origin: string, setUpToken: string | null) {
    this.#child = child;
    this.origin = origin;
    this.setUpToken = setUpToken;
  }

  /** @param port the one of the server before, so that clients find it again */
  static async start(place: Place, port = 0): Promise<ServerProcess> {
    const child = spawn(process.execPath, [main], {
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
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const text = await untilItSays(child, 'Stop with Ctrl-C');
    const origin = /Rep console +(http:\/\/[^/\s]+)\/rep/.exec(text)?.[1];
    if (!origin) throw new Error(`no address in: ${text}`);
    return new ServerProcess(
      child,
      origin.replace('localhost', '127.0.0.1'),
      /#link=(\S+)/.exec(text)?.[1] ?? null,
    );
  }

  get port(): number {
    return Number(new URL(this.origin).port);
  }

  /** SIGKILL: it can write nothing, close nothing and tell nobody. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null) throw new Error(`the server had ended (${this.#child.exitCode})`);
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}

function untilItSays(child: ChildProcess, end: string): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk;
      if (said.includes(end)) resolve(said);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', code => reject(new Error(`the server ended (${code}):\n${said}`)));
  });
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
