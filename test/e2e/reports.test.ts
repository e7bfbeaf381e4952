/** The page of reports: from a figure to the calls that it counts, in a chart and in words, for owners and supervisors. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqlite } from '../../server/store/sqlite.ts';
import { violations } from '../support/axe.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { misfits } from '../support/fit.ts';
import { leftInEnglish } from '../support/left-in-english.ts';
import { look } from '../support/look.ts';
import type { RepAccount } from '../support/rep-account.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { tellMonday } from '../support/told-monday.ts';

let server: TestServer;
let owner: Person;
let zoe: RepAccount;

/** Ten o'clock in Berlin in winter, some days ago. */
const day = 86_400_000;
const at = Math.floor(Date.now() / day) * day - 5 * day + 9 * 3_600_000;
const date = new Date(at).toISOString().slice(0, 10);

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  zoe = await server.addRep('Zoe');
  const db = openSqlite(server.dataDir);
  await tellMonday({ db }, at);
  await db.destroy();
  owner = await openBrowser(880, { locale: 'en-GB', viewport: { width: 1280, height: 900 } });
  await signIn(owner, zoe);
});
afterAll(async () => {
  await owner?.close();
  await server?.close();
});

async function signIn({ page }: Person, { person }: RepAccount): Promise<void> {
  await page.goto(`${server.origin}/rep`);
  await page.locator('#email').fill(person.email);
  await page.locator('#password').fill(person.password);
  await page.locator('rep-sign-in button.primary').click();
  await page.locator('rep-phone').waitFor();
}

/** Whoever is not signed in yet asks who they are. */
const complaintsOf = ({ complaints }: Person) => complaints.filter(text => !/status of 401/.test(text));

const reports = (person: Person) => person.page.locator('rep-reports-page');

/** That day, by queue, of the shop that it is told of. */
async function choose(person: Person, by = 'hour'): Promise<void> {
  const page = reports(person);
  await page.locator('#field-period').selectOption('days');
  await page.locator('#field-from').fill(date);
  await page.locator('#field-until').fill(date);
  await page.locator('#field-by').selectOption(by);
  await page.locator('[data-count=entered] button', { hasText: /^15$/ }).waitFor();
}

test('B350 an owner reads the figures of a day, opens the calls that one counts, and one of these', async () => {
  const { page } = owner;
  await page.goto(`${server.origin}/rep#settings/calls`);
  await page.getByRole('link', { name: 'Reports' }).click();
  await page.getByRole('heading', { level: 1, name: 'Reports' }).waitFor();
  await choose(owner);
  await page.getByText('Days and hours are those of Europe/Berlin.').waitFor();
  const level = reports(owner).locator('[data-figure=ours]');
  // Of the day that is worked out by hand, and one call more that was answered in time.
  expect(await level.locator('.value').textContent()).toBe('45.5%');
  expect(await level.textContent()).toContain('5 of 11');
  await level.getByText('How it is worked out').click();
  await level.getByText('Answered in time, divided by').waitFor();

  const row = reports(owner).locator('tbody tr', { has: page.locator('th', { hasText: /^10/ }) });
  await row
    .getByRole('button', { name: /Answered, / })
    .first()
    .click();
  await page.getByRole('heading', { level: 2, name: /^Answered \(/ }).waitFor();
  const listed = page.locator('rep-counted-list li');
  await listed.first().waitFor();
  expect(await listed.count()).toBe(Number(await row.locator('td').nth(1).textContent()));
  await look(page, 'reports', { whole: true });
  await listed.first().getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: /^Call from/ }).waitFor();
  expect(complaintsOf(owner)).toEqual([]);
});

test('B351 the chart shows what the table beside it says, and the table can be downloaded', async () => {
  const { page } = owner;
  await page.goto(`${server.origin}/rep#settings/reports`);
  await choose(owner, 'queue');
  const drawn = () =>
    reports(owner)
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        const bar = getComputedStyle(canvas).color.match(/\d+/g)!.slice(0, 3).map(Number);
        let pixels = 0;
        for (let at = 0; at < data.length; at += 4)
          if (bar.every((value, index) => Math.abs(data[at + index]! - value) < 3) && data[at + 3]! > 250)
            pixels++;
        return pixels;
      });
  await expect.poll(drawn).toBeGreaterThan(500);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(drawn).toBeGreaterThan(500);
  await page.emulateMedia({ colorScheme: 'light' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as a table' }).click(),
  ]);
  const table = await readFile(await download.path(), 'utf8');
  expect(table).toContain('\r\nhelp,1,1,1,');
  expect(table).toMatch(/\r\nTotal,15,6,5,/);
});

test.each([
  ['de', 'ltr'],
  ['ar', 'rtl'],
  ['fr', 'ltr'],
  ['es', 'ltr'],
] as const)(
  'B352 in %s the page fits from 360 to 1920 px, keeps nobody out, and nothing is left in English',
  async (language, direction) => {
    const { page } = owner;
    await page.evaluate(chosen => {
      const key = 'talk-to-us.rep';
      const remembered = JSON.parse(localStorage.getItem(key) ?? '{}') as object;
      localStorage.setItem(key, JSON.stringify({ ...remembered, language: chosen }));
    }, language);
    await page.goto(`${server.origin}/rep#settings/reports`);
    await page.reload();
    await page.locator(`html[lang^=${language}][dir=${direction}]`).waitFor();
    await choose(owner);
    for (const folded of await reports(owner).locator('summary').all()) await folded.click();
    await reports(owner).locator('[data-count=answered] button').click();
    await page.locator('rep-counted-list li').first().waitFor();
    const found: string[] = [];
    for (const width of [360, 390, 768, 1280, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      found.push(...(await misfits(page)).map(text => `${width}: ${text}`));
    }
    found.push(...(await violations(page)), ...(await leftInEnglish(reports(owner), language)));
    await look(page, `reports-${language}`, { whole: true });
    expect(found).toEqual([]);
  },
);

test('B353 a supervisor without the settings opens reports and their calls, and goes back to them', async () => {
  const sue = await server.addRep('Sue');
  const { rep } = await sue.read<{ rep: { id: string } }>(server.origin, '/api/rep/me');
  expect((await zoe.ask(server.origin, 'PATCH', `/api/team/${rep.id}`, { role: 'supervisor' })).status).toBe(
    200,
  );
  const person = await openBrowser(880, { locale: 'en-GB', viewport: { width: 1280, height: 900 } });
  try {
    const { page } = person;
    await signIn(person, sue);
    await page.goto(`${server.origin}/rep#settings/blocks`);
    await page.getByRole('link', { name: 'Reports' }).click();
    await choose(person);
    await reports(person).locator('[data-count=callbacks] button').click();
    await page.locator('rep-counted-list a').click();
    await page.getByRole('heading', { level: 1, name: /^Call from/ }).waitFor();
    await page.getByRole('link', { name: 'Back to Reports' }).click();
    await page.getByRole('heading', { level: 1, name: 'Reports' }).waitFor();
    expect(complaintsOf(person)).toEqual([]);
  } finally {
    await person.close();
  }
});
