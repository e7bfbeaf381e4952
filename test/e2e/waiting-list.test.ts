/** What a rep can do with whoever waits, from the list. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { openRep, type RepPage } from '../support/pages.ts';
import { Shopper } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const pictures = 'test-results/screenshots';

let server: TestServer;
let person: Person;
let ana: RepPage;
const shoppers: Shopper[] = [];

beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  server = await startTestServer({ workers: 1 });
  await server.setQueue({ wrapUp: { kind: 'none', ms: 1_000 } });
  person = await openBrowser(880, { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  ana = await openRep(person, server.setUpLink(), 'Ana');
});
afterAll(async () => {
  for (const shopper of shoppers) shopper.close();
  await person.close();
  await server.close();
});

async function comes(name: string): Promise<Shopper> {
  const shopper = await Shopper.arrive(server.origin);
  shoppers.push(shopper);
  await shopper.call(440, { name });
  return shopper;
}

test('B96 who waits is answered from the list after a decline, or removed, and reads so', async () => {
  const list = person.page.getByRole('region', { name: 'Waiting' });
  await ana.goAvailable();
  const kim = await comes('Kim');
  await ana.state('ringing');
  await ana.press(/^Decline/);
  const sam = await comes('Sam');
  await ana.state('ringing');
  await ana.press(/^Decline/);
  await list.getByText('Sam').waitFor();

  for (const colorScheme of ['light', 'dark'] as const) {
    await person.page.emulateMedia({ colorScheme });
    expect(await violations(person.page)).toEqual([]);
    await person.page.screenshot({
      path: path.join(pictures, `console-declined-desktop-${colorScheme}.png`),
    });
  }

  await list.getByRole('button', { name: 'Remove Kim from the line' }).click();
  expect(kim.signaling.view).toMatchObject({ state: 'waiting' });
  await list.getByRole('button', { name: 'Remove for good?' }).click();
  expect(await kim.untilState('ended')).toMatchObject({ reason: 'removed' });
  await list.getByText('Kim').waitFor({ state: 'detached' });

  await list.getByRole('button', { name: 'Pick up: Sam' }).click();
  await ana.state('talking');
  await sam.untilState('talking');
  await until(async () => Math.abs((await person.hear()).frequencyHz - 440) < 4);
  expect(person.complaints).toEqual([]);
});
