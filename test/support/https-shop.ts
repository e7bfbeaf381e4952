/** A shop's web server with encryption, as far as programs look at it: pages as they are, by path, without anything added. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { OutgoingHttpHeaders } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadTls } from '../../server/http/tls.ts';
import { trustAlso } from './trust.ts';

export type BarePage = { status?: number; headers?: OutgoingHttpHeaders; html?: string };

export class HttpsShop {
  readonly #server: Server;
  readonly #pages: Map<string, BarePage>;
  readonly #clean: () => Promise<void>;

  private constructor(server: Server, pages: Map<string, BarePage>, clean: () => Promise<void>) {
    this.#server = server;
    this.#pages = pages;
    this.#clean = clean;
  }

  /** This process trusts its certificate until it is closed. */
  static async open(): Promise<HttpsShop> {
    const folder = await mkdtemp(path.join(tmpdir(), 'https-shop-'));
    const tls = await loadTls({ certsDir: folder, hosts: ['127.0.0.1'], now: Date.now });
    const trustNoMore = trustAlso(tls.cert);
    const pages = new Map<string, BarePage>();
    const server = createServer(tls, (request, response) => {
      const page = pages.get(request.url ?? '');
      response.writeHead(page ? (page.status ?? 200) : 404, {
        'content-type': 'text/html; charset=utf-8',
        ...page?.headers,
      });
      response.end(page?.html ?? '');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new HttpsShop(server, pages, async () => {
      trustNoMore();
      await rm(folder, { recursive: true });
    });
  }

  get origin(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Sets what is served at a path; its address. */
  at(url: string, page: BarePage): string {
    this.#pages.set(url, page);
    return `${this.origin}${url}`;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await this.#clean();
  }
}
