/** Shop pages of another origin than the voice server's, as wild as a test wants them. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const modules = path.join(import.meta.dirname, '../../node_modules');

export const insecureHost = 'shop.test';

export type ShopPage = {
  /** Before the element's script, which is fetched as a module and so runs after all of this. */
  head?: string;
  body?: string;
  headers?: Record<string, string>;
  /** Of the page; empty for none. */
  lang?: string;
};

/** Whole pages by path; real libraries below `/npm/`. */
export class Shop {
  readonly #server: Server;
  readonly #pages = new Map<string, ShopPage>();
  readonly #voice: () => string;

  private constructor(server: Server, voice: () => string) {
    this.#server = server;
    this.#voice = voice;
  }

  /** @param voice origin of the voice server, known once it runs */
  static async open(voice: () => string): Promise<Shop> {
    const server = createServer();
    const shop = new Shop(server, voice);
    server.on('request', async (request, response) => {
      const url = (request.url ?? '/').split('?')[0] ?? '/';
      if (url.startsWith('/npm/')) {
        response.setHeader('content-type', 'text/javascript');
        response.end(await readFile(path.join(modules, url.slice('/npm/'.length))));
        return;
      }
      const page = shop.#pages.get(url);
      response.statusCode = page ? 200 : 404;
      for (const [name, value] of Object.entries(page?.headers ?? {})) response.setHeader(name, value);
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(page ? shop.#html(url, page) : '');
    });
    await new Promise<void>(resolve => server.listen(0, resolve));
    return shop;
  }

  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The same for a browser that has this host, see `openBrowser`. */
  get insecureOrigin(): string {
    return this.origin.replace('localhost', insecureHost);
  }

  /** The same at a name that is on nobody's list. */
  get otherOrigin(): string {
    return this.origin.replace('localhost', '127.0.0.1');
  }

  /** Sets what is served at a path; its address. */
  at(url: string, page: ShopPage): string {
    this.#pages.set(url, page);
    return `${this.origin}${url}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #html(
    url: string,
    { head = '', body = '<talk-to-us site="demo"></talk-to-us>', lang = 'en' }: ShopPage,
  ): string {
    return `<!doctype html><html${lang && ` lang="${lang}"`}><head><title>Shop ${url}</title><link rel="icon" href="data:,">${head}
      <script type="module" src="${this.#voice()}/talk-to-us.js"></script></head>
      <body>${body}</body></html>`;
  }
}
