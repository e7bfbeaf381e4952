/** A shopper is called back in the open page, in a real browser: silence while it waits, a ring, and then two voices. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, type Person } from '../support/browser.ts';
import { openRep, openShopper, type RepPage, type ShopperPage } from '../support/pages.ts';
import { Shopper } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const tones = { sam: 440, kim: 587, ana: 880 };

let server: TestServer;
let ana: RepPage;
let sam: ShopperPage;
const opened: Person[] = [];

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  await server.setQueue({ wrapUp: { kind: 'none', ms: 1_000 } });
  for (const toneHz of [tones.ana, tones.sam]) opened.push(await openBrowser(toneHz));
  ana = await openRep(opened[0]!, server.setUpLink(), 'Ana');
  await ana.goAvailable();
  sam = await openShopper(opened[1]!, server.origin);
});
afterAll(async () => {
  await Promise.all(opened.map(person => person.close()));
  await server.close();
});
afterEach(() => {
  expect(opened.flatMap(person => person.complaints)).toEqual([]);
});

const hears = (listener: { person: Person }, toneHz: number) =>
  until(async () => Math.abs((await listener.person.hear()).frequencyHz - toneHz) < 4, {
    withinMs: 10_000,
  });

describe('a callback', () => {
  test('B20 frees the shopper of the music, survives a reload, rings the page, and connects both voices', async () => {
    const kim = await Shopper.arrive(server.origin);
    const callId = await kim.call(tones.kim);
    await ana.accept();
    await sam.call();
    await sam.state('waiting');
    await until(async () => (await sam.person.hear()).levelDb > -45);
    await sam.press('Call me back instead');
    await sam.press('Ring this page');
    await sam.state('callback');
    await until(async () => (await sam.person.hear()).levelDb < -60);
    // The browser shows no microphone in use any more.
    await sam.page.reload();
    await sam.state('callback');
    await sam.element.getByText('You are next.').waitFor();

    await kim.signaling.request('call.hang-up', { callId });
    kim.close();
    await ana.state('ringing');
    await ana.page.getByText('Wants to be called back').waitFor();
    await ana.press(/accept/i);
    await ana.state('calling-back');
    await sam.state('calling-back');
    await sam.press('Answer');
    await Promise.all([sam.state('talking'), ana.state('talking')]);
    await Promise.all([hears(sam, tones.ana), hears(ana, tones.sam)]);
    await sam.press('Hang up');
    await ana.state('idle');
  });
});
