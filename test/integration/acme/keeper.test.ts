/** The part that gets and renews the certificate, by itself: what it says of each refusal, and how long it waits then. */
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CertificateKeeper, createCertificateKeeper } from '../../../server/acme/keeper.ts';
import { onPlainHttp } from '../../../server/http/plain-http.ts';
import { loadTls } from '../../../server/http/tls.ts';
import { createLog } from '../../../server/log.ts';
import { inEnglish } from '../../../shared/refusals-in-english.ts';
import { type Pebble, startPebble } from '../../support/pebble.ts';
import { freePort } from '../../support/server-process.ts';
import { temporaryFolder } from '../http/temporary-folder.ts';

const minute = 60_000;
const hour = 60 * minute;
const domain = 'voice.shop.example';

const trusted = getCACertificates('default');
afterAll(() => setDefaultCACertificates(trusted));

/** A keeper whose clock is set by the test, and asks only when told to look. */
async function keeperIn(
  folder: string,
  options: { directory: string; domains?: string[]; httpPort?: number; email?: string },
) {
  const clock = { now: Date.now() };
  const used: string[] = [];
  const open = () =>
    createCertificateKeeper({
      domains: options.domains ?? [domain],
      email: options.email ?? null,
      directory: options.directory,
      folder: path.join(folder, 'acme'),
      httpPort: () => options.httpPort ?? 80,
      now: () => clock.now,
      random: () => 0,
      onCertificate: pair => used.push(pair.cert),
      log: createLog({ logLevel: 'silent', logPretty: 'off' }),
    });
  return { clock, used, open, keeper: await open() };
}

/** The words of the last refusal, and how long it waits, ms. */
function refusal({ keeper, clock }: { keeper: CertificateKeeper; clock: { now: number } }) {
  const { failure } = keeper.report();
  return {
    words: failure?.told.map(inEnglish).join(' ') ?? '',
    waits: (failure?.nextTryAt ?? 0) - clock.now,
  };
}

describe("with Let's Encrypt's authority for tests", () => {
  let authority: Pebble;
  let httpPort: number;
  beforeAll(async () => {
    httpPort = await freePort();
    authority = await startPebble({ httpPort });
    setDefaultCACertificates([...trusted, authority.certificate]);
  });
  afterAll(() => authority.stop());

  test('H267 a closed port, another server at the name and a name that leads nowhere are told as that, with what to do', async () => {
    await using folder = await temporaryFolder();
    const other = createHttpServer((_, res) => res.end('Welcome to the other shop')).listen(
      httpPort,
      '127.0.0.7',
    );
    await once(other, 'listening');
    await authority.lead('closed.shop.example', '127.0.0.8');
    await authority.lead('other.shop.example', '127.0.0.7');
    const told = async (name: string) => {
      const one = await keeperIn(path.join(folder.path, name), {
        directory: authority.directory,
        domains: [name],
        httpPort: 8080,
      });
      await one.keeper.look();
      await one.keeper.close();
      return refusal(one).words;
    };
    expect(await told('closed.shop.example')).toMatch(
      /^Port 80 of closed\.shop\.example cannot be reached from outside\. Open TCP port 80 in the firewall.* port 8080 of this machine/,
    );
    expect(await told('other.shop.example')).toMatch(
      /^At other\.shop\.example, port 80, another server answers/,
    );
    expect(await told('nowhere.shop.example')).toMatch(
      /^The name nowhere\.shop\.example leads nowhere yet\. .*add an A record/,
    );
    other.close();
  });

  test('H268 of several names the one that is wrong is told, and the next try after it was mended succeeds', async () => {
    await using folder = await temporaryFolder();
    const one = await keeperIn(folder.path, {
      directory: authority.directory,
      domains: [domain, `www.${domain}`],
      email: 'it@shop.example',
    });
    const config = { acmeDomains: [domain], publicUrl: null, trustProxy: false };
    const here = createHttpServer(
      onPlainHttp((_, res) => res.writeHead(500).end(), { keeper: one.keeper, config }),
    ).listen(httpPort, '127.0.0.1');
    await once(here, 'listening');
    await authority.lead(domain, '127.0.0.1');
    await one.keeper.look();
    expect(refusal(one).words).toMatch(`The name www.${domain} leads nowhere yet`);
    expect(refusal(one).waits).toBe(2 * minute);

    await authority.lead(`www.${domain}`, '127.0.0.1');
    one.clock.now += 2 * minute - 1;
    await one.keeper.look();
    expect(one.used).toHaveLength(0);
    one.clock.now += 1;
    await one.keeper.look();
    expect(one.used).toHaveLength(1);
    expect(one.keeper.report().failure).toBeNull();
    // Sixty days later, with a third of its life left, and not before.
    const { until } = one.keeper.report();
    one.clock.now = (until ?? 0) - 30 * 24 * hour - hour;
    await one.keeper.look();
    expect(one.used).toHaveLength(1);
    one.clock.now += 2 * hour;
    await one.keeper.look();
    expect(one.used).toHaveLength(2);
    await one.keeper.close();
    here.close();
  });
});

describe('authorities that refuse', () => {
  /** Answers everything beside the directory with one refusal, as they do to whoever is too much for them. */
  async function refusing(folder: string, status: number, problem: object, headers = {}) {
    const tls = await loadTls({ certsDir: path.join(folder, 'certs'), hosts: ['127.0.0.1'], now: Date.now });
    setDefaultCACertificates([...trusted, tls.cert]);
    const asked: string[] = [];
    const server = createHttpsServer(tls, (req, res) => {
      asked.push(req.url ?? '');
      const base = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
      if (req.url === '/dir')
        return res.end(JSON.stringify({ newNonce: `${base}/nonce`, newAccount: `${base}/account` }));
      res.setHeader('replay-nonce', 'once');
      if (req.method === 'HEAD') return res.end();
      return res
        .writeHead(status, { 'content-type': 'application/problem+json', ...headers })
        .end(JSON.stringify(problem));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const directory = `https://127.0.0.1:${(server.address() as AddressInfo).port}/dir`;
    return { directory, asked, close: () => server.close() };
  }

  test('H269 one that is asked too often is left alone as long as it says, also by a server that is started anew', async () => {
    await using folder = await temporaryFolder();
    const type = 'urn:ietf:params:acme:error:rateLimited';
    const detail = 'too many certificates already issued';
    const authority = await refusing(folder.path, 429, { type, detail }, { 'retry-after': '90000' });
    const one = await keeperIn(folder.path, authority);
    await one.keeper.look();
    expect(refusal(one).words).toMatch(/was asked too often for voice\.shop\.example.*already issued/);
    expect(refusal(one).waits).toBe(25 * hour);
    const asked = authority.asked.length;
    // Once each: the library does not ask again by itself.
    expect(authority.asked.filter(url => url === '/account')).toHaveLength(1);
    one.clock.now += 25 * hour - 1;
    const anew = await one.open();
    await anew.look();
    expect(authority.asked).toHaveLength(asked);
    one.clock.now += 1;
    await anew.look();
    expect(authority.asked.length).toBeGreaterThan(asked);
    authority.close();
  });

  test('H270 without a word from it, the wait doubles from two minutes to six hours; a clock that was set back ends it', async () => {
    await using folder = await temporaryFolder();
    const authority = await refusing(folder.path, 503, { nothing: true });
    const one = await keeperIn(folder.path, authority);
    const waits: number[] = [];
    for (let count = 0; count < 10; count++) {
      await one.keeper.look();
      waits.push(refusal(one).waits);
      one.clock.now += refusal(one).waits;
    }
    expect(waits.map(ms => ms / minute)).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
    await one.keeper.look();
    const asked = authority.asked.length;
    one.clock.now -= 30 * 24 * hour;
    await one.keeper.look();
    expect(authority.asked.length).toBeGreaterThan(asked);
    authority.close();
  });

  test('H271 one that cannot be reached, or has no certificate that this machine trusts, is told with the reason', async () => {
    await using folder = await temporaryFolder();
    const port = await freePort();
    const down = await keeperIn(folder.path, { directory: `https://127.0.0.1:${port}/dir` });
    await down.keeper.look();
    expect(refusal(down).words).toMatch(
      new RegExp(`^127\\.0\\.0\\.1:${port} cannot be reached to ask for a certificate: .*ECONNREFUSED`),
    );
    const authority = await refusing(folder.path, 500, {});
    setDefaultCACertificates(trusted);
    const unknown = await keeperIn(folder.path, authority);
    await unknown.keeper.look();
    expect(refusal(unknown).words).toMatch(/cannot be reached.*self-signed certificate/);
    authority.close();
  });
});
