import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compressFiles } from '../../../tools/browser-build/compress.ts';
import { startServer, type TestServer, writeDist } from './http-server.ts';

const element = `export const element = '${'x'.repeat(500)}';\n`;
let server: TestServer;
beforeEach(async () => {
  server = await startServer();
  await writeDist(server, {
    'demo/index.html': '<!doctype html><title>Demo shop</title>',
    'console/index.html': '<!doctype html><title>Console</title>',
    'talk-to-us.js': element,
    'assets/leg-B3f9x_Qa.js': 'export {};',
    'assets/my-settings.json': '{}',
    'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  });
  await writeDist(server, { '../secret.txt': 'not for anybody' });
});
afterEach(() => server.close());

/** The status line and headers of a raw request: `fetch` would tidy the path up. */
async function raw(target: string): Promise<string> {
  const socket = connect(server.servers.ports().http, '127.0.0.1');
  socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  let text = '';
  socket.on('data', chunk => {
    text += chunk;
  });
  await once(socket, 'close');
  return text;
}

describe('pages and files', () => {
  test('H60 the demo shop, the console and the element are where the guides say', async () => {
    const pages = { '/': 'Demo shop', '/rep': 'Console', '/talk-to-us.js': 'element', '/favicon.svg': 'svg' };
    for (const [address, text] of Object.entries(pages)) {
      const answer = await server.get(address);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain(text);
    }
    expect((await server.get('/')).headers.get('content-type')).toMatch(/^text\/html; ?charset=utf-8$/i);
    expect((await server.get('/talk-to-us.js')).headers.get('content-type')).toMatch(/^text\/javascript/);
  });

  test('H61 pages run only our own scripts and styles, and open sockets only to us', async () => {
    const host = new URL(server.url).host;
    for (const [address, framed] of [
      ['/', "'self'"],
      ['/rep', "'none'"],
    ] as const) {
      const { headers } = await server.get(address);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy.split(';')).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          `connect-src 'self' ws://${host}`,
          "media-src 'self' blob:",
          "base-uri 'none'",
          `frame-ancestors ${framed}`,
        ]),
      );
      expect(policy).not.toMatch(/unsafe|upgrade-insecure|\*/);
      expect(headers.get('permissions-policy')).toContain('microphone=(self)');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('strict-transport-security')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  test('H62 a host name that is not ours gets into no policy', async () => {
    const socket = connect(server.servers.ports().http, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    expect(String(chunk)).toContain("connect-src 'self'");
    expect(String(chunk)).not.toContain('evil.example');
  });

  test('H63 shops on any origin may load the element and its chunks', async () => {
    for (const address of ['/talk-to-us.js', '/assets/leg-B3f9x_Qa.js']) {
      const { headers } = await fetch(server.url + address, { headers: { origin: 'https://shop.example' } });
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    }
    expect((await server.get('/rep')).headers.get('access-control-allow-origin')).toBeNull();
  });

  test('H64 files with a hash in their name are kept for ever, others are asked for again', async () => {
    const caching = async (address: string) => (await server.get(address)).headers.get('cache-control');
    expect(await caching('/assets/leg-B3f9x_Qa.js')).toBe('public, max-age=31536000, immutable');
    expect(await caching('/assets/my-settings.json')).toBe('no-cache');
    expect(await caching('/talk-to-us.js')).toBe('public, max-age=300');
    expect(await caching('/')).toBe('no-cache');
  });

  test('H65 a file that did not change is not sent again', async () => {
    const etag = (await server.get('/talk-to-us.js')).headers.get('etag') ?? '';
    const again = await fetch(`${server.url}/talk-to-us.js`, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    await writeDist(server, { 'talk-to-us.js': 'export const rebuilt = true;' });
    const rebuilt = await fetch(`${server.url}/talk-to-us.js`, { headers: { 'if-none-match': etag } });
    expect(await rebuilt.text()).toBe('export const rebuilt = true;');
  });

  test.each<[string, number, string | RegExp]>([
    ['bytes=0-5', 206, 'export'],
    ['bytes=7-', 206, /^const element/],
    ['bytes=9000-', 416, ''],
    ['bytes=5-2', 200, element],
    ['bytes=0-1,4-5', 200, element],
    ['nonsense', 200, element],
  ])('H66 range %s is answered with %i', async (range, status, text) => {
    const answer = await fetch(`${server.url}/talk-to-us.js`, { headers: { range } });
    expect(answer.status).toBe(status);
    expect(await answer.text()).toEqual(typeof text === 'string' ? text : expect.stringMatching(text));
  });

  test('H67 HEAD is answered with the headers alone', async () => {
    const answer = await fetch(`${server.url}/talk-to-us.js`, { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-length')).toBe(String(element.length));
  });

  test('H68 where nothing is, a program is told so in plain text', async () => {
    for (const address of [
      '/nothing',
      '/assets/gone-B3f9x_Qa.js',
      '/rep/deeper',
      '/demo/index.html',
      '/assets/',
    ]) {
      const answer = await server.get(address);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
      expect(await answer.text()).toContain('There is no page here');
    }
  });

  test.each([
    ['de-AT,de;q=0.9,en;q=0.5', 'de', 'ltr', 'Hier gibt es keine Seite'],
    ['fr', 'fr', 'ltr', 'Il n’y a pas de page ici'],
    ['es-MX', 'es', 'ltr', 'Aquí no hay ninguna página'],
    ['nl,ar;q=0.8', 'ar', 'rtl', 'لا توجد صفحة هنا'],
    ['nl', 'en', 'ltr', 'There is no page here'],
  ])(
    'L66 a browser that asks for %s is told in %s that nothing is there',
    async (asked, lang, dir, title) => {
      const answer = await fetch(`${server.url}/nothing`, {
        headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': asked },
      });
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
      expect(answer.headers.get('vary')).toMatch(/accept-language/i);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      const page = await answer.text();
      expect(page).toContain(`<html lang="${lang}" dir="${dir}">`);
      expect(page).toContain(`<h1>${title}</h1>`);
      expect(page).not.toContain('<script');
    },
  );

  test('L66 what is asked for data is answered as data, to browsers too', async () => {
    const answer = await fetch(`${server.url}/api/nothing`, {
      headers: { accept: 'text/html', 'accept-language': 'de' },
    });
    expect(answer.status).toBe(404);
    expect((await answer.json()).error.code).toBe('not-found');
  });

  test('H69 no path leads out of the folder', async () => {
    for (const target of [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/assets/%2e%2e/%2e%2e/secret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/assets/%252e%252e/secret.txt',
      '/assets/..\\..\\secret.txt',
      '/assets/%00',
      '/assets/%ff',
      '//evil.example/%2e%2e',
    ]) {
      const answer = await raw(target);
      expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
      expect(answer).not.toContain('not for anybody');
      expect(answer.toLowerCase()).not.toContain('location:');
    }
  });

  test('H70 a page that is not built yet says what to run', async () => {
    await rm(path.join(server.distDir, 'console'), { recursive: true });
    const answer = await server.get('/rep');
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('npm start');
  });

  test('H72 a file that vanishes before it can be opened ends that answer only', async () => {
    // It can be found but not opened, like a file that a new build removes in between.
    const listener = createServer().listen(path.join(server.distDir, 'assets', 'socket.js'));
    await once(listener, 'listening');
    await expect(server.get('/assets/socket.js')).rejects.toThrow();
    listener.close();
    expect((await server.get('/talk-to-us.js')).status).toBe(200);
  });

  test('H73 browsers are sent what the build compressed, others the file as it is', async () => {
    compressFiles(server.distDir);
    const get = (encodings: string) =>
      fetch(`${server.url}/talk-to-us.js`, { headers: { 'accept-encoding': encodings } });
    const sizes: number[] = [];
    for (const [accepted, sent] of [
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const answer = await get(accepted);
      expect(answer.headers.get('content-encoding')).toBe(sent);
      expect(answer.headers.get('vary')).toContain('Accept-Encoding');
      expect(answer.headers.get('content-type')).toMatch(/^text\/javascript/);
      sizes.push(Number(answer.headers.get('content-length')));
      expect(await answer.text()).toBe(element);
    }
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect(sizes[1]).toBeLessThan(element.length / 4);
  });

  test('H71 only an https public address promises transport security', async () => {
    const proxied = await startServer({ publicUrl: 'https://talk.shop.example', trustProxy: true });
    try {
      const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'talk.shop.example' };
      const through = await fetch(`${proxied.url}/healthz`, { headers });
      expect(through.headers.get('strict-transport-security')).toBe('max-age=31536000');
      const direct = await fetch(`${proxied.url}/healthz`);
      expect(direct.headers.get('strict-transport-security')).toBeNull();
    } finally {
      await proxied.close();
    }
  });
});
