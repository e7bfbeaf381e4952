/** What a rep must not overlook, on whatever page of the console: told, in the title and icon, with the way out. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { limits } from '../../shared/limits.ts';
import { Callers, desktop, icon, needs, untilFocused, untilTitle } from '../support/attention.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { look } from '../support/look.ts';
import { openRep, type RepPage } from '../support/pages.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { patienceMs, until } from '../support/until.ts';

let server: TestServer;
let person: Person;
let ana: RepPage;
let plainIcon: string;
const callers = new Callers();

const offerMs = 20_000;
/** The server's clock, which can be pushed on. */
let ahead = 0;

beforeAll(async () => {
  server = await startTestServer({ workers: 1, now: () => Date.now() + ahead });
  // Whoever waits is still there when all the pictures are taken.
  await server.setQueue({ offerMs, noRepExitMs: 3_600_000, wrapUp: { kind: 'none', ms: 1_000 } });
  person = await openBrowser(880, { viewport: desktop });
  ana = await openRep(person, server.setUpLink(), 'Ana');
  plainIcon = await icon(person.page);
});
afterAll(async () => {
  callers.close();
  await person.close();
  await server.close();
});

/** It rings, and the time to answer is over. */
async function ringsInVain(caller: { browse(): Promise<unknown> }): Promise<void> {
  await person.page
    .getByRole('button', { name: /^(Accept|Answer)/ })
    .first()
    .waitFor();
  ahead += offerMs;
  // The server looks at its clock with whatever happens.
  await caller.browse();
}

/** At the phone, and calls come. */
async function readyAtThePhone(): Promise<void> {
  const { page } = person;
  if ((await page.getByRole('navigation', { name: 'Sections' }).count()) > 0) await ana.toPhone();
  await ana.state('idle');
  if ((await page.locator('[data-status="available"]').count()) === 0) await ana.goAvailable();
}

describe('a rep in the settings', () => {
  test('B90 cannot overlook a missed call, also after a reload, and is available again with one click', async () => {
    const { page } = person;
    await ana.goAvailable();
    await ana.settings('Shop');
    const kim = await callers.call(server, 'Kim');
    await ringsInVain(kim);
    const missed = needs(page).getByText('You missed a call from Kim (Sales). They still wait.');
    await missed.waitFor();
    await untilTitle(page, '⚠ Missed: Kim · Talk to Us');
    expect(await icon(page)).not.toBe(plainIcon);
    expect(await page.locator('#now').textContent()).toContain('You missed a call from Kim');
    await page.reload();
    await missed.waitFor();
    await untilTitle(page, '⚠ Missed: Kim · Talk to Us');
    await look(page, 'settings-missed');
    await server.setQueue({ offerMs: 60_000 });
    await needs(page).getByRole('button', { name: 'Go available again' }).click();
    await page.getByRole('button', { name: 'Answer' }).waitFor();
    await needs(page).waitFor({ state: 'detached' });
    await kim.hangUp();
    await untilTitle(page, 'Talk to Us');
    expect(await icon(page)).toBe(plainIcon);
  });

  test('B91 picks up who was missed, without leaving the page', async () => {
    const { page } = person;
    await server.setQueue({ offerMs });
    const kim = await callers.call(server, 'Kim');
    await ringsInVain(kim);
    await needs(page).getByRole('button', { name: 'Pick up now: Kim' }).click();
    await kim.shopper.untilState('talking');
    await page.getByRole('region', { name: 'Your call' }).getByText('Kim').waitFor();
    // Taken after all, it is no missed call any more.
    await needs(page).waitFor({ state: 'detached' });
    await ana.press('Hang up');
    await kim.shopper.untilState('ended');
  });
});

test('B92 a missed call is kept until it is dismissed, at the phone and in the settings, and then the focus is on the page', async () => {
  const { page } = person;
  for (const at of ['phone', 'settings'] as const) {
    await readyAtThePhone();
    if (at === 'settings') await ana.settings('Team');
    const kim = await callers.call(server, 'Kim');
    await ringsInVain(kim);
    await needs(page).getByText('They still wait.').waitFor();
    await kim.hangUp();
    await needs(page).getByText('They are gone.').waitFor();
    if (at === 'phone') await look(page, 'console-missed');
    await needs(page).getByRole('button', { name: 'Dismiss' }).focus();
    await page.keyboard.press('Enter');
    await needs(page).waitFor({ state: 'detached' });
    await untilFocused(page, at === 'settings' ? 'Team' : 'Go available');
    await untilTitle(page, 'Talk to Us');
    expect(await icon(page)).toBe(plainIcon);
  }
});

test('B93 after a decline the only rep sees, on every page, who still waits and when it rings again, and picks up at once', async () => {
  const { page } = person;
  await server.setQueue({ offerMs: 60_000 });
  for (const at of ['settings', 'phone'] as const) {
    await readyAtThePhone();
    const kim = await callers.call(server, 'Kim');
    await ana.state('ringing');
    await ana.press(/^Decline/);
    if (at === 'settings') await ana.settings('Team');
    await needs(page).getByText('Kim still waits in Sales.').waitFor();
    await needs(page)
      .getByText(/^rings you again in 0:[0-3]\d$/)
      .waitFor();
    await needs(page).getByRole('button', { name: 'Pick up now: Kim' }).click();
    await kim.shopper.untilState('talking');
    await needs(page).waitFor({ state: 'detached' });
    await ana.press(/^Hang up\b(?! and)/);
    await kim.shopper.untilState('ended');
  }
});

test('B94 an away rep is told on every page who waits, and takes them with one click', async () => {
  const { page } = person;
  await readyAtThePhone();
  const kim = await callers.call(server, 'Kim');
  await ana.state('ringing');
  await ana.press(/^Decline/);
  const lee = await callers.call(server, 'Lee');
  await ana.state('ringing');
  await ana.press(/^Decline/);
  await ana.press('Go away');
  await needs(page).getByText('2 shoppers are waiting, Kim first.').waitFor();
  await untilTitle(page, '(2) Talk to Us');
  await look(page, 'console-waiting');
  await ana.settings('Team');
  await needs(page).getByText('2 shoppers are waiting, Kim first.').waitFor();
  await untilTitle(page, '(2) Talk to Us');
  await needs(page).getByRole('button', { name: 'Pick up now: Kim' }).click();
  await kim.shopper.untilState('talking');
  await ana.press('Hang up');
  await needs(page).getByText('Lee is waiting in Sales.').waitFor();
  ahead += limits.refusalBackOffMs;
  await lee.browse();
  await needs(page).getByRole('button', { name: 'Go available again' }).click();
  await page.getByRole('region', { name: 'Your call' }).getByRole('button', { name: 'Answer' }).click();
  await lee.shopper.untilState('talking');
  await needs(page).waitFor({ state: 'detached' });
  await ana.press('Hang up');
});

test('B95 a lost server is told on every page, in title and icon, nothing is called good meanwhile, and its return ends it', async () => {
  const { page } = person;
  for (const at of ['settings', 'phone'] as const) {
    await readyAtThePhone();
    await callers.call(server, 'Kim');
    await ana.accept();
    if (at === 'settings') await ana.settings('Team');
    else await page.locator('[data-grade]').waitFor({ timeout: patienceMs });
    const back = await server.stop();
    await needs(page)
      .getByText(/Your call is kept while this page tries again/)
      .waitFor();
    await untilTitle(page, '⚠ No connection · Talk to Us');
    expect(await icon(page)).not.toBe(plainIcon);
    await needs(page)
      .getByText(/^for 0:\d\d$/)
      .waitFor();
    if (at === 'phone') {
      await page.getByText('Not measured').waitFor();
      expect(await page.locator('[data-grade]').count()).toBe(0);
      await look(page, 'console-no-server');
    }
    // Before the server is back: after that the page may be quicker than the click.
    await needs(page).getByRole('button', { name: 'Reconnect now' }).click();
    await back();
    // The microphone has a way of its own to come back by.
    await until(async () => (await needs(page).count()) === 0 && (await icon(page)) === plainIcon);
    await untilTitle(page, 'Talk to Us');
    await ana.press(/^Hang up\b(?! and)/);
  }
});
