/** A server as a process, started as somebody would behind a domain, and the authority that it gets its certificate from. */
import type { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from 'node:tls';
import { type Pebble, startPebble } from './pebble.ts';
import { freePort, ServerProcess } from './server-process.ts';
import { until } from './until.ts';

export const domain = 'voice.shop.example';

export class ServerWithDomain {
  readonly authority: Pebble;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly #folder: string;
  #server: ServerProcess | undefined;

  private constructor(authority: Pebble, ports: { http: number; https: number }, folder: string) {
    this.authority = authority;
    this.httpPort = ports.http;
    this.httpsPort = ports.https;
    this.#folder = folder;
  }

  /** The authority alone; the server is started by `start`. */
  static async prepare({ validS }: { validS?: number } = {}): Promise<ServerWithDomain> {
    const [http, https] = await Promise.all([freePort(), freePort()]);
    const authority = await startPebble({ httpPort: http, ...(validS ? { validS } : {}) });
    const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-domain-'));
    return new ServerWithDomain(authority, { http, https }, folder);
  }

  /** Where it keeps what it has of the authority. */
  get acmeFolder(): string {
    return path.join(this.#folder, 'acme');
  }
  get server(): ServerProcess {
    if (!this.#server) throw new Error('the server was not started');
    return this.#server;
  }

  async start(environment: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    this.#server = await ServerProcess.start(
      { dataDir: this.#folder, databaseUrl: null, environment: {}, remove: async () => {} },
      {
        port: this.httpPort,
        environment: {
          HTTPS_PORT: String(this.httpsPort),
          ACME_DOMAIN: domain,
          ACME_DIRECTORY: this.authority.directory,
          LOG_LEVEL: 'info',
          ...this.authority.environment,
          ...environment,
        },
      },
    );
    return this.#server;
  }

  async stop(how: 'end' | 'kill' = 'end'): Promise<void> {
    await this.#server?.[how]();
    this.#server = undefined;
  }

  async remove(): Promise<void> {
    await this.stop();
    await this.authority.stop();
    await rm(this.#folder, { recursive: true });
  }

  /** What a browser is shown that opens the domain. */
  async certificate(): Promise<X509Certificate> {
    const socket = connect({
      host: '127.0.0.1',
      port: this.httpsPort,
      servername: domain,
      rejectUnauthorized: false,
    });
    await once(socket, 'secureConnect');
    const certificate = socket.getPeerX509Certificate();
    socket.destroy();
    if (!certificate) throw new Error('no certificate was shown');
    return certificate;
  }

  /** What is answered without encryption to somebody who asks by that name. */
  plain(host: string, url: string, method = 'GET'): Promise<{ status: number; location?: string }> {
    return new Promise((resolve, reject) => {
      const ask = request({
        host: '127.0.0.1',
        port: this.httpPort,
        path: url,
        method,
        headers: { host },
        agent: false,
      });
      ask.on('error', reject).on('response', answer => {
        answer.resume();
        const { location } = answer.headers;
        resolve({ status: answer.statusCode ?? 0, ...(location ? { location } : {}) });
      });
      ask.end();
    });
  }

  obtained(): Promise<true> {
    return until(() => this.server.log().some(({ msg }) => msg === 'a certificate was obtained'));
  }

  /** The first warning in the log. */
  warning(): Promise<string> {
    return until(() => this.server.log().find(({ level }) => level === 40)?.msg);
  }

  /** How often something was ordered at the authority. */
  orders(): number {
    return this.authority.said().split('Added order').length - 1;
  }
}
