/** The owner finds out whether shoppers reach the shop, in a real browser. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, type Person } from '../support/browser.ts';
import { look } from '../support/look.ts';
import { openRep, type RepPage } from '../support/pages.ts';
import { Shopper } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let person: Person;
let ana: RepPage;

beforeAll(async () => {
  server = await startTestServer({ workers: 1, environment: { ANNOUNCED_ADDRESS: '' } });
  person = await openBrowser(880, { locale: 'en-GB' });
  ana = await openRep(person, server.setUpLink(), 'Ana');
});
afterAll(async () => {
  await person.close();
  await server.close();
});

describe('whether the shop is reachable', () => {
  test('B110 the owner sees the address, encryption, the way of the sound by UDP and TCP, who answers, and allows a shop that was refused by one click', async () => {
    const { page } = ana;
    const refused = await fetch(`${server.origin}/api/sites/demo/availability`, {
      headers: { origin: 'https://shop.example' },
    });
    expect(refused.status).toBe(403);
    await page.goto(`${server.origin.replace('127.0.0.1', 'localhost')}/rep#settings/reach`);
    await page.getByRole('heading', { level: 1, name: 'Is my shop reachable?' }).waitFor();
    await page.getByText('This address works on this very computer only.').first().waitFor();
    await page.getByText(/^Sound gets through to this browser, by UDP and by TCP/).waitFor();
    await page.getByText('Nobody is on duty.').waitFor();
    await page.getByText('Only this server’s own pages may show the button.').waitFor();
    await page.getByRole('button', { name: 'Allow https://shop.example' }).click();
    await page.getByText('Pages of https://shop.example may show it.').waitFor();
    const allowed = await fetch(`${server.origin}/api/sites/demo/availability`, {
      headers: { origin: 'https://shop.example' },
    });
    expect(allowed.status).toBe(200);

    await page.getByLabel('Address of a page with the button').fill('http://127.0.0.1/');
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByText(/Only a page with a public address/).waitFor();
  });

  test('A20 the check-up has no violation in either theme, from 390 to 1280 px and at 200 %', async () => {
    await look(ana.page, 'settings-reach');
  });

  test('B111 clicks that led to no call are shown by weekday and hour, and calls are found by words', async () => {
    const { page } = ana;
    const kim = await Shopper.arrive(server.origin);
    await expect(kim.call(440, { name: 'Kim' })).rejects.toThrow('no-rep');
    await ana.toPhone();
    await ana.goAvailable();
    const callId = await kim.call(440, { name: 'Kim', cart: { items: [], total: '€ 12.50' } });
    await kim.signaling.request('call.hang-up', { callId });
    const second = await kim.call(440, { name: 'Lee' });
    await kim.signaling.request('call.hang-up', { callId: second });
    kim.close();
    await ana.settings('Calls');
    await page.getByRole('heading', { name: 'You missed 1 click' }).click();
    await page.getByRole('table').getByText('1', { exact: true }).first().waitFor();
    const calls = page.getByRole('list', { name: 'Calls' });
    expect(await calls.getByRole('link').count()).toBe(2);
    await look(ana.page, 'settings-calls-found');
    await page.getByRole('searchbox').fill('kim');
    await page.getByRole('button', { name: 'Find', exact: true }).click();
    await expect.poll(() => calls.getByRole('link').count()).toBe(1);
    await calls.getByText(/12\.50/).waitFor();
    const [table] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('search').getByRole('link', { name: 'Save as a table (CSV)' }).click(),
    ]);
    expect(table.suggestedFilename()).toMatch(/^calls-.*\.csv$/);
    await page.getByLabel('Outcome').selectOption('Answered');
    await page.getByText('No such call').waitFor();
    await page.getByRole('button', { name: 'Show all calls' }).click();
    await calls.getByRole('link').nth(1).waitFor();
    expect(person.complaints.filter(text => !/status of 4\d\d/.test(text))).toEqual([]);
  });

  test('B112 a link that works on this computer only is handed out with a warning and the address to use', async () => {
    const { page } = ana;
    await ana.settings('Shop');
    await page.getByText(/This address works on this very computer only/).waitFor();
  });

  test('B113 a sound is heard, paused and sought in by a player with names for each part; “Saved” goes by itself', async () => {
    const { page } = ana;
    await ana.settings('Queues');
    await page.getByRole('main').getByRole('link', { name: 'Sales' }).click();
    await page
      .locator('summary')
      .filter({ has: page.getByRole('heading', { name: 'What callers hear', exact: true }) })
      .click();
    await page.locator('rep-sounds input[type=file]').setInputFiles('test/support/tone-660.mp3');
    const position = page.getByRole('slider', { name: 'Position in tone-660' });
    await position.waitFor();
    // By keyboard, before anything was fetched: the middle is where it will begin.
    await position.focus();
    for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
    expect(await position.inputValue()).toBe('500');
    const wasPlayed = page.evaluate(
      () =>
        new Promise<boolean>(resolve => {
          const { play } = HTMLMediaElement.prototype;
          HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
            this.addEventListener('ended', () => resolve(true), { once: true });
            return play.call(this);
          };
        }),
    );
    await page.getByRole('button', { name: 'Play tone-660' }).click();
    expect(await wasPlayed).toBe(true);
    // At its end it stands at its beginning again.
    await page.getByRole('button', { name: 'Play tone-660' }).waitFor();
    await expect.poll(() => position.inputValue()).toBe('0');
    await look(ana.page, 'settings-player');

    await page.getByLabel('Name', { exact: true }).fill('Sales and help');
    await ana.press('Save');
    await page.getByText('Saved. It counts from now on.').waitFor();
    await page.getByText('Saved. It counts from now on.').waitFor({ state: 'detached' });
    await look(ana.page, 'settings-saved');
  });
});
