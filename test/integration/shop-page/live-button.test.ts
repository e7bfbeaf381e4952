/** “Is my button live?”, asked of real pages: one for each thing that can be wrong. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGuardedClient } from '../../../server/net/guarded-client.ts';
import { fetchPage } from '../../../server/shop-page/fetch-page.ts';
import type { PageReport } from '../../../shared/api/shop-page.ts';
import type { SiteSheet } from '../../../shared/api/sites.ts';
import { type BarePage, HttpsShop } from '../../support/https-shop.ts';
import type { RepAccount } from '../../support/rep-account.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

let shop: HttpsShop;
let server: TestServer;
let ana: RepAccount;
let sites: SiteSheet[];
/** The origin that shops load the button from. */
const voice = 'https://voice.example';
const script = `<script type="module" src="${voice}/talk-to-us.js"></script>`;
const tag = '<talk-to-us site="demo"></talk-to-us>';

beforeAll(async () => {
  shop = await HttpsShop.open();
  server = await startTestServer({
    workers: 1,
    environment: { PUBLIC_URL: voice },
    trustedPages: [shop.origin],
  });
  ana = await server.addRep('Ana');
  await ana.addSite(server.origin, 'Second shop');
  ({ sites } = await ana.read<{ sites: SiteSheet[] }>(server.origin, '/api/sites'));
  await ana.patchSite(server.origin, sites[0]!.id, { allowedOrigins: [shop.origin] });
});
afterAll(async () => {
  await server.close();
  await shop.close();
});

async function look(url: string, site?: string): Promise<PageReport> {
  const answer = await ana.ask(server.origin, 'POST', '/api/reach/page', { url, ...(site ? { site } : {}) });
  expect(answer.status).toBe(200);
  return (await answer.json()) as PageReport;
}
const findings = async (page: BarePage) => (await look(shop.at('/', page), sites[0]!.id)).findings;
const policy = (text: string) => ({ 'content-security-policy': text });

describe('is my button live?', () => {
  test('H312 a page with script and tag, on the list, is all good; so is one whose script adds the tag', async () => {
    const good = { html: `<!doctype html><title>Mugs</title><p>Mugs</p>${script}${tag}` };
    expect(await look(shop.at('/good', good))).toEqual({
      url: shop.at('/good', good),
      site: sites[0]!.id,
      findings: [],
    });
    const loader = `<script>(function () {
      var script = document.createElement('script'); script.type = 'module';
      script.src = "${voice}/talk-to-us.js"; document.head.appendChild(script);
      var button = document.createElement('talk-to-us'); button.setAttribute('site', "demo");
      document.body.appendChild(button); })();</script>`;
    expect(await findings({ html: loader })).toEqual([]);
    expect(await findings({ html: loader.replace('"demo"', '"nobodys"') })).toEqual([]);
    const strict = policy(`script-src ${voice}; connect-src ${voice} wss://voice.example`);
    expect(await findings({ ...good, headers: strict })).toEqual([]);
  });

  test.each<[name: string, page: () => BarePage, expected: unknown[]]>([
    ['neither script nor tag', () => ({ html: '<p>Mugs</p>' }), [{ is: 'no-script', tag: false }]],
    ['no script', () => ({ html: tag }), [{ is: 'no-script', tag: true }]],
    ['a script in a comment', () => ({ html: `<!-- ${script} -->${tag}` }), [{ is: 'no-script', tag: true }]],
    [
      'the script of another server',
      () => ({ html: `<script type=module src=//other.example/talk-to-us.js></script>${tag}` }),
      [{ is: 'other-server', server: 'https://other.example' }],
    ],
    ['no tag', () => ({ html: script }), [{ is: 'no-tag' }]],
    ['a tag without key', () => ({ html: `${script}<talk-to-us></talk-to-us>` }), [{ is: 'no-key' }]],
    [
      'a key that nobody here has',
      () => ({ html: `${script}<talk-to-us site=demmo></talk-to-us>` }),
      [{ is: 'unknown-key', key: 'demmo' }],
    ],
    [
      'the key of another shop of theirs',
      () => ({ html: `${script}<talk-to-us site="${sites[1]!.key}"></talk-to-us>` }),
      [{ is: 'other-site', name: 'Second shop' }],
    ],
    [
      'a policy that keeps the script out',
      () => ({ html: script + tag, headers: policy("script-src 'self'; connect-src *") }),
      [{ is: 'script-forbidden', add: `script-src ${voice}` }],
    ],
    [
      'a policy in the page that lets it connect to nothing',
      () => ({
        html: `<meta http-equiv="Content-Security-Policy" content="connect-src 'self'">${script}${tag}`,
      }),
      [{ is: 'connection-forbidden', add: `connect-src ${voice} wss://voice.example` }],
    ],
    [
      'a policy that allows no sockets',
      () => ({ html: script + tag, headers: policy(`default-src ${voice}`) }),
      [{ is: 'connection-forbidden', add: `connect-src ${voice} wss://voice.example` }],
    ],
    [
      'no microphone',
      () => ({ html: script + tag, headers: { 'permissions-policy': 'microphone=()' } }),
      [{ is: 'microphone-blocked' }],
    ],
    ['an error', () => ({ status: 503, html: script + tag }), [{ is: 'status', status: 503 }]],
    [
      'two things at once',
      () => ({ html: `${script}<talk-to-us></talk-to-us>`, headers: policy("script-src 'none'") }),
      [{ is: 'no-key' }, { is: 'script-forbidden', add: `script-src ${voice}` }],
    ],
  ])('H312 a page with %s is told as that', async (_name, page, expected) => {
    expect(await findings(page())).toEqual(expected);
  });

  test('H312 an address that is not on the list is told, and is no finding any more once it is allowed', async () => {
    const { id, key } = sites[1]!;
    const url = shop.at('/second', { html: `${script}<talk-to-us site="${key}"></talk-to-us>` });
    expect(await look(url)).toMatchObject({
      site: id,
      findings: [{ is: 'not-listed', origin: shop.origin }],
    });
    await ana.ask(server.origin, 'POST', `/api/sites/${id}/allowed-origins`, { origin: shop.origin });
    expect((await look(url)).findings).toEqual([]);
  });

  test('H313 redirects are followed to the page, up to three of them', async () => {
    shop.at('/end', { html: script + tag });
    shop.at('/a', { status: 302, headers: { location: '/end#top' } });
    const moved = shop.at('/b', { status: 301, headers: { location: `${shop.origin}/a` } });
    expect(await look(moved)).toMatchObject({ url: `${shop.origin}/end`, findings: [] });
    const round = shop.at('/round', { status: 302, headers: { location: '/round' } });
    expect((await look(round)).findings).toEqual([{ is: 'leads-on', to: round }]);
  });

  test('H313 what is in no public network is not looked at, also when a page leads there, and what does not answer is told', async () => {
    const why = async (url: string) => (await look(url)).findings;
    for (const url of [
      'http://127.0.0.1/',
      'localhost',
      'https://10.0.0.1/',
      'ftp://shop.example/',
      'https://',
    ])
      expect([url, await why(url)]).toEqual([url, [{ is: 'not-reached', why: 'not-allowed' }]]);
    const inside = shop.at('/inside', { status: 302, headers: { location: server.origin } });
    expect(await why(inside)).toEqual([{ is: 'not-reached', why: 'not-allowed' }]);
    const client = createGuardedClient({
      ...{ names: 'any', trustedOrigins: [], timeoutMs: 5_000, maxBytes: 1_000 },
      resolve: async () => ['192.168.1.1'],
    });
    expect(await fetchPage(client, 'shop.example')).toEqual({ is: 'not-reached', why: 'not-public' });
    const gone = await HttpsShop.open();
    const { origin } = gone;
    await gone.close();
    const trusting = createGuardedClient({
      ...{ names: 'any', trustedOrigins: [origin], timeoutMs: 5_000, maxBytes: 1_000 },
    });
    expect(await fetchPage(trusting, origin)).toEqual({ is: 'not-reached', why: 'unreachable' });
  });

  test('H313 nobody asks about the site of somebody else', async () => {
    const answer = await ana.ask(server.origin, 'POST', '/api/reach/page', { url: shop.origin, site: 'x' });
    expect(answer.status).toBe(404);
  });
});
