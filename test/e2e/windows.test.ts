/** People with several windows of the console or several tabs of the shop, in a real browser. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, type Person } from '../support/browser.ts';
import { hears, openRep, openShopper, RepPage, type ShopperPage } from '../support/pages.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: TestServer;
let ana: RepPage;
let sam: ShopperPage;
const opened: Person[] = [];
const tones = { ana: 880, sam: 440 };

beforeAll(async () => {
  server = await startTestServer();
  opened.push(...(await Promise.all([openBrowser(tones.ana), openBrowser(tones.sam)])));
  ana = await openRep(opened[0]!, server.setUpLink(), 'Ana');
  sam = await openShopper(opened[1]!, server.origin);
});
afterAll(async () => {
  for (const person of opened.reverse()) await person.close();
  await server.close();
});
afterEach(() => {
  expect(opened.flatMap(person => person.complaints)).toEqual([]);
});

async function secondWindow(rep: RepPage): Promise<RepPage> {
  const window = new RepPage(await rep.person.another());
  opened.push(window.person);
  // The host for which the sign-in is.
  await window.page.goto(new URL('/rep', rep.page.url()).href);
  return window;
}

const elsewhere = 'This call is in another window.';

describe('a rep with two windows', () => {
  test('B70 sees the talk in both; closing the second one changes nothing', async () => {
    await ana.goAvailable();
    await sam.call();
    await ana.accept();
    await sam.state('talking');
    await hears(sam, tones.ana);
    const second = await secondWindow(ana);
    await second.state('talking');
    await second.page.getByRole('region', { name: 'Needs your attention' }).getByText(elsewhere).waitFor();
    // What is pressed there happens where the microphone is.
    await second.press(/^Mute/);
    await sam.element.getByText('Ana is muted').first().waitFor();
    await ana.page.getByRole('button', { name: /^Unmute/ }).waitFor();
    await until(async () => (await sam.person.hear()).levelDb < -60);
    await second.press(/^Unmute/);
    await hears(sam, tones.ana);
    await second.page.close();
    await hears(sam, tones.ana);
    await hears(ana, tones.sam);
    expect(
      await ana.page.getByRole('region', { name: 'Needs your attention' }).getByText(elsewhere).count(),
    ).toBe(0);
    await ana.state('talking');
  });

  test('B71 brings the talk to the second one and back, and it never stops', async () => {
    const second = await secondWindow(ana);
    await second.state('talking');
    await second.press('Use this window');
    await ana.page.getByRole('region', { name: 'Needs your attention' }).getByText(elsewhere).waitFor();
    await hears(second, tones.sam);
    await hears(sam, tones.ana);
    await ana.press('Use this window');
    await second.page.getByRole('region', { name: 'Needs your attention' }).getByText(elsewhere).waitFor();
    await hears(ana, tones.sam);
    await second.press('Use this window');
    await hears(second, tones.sam);
    await sam.state('talking');
  });

  test('B72 closes the one with the phone: the other goes on by itself, and the rep stays available', async () => {
    const second = opened.at(-1)!;
    await second.page.close();
    await hears(ana, tones.sam);
    await hears(sam, tones.ana);
    expect(
      await ana.page.getByRole('region', { name: 'Needs your attention' }).getByText(elsewhere).count(),
    ).toBe(0);
    const other = await secondWindow(ana);
    await other.page.getByRole('region', { name: 'Needs your attention' }).getByText(elsewhere).waitFor();
    await other.press(/^Hang up$/);
    await ana.state('wrap-up');
    await other.press('Done');
    await ana.state('idle');
    await ana.page.locator('[data-status="available"]').first().waitFor();
  });

  test('B73 is rung in one of them, and answers in the other', async () => {
    const other = new RepPage(opened.at(-1)!);
    await sam.press('Talk again');
    await ana.state('ringing');
    await other.state('ringing');
    await until(async () => (await ana.page.title()).includes('is calling'));
    expect(await other.page.title()).not.toContain('is calling');
    await other.press(/accept/i);
    await hears(other, tones.sam);
    await hears(sam, tones.ana);
    await ana.page.getByRole('region', { name: 'Needs your attention' }).getByText(elsewhere).waitFor();
    await sam.press('Hang up');
    await other.state('wrap-up');
  });
});

describe('a shopper with two tabs of the shop', () => {
  const ourCall = 'Your call is in another tab.';
  let other: ShopperPage;
  const rep = () => new RepPage(opened.findLast(person => person.page.url().endsWith('/rep'))!);

  const anotherTab = async () => {
    const tab = await openShopper(await sam.person.another(), server.origin);
    opened.push(tab.person);
    return tab;
  };

  test('B74 sees the running call in the second one, and controls it from there', async () => {
    await rep().press('Done');
    await sam.press('Talk again');
    await rep().accept();
    await sam.state('talking');
    other = await anotherTab();
    await other.state('talking');
    // Small, since nobody asked for it.
    await other.press(/Ana/);
    await other.element.getByText(ourCall).first().waitFor();
    await other.press('Mute');
    await rep().page.getByText('The shopper is muted').waitFor();
    await sam.element.getByRole('button', { name: 'Unmute' }).waitFor();
    await other.press('Unmute');
    await hears(rep(), tones.sam);
    await hears(sam, tones.ana);
  });

  test('B75 brings the call over, and closing the one that has it hands over to the other', async () => {
    await other.press('Bring it here');
    await hears(other, tones.ana);
    await hears(rep(), tones.sam);
    await sam.element.getByText(ourCall).first().waitFor();
    await other.page.close();
    await hears(sam, tones.ana);
    await hears(rep(), tones.sam);
    await sam.state('talking');
    await rep().state('talking');
    expect(await sam.element.getByText(ourCall).count()).toBe(0);
  });

  test('B76 sees a call that begins in the other tab, and its end in both; later tabs are told of none', async () => {
    other = await anotherTab();
    await other.state('talking');
    await other.press(/Ana/);
    await other.press('Hang up');
    await Promise.all([sam.state('ended'), other.state('ended')]);
    await rep().state('wrap-up');
    await rep().press('Done');
    await server.untilOpen();
    const third = await anotherTab();
    await third.page.locator('talk-to-us[data-reach="open"]').waitFor({ state: 'attached' });
    await third.state('idle');
    await sam.press('Talk again');
    await third.state('waiting');
    await third.press(/Ringing someone/);
    await third.press('Leave the line');
    await sam.state('ended');
  });
});
