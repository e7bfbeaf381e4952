/** A server behind a domain, against Let's Encrypt's own authority for tests. */
import { once } from 'node:events';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { domain, ServerWithDomain } from '../../support/server-with-domain.ts';
import { SignalingClient } from '../../support/signaling-client.ts';
import { until } from '../../support/until.ts';

describe('the domain leads here', () => {
  let shop: ServerWithDomain;
  beforeAll(async () => {
    shop = await ServerWithDomain.prepare();
    await shop.authority.lead(domain, '127.0.0.1');
    await shop.start();
    await shop.obtained();
  });
  afterAll(() => shop.remove());

  test('H260 the server starts at once with its own certificate, and shows one of the authority as soon as it has it', async () => {
    expect(shop.server.welcome).toContain(`https://${domain}/rep`);
    expect(shop.server.welcome).toContain(`A certificate for ${domain} is being asked for`);
    const certificate = await shop.certificate();
    expect(certificate.issuer).toContain('Pebble');
    expect(certificate.checkHost(domain)).toBe(domain);
  });

  test('H265 keys are kept for the owner of the server only, and stand in no line of the log', async () => {
    const files = (await readdir(shop.acmeFolder)).sort();
    expect(files).toEqual(['account.json', 'certificate.pem', 'state.json']);
    expect((await stat(shop.acmeFolder)).mode & 0o777).toBe(0o700);
    const modes = await Promise.all(files.map(file => stat(path.join(shop.acmeFolder, file))));
    expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
    const kept = await Promise.all(files.map(file => readFile(path.join(shop.acmeFolder, file), 'utf8')));
    const secrets = kept.join().match(/[A-Za-z\d+/]{60,}/g) ?? [];
    expect(secrets.length).toBeGreaterThan(2);
    const told = JSON.stringify(shop.server.log()) + shop.server.welcome;
    expect(secrets.filter(secret => told.includes(secret))).toEqual([]);
  });

  test('H261 who opens the name without https is sent there, keeping path and query; probes, other names and what is no reading are answered as they are', async () => {
    const moved = { status: 308, location: `https://${domain}/rep?x=1` };
    expect(await shop.plain(domain, '/rep?x=1')).toEqual(moved);
    expect(await shop.plain(`${domain}:80`, '/rep?x=1', 'HEAD')).toEqual(moved);
    expect(await shop.plain(domain, '/healthz')).toEqual({ status: 200 });
    const availability = '/api/sites/demo/availability';
    expect(await shop.plain('localhost', availability)).toEqual({ status: 200 });
    expect(await shop.plain(domain, availability)).toMatchObject({ status: 308 });
    expect(await shop.plain(domain, availability, 'POST')).toEqual({ status: 403 });
    expect(await shop.plain(domain, '/.well-known/acme-challenge/guessed')).toEqual({ status: 404 });
  });

  test('H264 a start with a good certificate asks for none, and shows it from the first moment', async () => {
    const { serialNumber } = await shop.certificate();
    const before = shop.orders();
    await shop.stop('kill');
    await shop.start();
    expect(shop.server.welcome).toMatch(
      new RegExp(`certificate for ${domain} is good until 20\\S+ \\S+ UTC and renewed`),
    );
    expect((await shop.certificate()).serialNumber).toBe(serialNumber);
    // Another name makes it ask: what was ordered by then is all that was.
    await shop.stop();
    await shop.authority.lead(`www.${domain}`, '127.0.0.1');
    await shop.start({ ACME_DOMAIN: `${domain}, www.${domain}` });
    await shop.obtained();
    expect(shop.orders()).toBe(before + 1);
    expect((await shop.certificate()).checkHost(`www.${domain}`)).toBe(`www.${domain}`);
  });
});

describe('a certificate that lives twenty seconds', () => {
  let shop: ServerWithDomain;
  beforeAll(async () => {
    shop = await ServerWithDomain.prepare({ validS: 20 });
    await shop.authority.lead(domain, '127.0.0.1');
    await shop.start();
    await shop.obtained();
  });
  afterAll(() => shop.remove());

  test('H262 it is renewed with a third of its life left, and shown without a restart; open sockets live on', async () => {
    const first = await shop.certificate();
    const { client } = await SignalingClient.shopper(`https://127.0.0.1:${shop.httpsPort}`, {});
    await until(async () => (await shop.certificate()).serialNumber !== first.serialNumber);
    expect(Date.now()).toBeLessThan(first.validToDate.getTime());
    expect(Date.now()).toBeGreaterThan(first.validFromDate.getTime() + 12_000);
    const answered = once(client.socket, 'pong');
    client.socket.ping();
    await answered;
    client.socket.terminate();
  });
});

describe('the domain leads nowhere', () => {
  let shop: ServerWithDomain;
  beforeAll(async () => {
    shop = await ServerWithDomain.prepare();
    await shop.start();
  });
  afterAll(() => shop.remove());

  test('H263 a failure is told in words, the server runs on, and a start does not ask again before its time', async () => {
    expect(await shop.warning()).toMatch(`The name ${domain} leads nowhere yet`);
    expect(await shop.plain(domain, '/readyz')).toEqual({ status: 200 });
    expect((await shop.certificate()).issuer).toBe('CN=Talk to Us');
    expect(shop.orders()).toBe(1);

    await shop.authority.lead(domain, '127.0.0.1');
    await shop.stop();
    await shop.start();
    expect(shop.server.welcome).toMatch(`There is no certificate for ${domain} yet`);
    expect(shop.server.welcome).toMatch(`The name ${domain} leads nowhere yet`);
    expect(shop.server.welcome).toMatch(/asked for again at 20\S+ \S+ UTC/);
    // Another name makes it ask: what was ordered by then is all that was.
    await shop.stop();
    await shop.authority.lead(`www.${domain}`, '127.0.0.1');
    await shop.start({ ACME_DOMAIN: `www.${domain}` });
    await shop.obtained();
    expect(shop.orders()).toBe(2);
  });
});

describe('the server is killed while it is asked', () => {
  const hung = '127.0.0.6';
  let shop: ServerWithDomain;
  beforeAll(async () => {
    shop = await ServerWithDomain.prepare();
    await shop.authority.lead(domain, hung);
  });
  afterAll(() => shop.remove());

  test('H266 the next start waits too, so that one that crashes again and again asks once', async () => {
    const silent = createServer().listen(shop.httpPort, hung);
    const asked = once(silent, 'connection');
    await shop.start();
    const [held] = (await asked) as [Socket];
    await shop.stop('kill');
    await shop.start();
    expect(shop.server.welcome).toMatch(/asked for again at 20\S+ \S+ UTC/);
    expect(shop.orders()).toBe(1);
    silent.close();
    held.destroy();
  });
});
