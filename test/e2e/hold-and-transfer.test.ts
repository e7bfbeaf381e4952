/** Hold, and a talk that is handed to a colleague, in real browsers: what each hears is measured. */
import { mkdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { hears, openRep, openShopper, type RepPage, type ShopperPage } from '../support/pages.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const tones = { ana: 880, ben: 660, sam: 440 };
/** Where pictures of what a person sees are put, if anywhere. */
const pictures = process.env.PICTURES;

let server: TestServer;
let ana: RepPage;
let ben: RepPage;
let sam: ShopperPage;
const opened: Person[] = [];

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  opened.push(...(await Promise.all(Object.values(tones).map(toneHz => openBrowser(toneHz)))));
  ana = await openRep(opened[0]!, server.setUpLink(), 'Ana');
  ben = await openRep(opened[1]!, await ana.invite('Ben'), 'Ben');
  sam = await openShopper(opened[2]!, server.origin);
});
afterAll(async () => {
  await Promise.all(opened.map(person => person.close()));
  await server.close();
});
afterEach(() => {
  expect(opened.flatMap(person => person.complaints)).toEqual([]);
});

type Ear = { person: Person };
const isQuiet = (listener: Ear) => until(async () => (await listener.person.hear()).levelDb < -60);
/** Something, and none of the three voices. */
const hearsMusic = (listener: Ear) =>
  until(async () => {
    const { levelDb, at } = await listener.person.hear();
    return levelDb > -60 && Object.values(tones).every(toneHz => at(toneHz) < levelDb - 12);
  });

/** No barrier, and a picture for whoever wants to look. */
async function look(who: RepPage | ShopperPage, name: string): Promise<void> {
  expect(await violations(who.page), name).toEqual([]);
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  const size = who.page.viewportSize()!;
  for (const [kind, width, scheme] of [
    ['desktop', 1280, 'light'],
    ['phone', 360, 'light'],
    ['dark', 1280, 'dark'],
  ] as const) {
    await who.page.setViewportSize({ width, height: 800 });
    await who.page.emulateMedia({ colorScheme: scheme });
    await who.page.screenshot({ path: `${pictures}/${name}-${kind}.png` });
  }
  await who.page.setViewportSize(size);
  await who.page.emulateMedia({ colorScheme: 'light' });
}

const talks = () => Promise.all([hears(sam, tones.ana), hears(ana, tones.sam)]);

describe('a shopper', () => {
  test('B301 is put on hold and taken back: music and silence are heard, both sides read what is, also at a new page', async () => {
    await ana.goAvailable();
    await sam.call();
    await ana.accept();
    await talks();
    await ana.press(/^Hold/);
    await sam.element.getByText('You are on hold').first().waitFor();
    await ana.page.getByText('The shopper is on hold and hears music.').first().waitFor();
    await Promise.all([hearsMusic(sam), isQuiet(ana)]);
    await look(ana, 'rep-on-hold');
    await look(sam, 'shopper-on-hold');

    await ana.page.reload();
    await ana.page.getByRole('button', { name: /^Take back/ }).waitFor();
    await sam.page.reload();
    await sam.element.getByText('You are on hold').first().waitFor();
    await Promise.all([hearsMusic(sam), isQuiet(ana)]);
    // By the key, as by the button.
    await ana.page.locator('body').press('p');
    await ana.page.getByRole('button', { name: /^Hold/ }).waitFor();
    await talks();
    await sam.element.getByText('You are on hold').first().waitFor({ state: 'hidden' });
  });

  test('B302 is handed to a colleague, who sees who sends them and why; declined, they are back where they were', async () => {
    const send = async () => {
      await ana.press('Send on…');
      await ana.page.getByRole('radio', { name: 'Ben' }).check();
      await ana.page.getByRole('textbox', { name: 'Note' }).fill('Wants a refund');
      await look(ana, 'transfer-dialog');
      await ana.page.getByRole('dialog').getByRole('button', { name: 'Send on' }).click();
      await ben.state('ringing');
    };
    await ana.press('Send on…');
    await ana.page.getByText('Not free now').waitFor();
    await ana.press('Cancel');
    await ben.goAvailable();
    await send();
    await ben.page.getByText('Sent on by Ana').first().waitFor();
    await ben.page.getByText('Wants a refund').first().waitFor();
    await sam.element.getByText('Ringing someone for you').first().waitFor();
    await Promise.all([hearsMusic(sam), isQuiet(ana), isQuiet(ben)]);
    await look(ana, 'rep-sends-on');
    await look(ben, 'rep-is-rung');

    await ben.press(/^Decline/);
    await ana.page.getByText('Ben declined. The shopper is back with you.').first().waitFor();
    await talks();
    await look(ana, 'rep-declined');

    await send();
    await ben.accept();
    await sam.element.getByText('Ben').first().waitFor();
    await Promise.all([hears(sam, tones.ben), hears(ben, tones.sam), isQuiet(ana)]);
    await ana.state('wrap-up');
    await ana.page.getByText('A colleague has the call now.').first().waitFor();
    await look(ana, 'rep-sent-on');
    await look(ben, 'rep-took-over');
    await ana.press(/^Done/);
    await ana.state('idle');

    // The colleague comes with a new page, and still has the talk and the note.
    await ben.page.reload();
    await ben.state('talking');
    await ben.page.getByText('Wants a refund').first().waitFor();
    await Promise.all([hears(sam, tones.ben), hears(ben, tones.sam)]);
    await sam.press('Hang up');
    await ben.state('wrap-up');
  });
});
