/** Every state of both faces, in light and dark: no violation of WCAG 2.2 AA. `npm run screenshots` takes a picture of each. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, type Person } from '../support/browser.ts';
import { endlessAnimations, look } from '../support/look.ts';
import { openRep, openShopper, type RepPage, type ShopperPage } from '../support/pages.ts';
import { Shopper } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { type Speech, startSpeech } from '../support/speech.ts';

const desktop = { width: 1280, height: 800 };

let server: TestServer;
let speech: Speech;
let ana: RepPage;
let sam: ShopperPage;
const opened: Person[] = [];

beforeAll(async () => {
  speech = await startSpeech();
  server = await startTestServer({ workers: 1 });
  // Looking at every picture of a state takes longer than a rep has to answer or to wrap up.
  await server.setQueue({ offerMs: 60_000, wrapUp: { kind: 'fixed', ms: 60_000 } });
  // With voices, who waits is shown the button that silences them.
  opened.push(
    ...(await Promise.all([880, 440].map(toneHz => openBrowser(toneHz, { viewport: desktop, speech })))),
  );
});
afterAll(async () => {
  await Promise.all(opened.map(person => person.close()));
  await server.close();
  await speech.stop();
});

describe('no state keeps anybody out', () => {
  test('A1 setting up, choosing devices, offline and available at the console', async () => {
    const { page } = opened[0]!;
    await page.goto(`${server.origin}/rep`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await look(page, 'console-sign-in');
    await page.goto('about:blank');
    await page.goto(server.setUpLink());
    await page.getByLabel('Your name').waitFor();
    await look(page, 'console-set-up');
    ana = await openRep(opened[0]!, server.setUpLink(), 'Ana');
    await look(page, 'console-offline');
    await ana.settings('Team');
    await look(page, 'settings-team');
    await ana.toPhone();
  });

  test('A2 the shop while nobody is on duty', async () => {
    sam = await openShopper(opened[1]!, server.origin);
    await look(sam.page, 'shop-idle');
    await sam.call();
    await sam.state('problem');
    await look(sam.page, 'shop-no-rep');
    await sam.page.keyboard.press('Escape');
    const add = sam.page.getByRole('button', { name: /^Add .* to the cart$/ });
    await add.nth(0).click();
    await sam.page.keyboard.press('Escape');
    await add.nth(2).click();
    await look(sam.page, 'shop-cart');
    await sam.page.keyboard.press('Escape');
  });

  test('A3 waiting and ringing', async () => {
    await ana.goAvailable();
    await look(ana.page, 'console-available');
    // Somebody else is first, so that there is a line to stand in.
    const kim = await Shopper.arrive(server.origin);
    const callId = await kim.call(587, {
      name: 'Kim',
      page: { url: 'https://tideline.example/heron-teapot', title: 'Heron teapot' },
      cart: {
        items: [
          { name: 'Heron teapot', quantity: 1, price: '€89.00' },
          { name: 'Harbour mug', quantity: 4, price: '€112.00' },
        ],
        total: '€201.00',
      },
    });
    await ana.accept();
    await sam.page.reload();
    await sam.call();
    await sam.element.locator('[part=headline]', { hasText: 'You are next in line' }).waitFor();
    await look(sam.page, 'shop-waiting');
    await look(ana.page, 'console-talking');
    await kim.signaling.request('call.hang-up', { callId });
    kim.close();
    await ana.press('Done');
    await ana.state('ringing');
    await look(ana.page, 'console-ringing');
    await look(sam.page, 'shop-ringing');
  });

  test('A4 talking, muted and small', async () => {
    await ana.accept();
    await sam.state('talking');
    await ana.page.locator('rep-call-card').getByText('English').waitFor();
    await look(sam.page, 'shop-talking');
    await sam.press('Mute');
    await ana.press(/^Mute/);
    await look(sam.page, 'shop-muted');
    await look(ana.page, 'console-muted');
    await sam.page.keyboard.press('Escape');
    await look(sam.page, 'shop-small');
  });

  test('A5 the end on both sides', async () => {
    await ana.press(/^Hang up$/);
    await ana.state('wrap-up');
    await look(ana.page, 'console-wrap-up');
    await ana.press('Done');
    await sam.state('ended');
    // The small window opens by itself to say how the call ended.
    await sam.element.locator('[part=headline]', { hasText: 'Thank you for calling' }).waitFor();
    await look(sam.page, 'shop-ended');
  });

  test('A21 nothing moves for ever where motion is not wanted, on either side', async () => {
    await ana.state('idle');
    for (const { page } of [ana, sam]) {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      expect(await endlessAnimations(page)).toEqual([]);
    }
    await ana.page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await endlessAnimations(ana.page)).toEqual(['breathe']);
    await ana.page.emulateMedia({ reducedMotion: 'reduce' });
  });

  test('A6 choosing to be called back, waiting for it, and the ringing', async () => {
    await server.setQueue({
      callback: {
        page: true,
        phone: true,
        numbers: { countries: 'any', premium: false, own: null },
        tries: 2,
        retryMs: 300_000,
        expireMs: 86_400_000,
      },
    });
    const kim = await Shopper.arrive(server.origin);
    const callId = await kim.call(587, { name: 'Kim' });
    await ana.accept();
    await sam.press('Talk again');
    await sam.state('waiting');
    await sam.press('Call me back instead');
    await sam.element.getByRole('button', { name: 'Ring this page' }).waitFor();
    await look(sam.page, 'shop-callback-choice');
    await sam.press('Ring this page');
    await sam.state('callback');
    await look(sam.page, 'shop-callback');
    await kim.signaling.request('call.hang-up', { callId });
    kim.close();
    await ana.press('Done');
    await ana.state('ringing');
    await look(ana.page, 'console-callback-offered');
    await ana.press(/accept/i);
    await sam.state('calling-back');
    await look(sam.page, 'shop-calling-back');
    await look(ana.page, 'console-calling-back');
    await sam.press('Not now');
    await sam.element.locator('[part=detail]', { hasText: 'We tried to reach you' }).waitFor();
    await sam.press('Do not call me');
    // The corner of the window has one of the same name.
    await sam.element.locator('[part=close]').click();
    // And on the telephone.
    await sam.call();
    await sam.state('waiting');
    await sam.press('Call me back instead');
    await sam.element.getByLabel('Your telephone number').fill('+49 30 123456');
    await sam.press('Call this number');
    await ana.press(/accept/i);
    await ana.page.getByRole('link', { name: '+49 30 123456' }).waitFor();
    await look(ana.page, 'console-dialling');
    await look(sam.page, 'shop-dialling');
    await ana.press('We talked');
    await sam.element.locator('[part=headline]', { hasText: 'Thank you for the talk' }).waitFor();
  });

  test('A7 closed, with the time when it opens', async () => {
    const none = {
      monday: [],
      tuesday: [],
      wednesday: [],
      thursday: [],
      friday: [],
      saturday: [],
      sunday: [],
    };
    const day = new Date(Date.now() + 48 * 3_600_000).toISOString().slice(0, 10);
    await server.setQueue({
      hours: {
        timeZone: 'UTC',
        week: none,
        holidays: [{ date: day, name: 'Sale', open: [{ from: '09:00', to: '17:00' }] }],
        closures: [],
      },
    });
    await sam.page.reload();
    await sam.element.getByText(/^Opens /).waitFor();
    await look(sam.page, 'shop-closed-button');
    await sam.call();
    await sam.element.locator('[part=headline]', { hasText: 'We are closed right now' }).waitFor();
    await sam.element.locator('[part=detail]', { hasText: 'We open again on' }).waitFor();
    await look(sam.page, 'shop-closed');
  });

  test('A8 the settings: queues and one of them, team, calls and their story, the shop, and a ring there', async () => {
    const { page } = ana;
    await ana.press('Done');
    await ana.settings('Queues');
    await look(page, 'settings-queues');
    await ana.press('Add a queue');
    await page.getByLabel('Name of the queue').fill('Returns');
    await ana.press('Create queue');
    await page.getByRole('heading', { level: 1, name: 'Returns' }).waitFor();
    await look(page, 'settings-queue');
    for (const part of await page
      .locator('summary')
      .filter({ has: page.locator('h2') })
      .all())
      await part.click();
    await page.locator('.more-ways > summary').click();
    await page.getByRole('radio', { name: /^Weekly plan/ }).check();
    await ana.press('Add a holiday');
    await ana.press('Add a closure');
    await ana.press('Add a skill');
    await page.getByLabel('Skill 1', { exact: true }).fill('german');
    await page.getByRole('radio', { name: /^By chance, some/ }).check();
    await page.locator('rep-sounds input[type=file]').setInputFiles('test/support/tone-660.mp3');
    await page.getByRole('main').getByText('tone-660 0:01').waitFor();
    await page.getByText('Your own recordings for the announcements').click();
    await page.getByRole('spinbutton', { name: 'Ring each person for' }).fill('900');
    await ana.press('Save');
    await page.getByText('That is too long: at most 2 minutes.').waitFor();
    await look(page, 'settings-queue-parts', { whole: true });
    await page.getByRole('link', { name: 'Calls' }).click();
    await page.getByRole('dialog').waitFor();
    await look(page, 'settings-unsaved');
    await ana.press('Discard changes');
    await page.getByRole('heading', { level: 1, name: 'Calls' }).waitFor();
    await look(page, 'settings-calls');
    const calls = page.getByRole('list', { name: 'Calls' });
    await calls
      .getByRole('link', { name: /^Kim.*Answered/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: 'Call from Kim' }).waitFor();
    await look(page, 'settings-call');
    await ana.settings('Team');
    await page.getByText('No skills or languages noted').click();
    await ana.press('Add a skill');
    await look(page, 'settings-team-skills', { whole: true });
    await ana.press('Discard');
    await ana.settings('Shop');
    await look(page, 'settings-shop', { whole: true });
    await server.setQueue({ hours: null });
    const kim = await Shopper.arrive(server.origin);
    await kim.call(587, { name: 'Kim' });
    await page.getByRole('button', { name: 'Answer' }).waitFor();
    await look(page, 'settings-ringing');
    kim.close();
  });
});
