/** A talk is sent on to another queue, in real browsers: the shopper waits for a moment and then hears somebody else. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { QueueSheet } from '../../shared/api/queues.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { openRep, openShopper, type RepPage, type ShopperPage } from '../support/pages.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const tones = { ana: 880, ben: 660, sam: 440 };

let server: TestServer;
let ana: RepPage;
let ben: RepPage;
let sam: ShopperPage;
const opened: Person[] = [];

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  await server.setQueue({ wrapUp: { kind: 'none', ms: 1_000 } });
  opened.push(...(await Promise.all(Object.values(tones).map(toneHz => openBrowser(toneHz)))));
  ana = await openRep(opened[0]!, server.setUpLink(), 'Ana');
  ben = await openRep(opened[1]!, await ana.invite('Ben'), 'Ben');
  sam = await openShopper(opened[2]!, server.origin);
  // Ana answers in Sales, Ben in Returns.
  const { queues } = await ask<{ queues: QueueSheet[] }>('GET', '/api/queues');
  const sales = queues[0]!;
  const [first, second] = sales.members;
  const { queue } = await ask<{ queue: QueueSheet }>('POST', '/api/queues', {
    siteId: sales.siteId,
    name: 'Returns',
  });
  const { reps } = await ask<{ reps: { id: string; name: string }[] }>('GET', '/api/team');
  const idOf = (name: string) => reps.find(rep => rep.name === name)?.id;
  expect([first?.repId, second?.repId].sort()).toEqual([idOf('Ana'), idOf('Ben')].sort());
  await ask('PATCH', `/api/queues/${sales.id}`, { members: [{ repId: idOf('Ana') }] });
  await ask('PATCH', `/api/queues/${queue.id}`, { members: [{ repId: idOf('Ben') }] });
});
afterAll(async () => {
  await Promise.all(opened.map(person => person.close()));
  await server.close();
});
afterEach(() => {
  expect(opened.flatMap(person => person.complaints)).toEqual([]);
});

/** As Ana's own page would ask. */
const ask = <T>(method: string, path: string, body?: object): Promise<T> =>
  ana.page.evaluate(
    async ([method, path, text]) => {
      const answer = await fetch(path!, {
        method: method!,
        ...(text === undefined ? {} : { body: text, headers: { 'content-type': 'application/json' } }),
      });
      return (await answer.json()) as never;
    },
    [method, path, ...(body === undefined ? [] : [JSON.stringify(body)])],
  );

const hears = (listener: { person: Person }, toneHz: number) =>
  until(async () => Math.abs((await listener.person.hear()).frequencyHz - toneHz) < 4);

const sendOn = async () => {
  await ana.press('Send on…');
  await ana.page.getByRole('radio', { name: 'Returns' }).check();
  await ana.page.getByRole('dialog').getByRole('button', { name: 'Send on' }).click();
};

describe('a talk', () => {
  test('B41 is sent on to another queue, whose rep the shopper then hears, and to none where nobody is', async () => {
    await ana.goAvailable();
    await sam.call();
    await ana.accept();
    await hears(sam, tones.ana);

    await sendOn();
    await ana.page
      .getByRole('region', { name: 'Needs your attention' })
      .getByText('Nobody is available there right now.')
      .waitFor();
    await hears(sam, tones.ana);

    await ben.goAvailable();
    await sendOn();
    await ana.state('idle');
    await ben.accept();
    await sam.element.getByText('Ben').first().waitFor();
    await Promise.all([hears(sam, tones.ben), hears(ben, tones.sam)]);
    await until(async () => (await ana.person.hear()).levelDb < -60);
    await sam.press('Hang up');
    await ben.press('Done');
    await ben.state('idle');
  });
});
