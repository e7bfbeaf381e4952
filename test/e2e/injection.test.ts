/** Script in whatever a shop, a shopper or a rep can write: everybody reads it as text, and none of it runs. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Person } from '../support/browser.ts';
import { figure } from '../support/figures.ts';
import { openShopper, RepPage } from '../support/pages.ts';
import { Shopper } from '../support/people.ts';
import { RepAccount } from '../support/rep-account.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

/** Each calls `ran` if anything takes it for more than text. */
const corpus = [
  '<img src=x onerror=ran()>',
  '<script>ran()</script>',
  '"><svg onload=ran()>',
  `'"--></style></script><script>ran()</script>`,
  '<iframe srcdoc="<script>parent.ran()</script>"></iframe>',
  '<a href="javascript:ran()">click</a>',
  '<details open ontoggle=ran()>x</details>',
  '<input autofocus onfocus=ran()>',
  '<math><mtext><mglyph><style><!--</style><img title="--><img src=x onerror=ran()>">',
  '&lt;img src=x onerror=ran()&gt;',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a template would run
  '${ran()}',
  '{{constructor.constructor("ran()")()}}',
  '<template shadowrootmode=open><img src=x onerror=ran()></template>',
  '<base href="javascript:ran()//">',
  'javascript:ran()',
];
const of = (n: number) => corpus[n % corpus.length]!;
const password = 'a good long password';

let server: TestServer;
const opened: Person[] = [];
const ran: string[] = [];

async function open(toneHz: number): Promise<Person> {
  const person = await openBrowser(toneHz);
  opened.push(person);
  await person.page.exposeFunction('ran', () => ran.push(person.page.url()));
  person.page.on('dialog', dialog => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  return person;
}

const shows = (page: Page, text: string) =>
  page.getByText(text, { exact: true }).first().waitFor({ state: 'attached' });

/** No link leads into a script, however it came there. */
const linksLeadOut = async (page: Page) => {
  const hrefs = await page
    .locator('a[href]')
    .evaluateAll(links => links.map(link => (link as HTMLAnchorElement).href));
  expect(hrefs.filter(href => !/^https?:/.test(href))).toEqual([]);
};

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  const token = /#link=(\S+)/.exec(server.setUpLink())![1]!;
  const ana = await RepAccount.make(server.origin, token, {
    ...{ name: of(0), email: 'ana@shop.example', password },
  });
  await ana.ask(server.origin, 'PATCH', '/api/first-run', { state: 'dismissed' });
  await server.setQueue({
    offerMs: 60_000,
    texts: { every: { waiting: of(2), closed: of(3), noRep: of(4), full: of(5) } },
  });
});
afterAll(async () => {
  await Promise.all(opened.map(person => person.close()));
  await server.close();
});
afterEach(() => {
  expect(ran).toEqual([]);
});

test('S91 script in names, pages, carts, notes and texts is shown as text on both sides, and none runs', async () => {
  const ana = new RepPage(await open(880));
  await ana.page.goto(`${server.origin}/rep/`);
  await ana.page.getByLabel('E-mail').fill('ana@shop.example');
  await ana.page.getByLabel('Password', { exact: true }).fill(password);
  await ana.press('Sign in');
  await ana.goAvailable();
  // Somebody else is first, so that there is a line to stand in.
  const kim = await Shopper.arrive(server.origin);
  const callOfKim = await kim.call(587);
  await ana.accept();

  const sam = await openShopper(await open(440), server.origin);
  await sam.page.goto(`${server.origin}/?q=${encodeURIComponent(of(1))}#${of(2)}`);
  await sam.page.evaluate(texts => {
    document.title = texts[3]!;
    Object.assign(document.querySelector('talk-to-us')!, {
      context: {
        name: texts[0],
        cart: {
          items: texts.map(name => ({ name, quantity: 1, price: name, url: 'javascript:ran()' })),
          total: texts[1],
        },
        fields: texts.map(value => ({ label: value.slice(0, 80), value })),
      },
    });
  }, corpus);
  await sam.call();
  await sam.state('waiting');
  await shows(sam.page, of(2));
  await kim.signaling.request('call.hang-up', { callId: callOfKim });
  kim.close();
  await ana.press('Done');

  await ana.state('ringing');
  await shows(ana.page, of(0));
  await ana.accept();
  await sam.state('talking');
  await shows(sam.page, of(0));
  await shows(ana.page, of(3));
  for (const text of corpus) await shows(ana.page, text);
  await linksLeadOut(ana.page);

  await sam.press('Hang up');
  await ana.state('wrap-up');
  await ana.page.getByRole('textbox').first().fill(corpus.join('\n'));
  await ana.press('Done');
  await ana.state('idle');
  await sam.state('ended');
  figure('20-shopper', `${corpus.length} kinds in the shop's words and the rep's name: shown, none ran`);

  for (const section of ['Queues', 'Team', 'Shop'] as const) {
    await ana.settings(section);
    if (section === 'Team') await shows(ana.page, of(0));
    await linksLeadOut(ana.page);
  }
  await ana.settings('Calls');
  await shows(ana.page, of(0));
  await ana.page.getByText(of(0), { exact: true }).first().click();
  await ana.page.getByText(of(1), { exact: false }).first().waitFor({ state: 'attached' });
  await linksLeadOut(ana.page);
  figure('20-rep', `${corpus.length} kinds in name, page, cart, fields and note: shown, none ran`);
});
