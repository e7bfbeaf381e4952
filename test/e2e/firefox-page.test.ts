/** Firefox on pages that change the language, move the element, cover it and are left and come back to. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Firefox, firefoxToneHz } from '../support/firefox.ts';
import { asScript, oldLibraries } from '../support/old-libraries.ts';
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

async function talkOn(page: ShopPage): Promise<void> {
  await firefox.goTo(shop.shop.at('/', page));
  await firefox.press('Talk to us');
  await firefox.state('waiting');
  await shop.ana.answer();
  await firefox.state('talking');
  await isHeard();
}

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
});
