/** What a click would get, asked again and again by many pages: given without being worked out anew, and never when it is not so any more. */
import { Writable } from 'node:stream';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Reachability } from '../../../shared/views.ts';
import { Rep, Shopper } from '../../support/people.ts';
import type { RepAccount } from '../../support/rep-account.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { until } from '../../support/until.ts';

let server: TestServer;
let admin: RepAccount;
let asked: string[] = [];
/** Nobody else reads sites by their key. */
const log = pino(
  { level: 'trace' },
  new Writable({
    write(line, _, done) {
      const { sql } = JSON.parse(line) as { sql?: string };
      if (sql?.includes('from "sites" where "key"')) asked.push(sql);
      done();
    },
  }),
);
const shop = 'https://shop.example';

beforeAll(async () => {
  server = await startTestServer({ log });
  admin = await server.addRep('Ana');
});
afterAll(() => server.close());

async function ask(headers: Record<string, string> = {}, query = '') {
  const answer = await fetch(`${server.origin}/api/sites/demo/availability${query}`, { headers });
  const { date: _, ...others } = Object.fromEntries(answer.headers);
  return { status: answer.status, headers: others, body: (await answer.json()) as Reachability };
}

/** The first answer, and the next one that nothing was looked up for. */
async function askTwice(headers: Record<string, string> = {}, query = '') {
  return until(async () => {
    const first = await ask(headers, query);
    asked = [];
    const second = await ask(headers, query);
    return asked.length === 0 && { first, second };
  });
}

async function list(...allowedOrigins: string[]): Promise<void> {
  const { sites } = await admin.read<{ sites: { id: string }[] }>(server.origin, '/api/sites');
  await admin.patchSite(server.origin, sites[0]!.id, { allowedOrigins });
}

test('H255 what a click would get is given again with the very same headers, to the same page only', async () => {
  await list(shop);
  const pages: Record<string, string>[] = [{}, { origin: shop }, { origin: server.origin }];
  for (const headers of pages) {
    const { first, second } = await askTwice(headers);
    expect(second).toEqual(first);
    expect(first.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      ...(headers.origin ? { 'access-control-allow-origin': headers.origin } : {}),
    });
  }
  expect(await ask({ origin: 'https://other.example' })).toMatchObject({ status: 403 });
  const { second } = await askTwice({}, '?queue=mistyped');
  expect(second.body.availability).toBe('unknown-queue');
  expect((await ask()).body.availability).toBe('no-rep');
});

test('H256 it is given anew as soon as something changes: a rep on duty, the list of shops', async () => {
  await list(shop);
  const { second } = await askTwice({ origin: shop });
  expect(second.body.availability).toBe('no-rep');
  const rep = await Rep.signIn(server.origin, admin);
  await rep.goAvailable(440);
  expect((await ask({ origin: shop })).body.availability).toBe('open');
  await askTwice({ origin: shop });
  await list();
  expect((await ask({ origin: shop })).status).toBe(403);
  rep.close();
});

test('H329 it is given again in one language only, and anew as soon as who is on duty speaks another one', async () => {
  await list();
  await admin.patchQueue(server.origin, { preferLanguageMs: 60_000 });
  const speaks = async (who: RepAccount, ...languages: string[]) =>
    expect((await who.ask(server.origin, 'PATCH', '/api/rep/me', { languages })).status).toBe(200);
  const second = await server.addRep('Ben');
  await speaks(admin, 'de');
  const [ana, ben] = [await Rep.signIn(server.origin, admin), await Rep.signIn(server.origin, second)];
  await ana.goAvailable(440);
  await ben.goAvailable(550);
  const answers = async () => {
    const given: string[] = [];
    for (const language of ['de', 'fr']) given.push((await ask({}, `?lang=${language}`)).body.availability);
    return given;
  };
  expect(await answers()).toEqual(['open', 'open']);
  // The only one who speaks German is rung, and so is no longer free.
  const shopper = await Shopper.arrive(server.origin);
  await shopper.call(660, { language: 'de' });
  await ana.untilWork('ringing');
  expect(await answers()).toEqual(['busy', 'open']);
  for (const language of ['de', 'fr']) {
    const { first, second } = await askTwice({}, `?lang=${language}`);
    expect(second).toEqual(first);
  }
  expect(await answers()).toEqual(['busy', 'open']);
  await speaks(second, 'de', 'fr');
  expect(await answers()).toEqual(['open', 'open']);
  await speaks(second, 'fr');
  expect(await answers()).toEqual(['busy', 'open']);
  for (const one of [shopper, ana, ben]) one.close();
});
