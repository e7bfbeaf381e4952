/** Firefox on pages that change the language, move the element, cover it and are left and come back to. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Firefox, firefoxToneHz } from '../support/firefox.ts';
import { asScript, oldLibraries } from '../support/old-libraries.ts';
import { Shopper } from '../support/people.ts';
import { PushService } from '../support/push-service.ts';
import type { ShopPage } from '../support/shop-page.ts';
import { ShopWithRep } from '../support/shop-with-rep.ts';
import { until } from '../support/until.ts';

let pushService: PushService;
let shop: ShopWithRep;
let firefox: Firefox;

beforeAll(async () => {
  pushService = await PushService.start();
  // Firefox sends nothing to 127.0.0.1: the server is to name all the addresses of the machine.
  shop = await ShopWithRep.open({ ANNOUNCED_ADDRESS: '' });
  firefox = await Firefox.open(pushService.urlForFirefox);
});
afterAll(async () => {
  await firefox.close();
  await shop.close();
  await pushService.close();
});

const isHeard = () => until(() => Math.abs(shop.ana.voice.measure('voice').frequencyHz - firefoxToneHz) < 4);

async function talkOn(page: ShopPage | string): Promise<void> {
  await firefox.goTo(typeof page === 'string' ? shop.shop.origin + page : shop.shop.at('/', page));
  await firefox.press('Talk to us');
  await firefox.state('waiting');
  await shop.ana.answer();
  await firefox.state('talking');
  await isHeard();
}

const hears = (one: Shopper) =>
  until(() => Math.abs(one.voice.measure('voice').frequencyHz - firefoxToneHz) < 4);

async function hangUp(): Promise<void> {
  await firefox.press('Hang up');
  await shop.ana.untilWork('idle');
}

describe('in Firefox', () => {
  test('B121 a call goes from click to end beside scripts that have changed the language in every way', async () => {
    await talkOn({ head: asScript(...Object.values(oldLibraries)) });
    await hangUp();
  });

  test('B122 a talk goes on while the element is moved, put back and covered by a modal dialog', async () => {
    await talkOn({
      body: '<talk-to-us site="demo"></talk-to-us><aside></aside><dialog id="one">One</dialog>',
    });
    await firefox.run(`const one = document.querySelector('talk-to-us');
      document.querySelector('aside').append(one); one.remove();`);
    await isHeard();
    await firefox.run(`const one = document.createElement('talk-to-us'); one.setAttribute('site', 'demo');
      document.body.append(one);`);
    await firefox.state('talking');
    await firefox.run(`document.querySelector('#one').showModal();`);
    await until(() => firefox.run<boolean>(`return !!document.querySelector('#one > talk-to-us');`));
    await firefox.run(`document.querySelector('#one').close();`);
    await until(() => firefox.run<boolean>(`return !document.querySelector('#one > talk-to-us');`));
    await isHeard();
    await hangUp();
  });

  test('B123 a talk goes on after the page was left and came back', async () => {
    await talkOn({});
    await firefox.goTo(shop.shop.at('/other', { body: '<h1>Elsewhere</h1>' }));
    await shop.ana.signaling.until(({ work }) => work.state === 'talking' && work.shopperLost);
    await firefox.back();
    await firefox.state('talking');
    await shop.ana.signaling.until(({ work }) => work.state === 'talking' && !work.shopperLost);
    await isHeard();
    expect(await firefox.run<string>(`return document.querySelector('talk-to-us').dataset.state;`)).toBe(
      'talking',
    );
    await hangUp();
  });

  test.each([
    ['Turbo', '/npm/@hotwired/turbo/dist/turbo.es2017-umd.js', ''],
    ['htmx', '/npm/htmx.org/dist/htmx.min.js', 'hx-boost="true"'],
  ])('B151 a talk goes on through the links of %s', async (name, script, attribute) => {
    const head = `<script src="${script}"></script>`;
    const element = '<talk-to-us site="demo"></talk-to-us>';
    const second = shop.shop.at(`/${name}/2`, { head, body: `<h1>Two</h1>${element}` });
    shop.shop.at(`/${name}/1`, { head, body: `<a ${attribute} href="${second}">On</a>${element}` });
    await talkOn(`/${name}/1`);
    await firefox.run(`window.before = true; document.querySelector('a').click();`);
    await until(() => firefox.shows('Two'));
    await firefox.state('talking');
    expect(await firefox.run<boolean>('return window.before === true;'), 'the page was loaded anew').toBe(
      true,
    );
    await isHeard();
    await hangUp();
  });

  test('B152 two tabs clicked at the same instant make one call; what is pressed in the other counts, and it goes on when one is closed', async () => {
    const url = shop.shop.at('/', {
      head: `<script>var clicks = new BroadcastChannel('clicks');
        clicks.onmessage = () => document.querySelector('talk-to-us').call();</script>`,
    });
    await firefox.goTo(url);
    const first = await firefox.tab();
    await firefox.openTab(url);
    const second = await firefox.tab();
    await firefox.state('idle');
    await firefox.run(`clicks.postMessage(''); document.querySelector('talk-to-us').call();`);
    await shop.ana.answer();
    await firefox.state('talking');
    const shownOnly = () => firefox.shows('Your call is in another tab.');
    const isShownIn = async (tab: string) => {
      await firefox.showTab(tab);
      await firefox.state('talking');
      return shownOnly();
    };
    // One of them has it; the other knows as soon as the tabs have agreed.
    let isSecond = false;
    await until(async () => {
      isSecond = await isShownIn(second);
      return (await isShownIn(first)) !== isSecond;
    });
    await isHeard();
    // The one with the call is closed.
    const [having, other] = isSecond ? [first, second] : [second, first];
    await firefox.showTab(having);
    await firefox.closeTab(other);
    await firefox.state('talking');
    await until(async () => !(await shownOnly()));
    await isHeard();
    await hangUp();
  });

  test('B153 what a policy of the page forbids is named in the console', async () => {
    await firefox.goTo(
      shop.shop.at('/', {
        head: '<script>var told = []; console.warn = (...all) => told.push(all.join(" "));</script>',
        headers: {
          'content-security-policy': `script-src 'unsafe-inline' ${shop.server.origin}; connect-src 'self'`,
        },
      }),
    );
    await firefox.press('Talk to us');
    await firefox.state('problem');
    const told = await until(() =>
      firefox.run<string | undefined>(`return told.find(text => text.includes('Content-Security-Policy'));`),
    );
    expect(told).toContain(`connect-src ${shop.server.origin} ${shop.server.origin.replace('http', 'ws')}`);
  });

  test('B154 a rep with two windows talks in one of them, brings the talk to the other, and it goes on when that is closed', async () => {
    const { person } = await shop.server.addRep('Bob');
    await shop.ana.signaling.request('rep.status', { status: 'away', note: '' });
    await firefox.goTo(`${shop.server.origin}/rep`);
    await firefox.run(
      `return fetch('/api/rep/sign-in', { method: 'POST', headers: { 'content-type': 'application/json' },
        body: JSON.stringify(arguments[0]) }).then(({ status }) => status);`,
      [person],
    );
    await firefox.goTo(`${shop.server.origin}/rep`);
    await firefox.press('Go available');
    await shop.server.untilOpen();
    const elsewhere = () => firefox.shows('Use this window');
    const kim = await Shopper.arrive(shop.server.origin);
    await kim.call(587);
    await firefox.press('Accept');
    await kim.untilState('talking');
    await hears(kim);
    const first = await firefox.tab();
    await firefox.openTab(`${shop.server.origin}/rep`);
    await until(elsewhere);
    await firefox.press('Use this window');
    await until(async () => !(await elsewhere()));
    await hears(kim);
    await firefox.closeTab(first);
    await until(async () => !(await elsewhere()));
    await hears(kim);
    await firefox.press('Hang up');
    await kim.untilState('ended');
    kim.close();
    await shop.ana.signaling.request('rep.status', { status: 'available' });
  });
});
