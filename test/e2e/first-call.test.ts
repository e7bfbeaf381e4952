/** People in real browsers: click, wait to music, talk, mute, hang up; heard and measured at the other end. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { median } from '../bench/benchmark.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { openRep, openShopper, type RepPage, type ShopperPage } from '../support/pages.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import type { Measurement } from '../support/tone.ts';
import { until } from '../support/until.ts';

let server: TestServer;
let people: { ana: RepPage; ben: RepPage; sam: ShopperPage; kim: ShopperPage };
const opened: Person[] = [];
const open = async (toneHz: number) => {
  const person = await openBrowser(toneHz);
  opened.push(person);
  return person;
};

const tones = { sam: 440, kim: 587, ana: 880, ben: 1175 };
const silentDb = -60;

beforeAll(async () => {
  server = await startTestServer({ workers: 2 });
  const [ana, ben, sam, kim] = await Promise.all([
    open(tones.ana),
    open(tones.ben),
    open(tones.sam),
    open(tones.kim),
  ]);
  const first = await openRep(ana, server.setUpLink(), 'Ana');
  const second = await openRep(ben, await first.invite('Ben'), 'Ben');
  people = {
    ana: first,
    ben: second,
    sam: await openShopper(sam, server.origin),
    kim: await openShopper(kim, server.origin),
  };
});
afterAll(async () => {
  await Promise.all(opened.map(person => person.close()));
  await server.close();
});
afterEach(() => {
  expect(opened.flatMap(person => person.complaints)).toEqual([]);
});

/** How long is listened; a tone that has just begun smears over others for a sixth of it. */
const listenMs = 1_000;

/**
 * The tone of one person is what the other hears, and no other tone is, for most of a second. A busy machine leaves gaps in
 * one second and not in the next; a voice that is not meant for somebody would be heard in all of them.
 */
async function hearsOnly(listener: { person: Person }, toneHz: number): Promise<void> {
  const others = Object.values(tones).filter(hz => hz !== toneHz);
  let seen: object = {};
  await until(
    async () => {
      const heard: Measurement[] = [];
      const end = performance.now() + listenMs;
      await until(async () => heard.push(await listener.person.hear()) && performance.now() > end);
      const level = (hz: number) => median(heard.map(moment => moment.at(hz)));
      const levelDb = median(heard.map(moment => moment.levelDb));
      const loudestOther = Math.max(...others.map(level));
      seen = { toneHz, levelDb, own: level(toneHz), loudestOther };
      return levelDb > -40 && loudestOther < level(toneHz) - 20;
    },
    { describe: () => seen },
  );
}

describe('two shoppers and two reps', () => {
  test('B1 hear music while they wait, then exactly their own partner, both ways', async () => {
    const { ana, ben, sam, kim } = people;
    await ana.goAvailable();
    await sam.call();
    await sam.state('waiting');
    await until(async () => (await sam.person.hear()).levelDb > -45);
    await ana.accept();
    await kim.call();
    await kim.state('waiting');
    await until(async () => (await kim.person.hear()).levelDb > -45);
    await ben.goAvailable();
    await ben.accept();
    await Promise.all([sam.state('talking'), kim.state('talking')]);
    await Promise.all([
      hearsOnly(sam, tones.ana),
      hearsOnly(ana, tones.sam),
      hearsOnly(kim, tones.ben),
      hearsOnly(ben, tones.kim),
    ]);
    // There is room for all of them on one worker: nothing took a way round.
    const metrics = await (await fetch(`${server.origin}/metrics`)).text();
    expect(metrics).toMatch(/^media_workers_alive 2$/m);
    expect(metrics).toMatch(/^media_pipes 0$/m);
  });

  test('B2 are silenced by mute, on either side, and heard again after it', async () => {
    const { ana, sam } = people;
    await sam.press('Mute');
    await until(async () => (await ana.person.hear()).levelDb < silentDb);
    await ana.page.getByText('The shopper is muted').waitFor();
    await sam.press('Unmute');
    await hearsOnly(ana, tones.sam);

    await ana.press(/^Mute/);
    await until(async () => (await sam.person.hear()).levelDb < silentDb);
    await sam.element.getByText('Ana is muted').first().waitFor();
    await ana.press(/^Unmute/);
    await hearsOnly(sam, tones.ana);
  });

  test('B3 talk on after the shopper reloads the page, and after the rep does', async () => {
    const { ana, sam } = people;
    await sam.page.reload();
    await sam.state('talking');
    await Promise.all([hearsOnly(sam, tones.ana), hearsOnly(ana, tones.sam)]);
    await ana.page.reload();
    await ana.state('talking');
    await Promise.all([hearsOnly(sam, tones.ana), hearsOnly(ana, tones.sam)]);
  });

  test('B4 are both released when the shopper hangs up, and the other call goes on', async () => {
    const { ana, ben, sam, kim } = people;
    await sam.press('Hang up');
    await sam.state('ended');
    await ana.state('wrap-up');
    await until(async () => (await ana.person.hear()).levelDb < silentDb);
    await until(async () => (await sam.person.hear()).levelDb < silentDb);
    await Promise.all([hearsOnly(kim, tones.ben), hearsOnly(ben, tones.kim)]);
    await ana.press('Done');
    await ana.state('idle');
  });

  test('B5 are both released when the rep hangs up', async () => {
    const { ben, kim } = people;
    await ben.press(/^Hang up$/);
    await kim.state('ended');
    await ben.state('wrap-up');
    await until(async () => (await kim.person.hear()).levelDb < silentDb);
    await ben.press('Done');
    await ben.state('idle');
  });

  test('B6 are not stranded when the rep closes the tab while it rings', async () => {
    const { ana, ben, sam } = people;
    await sam.press('Talk again');
    const first = await Promise.race([ana, ben].map(async rep => rep.state('ringing').then(() => rep)));
    const other = first === ana ? ben : ana;
    await first.page.close();
    await other.accept();
    await sam.state('talking');
    await hearsOnly(other, tones.sam);
  });
});
