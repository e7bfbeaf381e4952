/** What is told to those who wait, in a real browser: when, how loud the music is meanwhile, and how it ends. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CallId, SoundId } from '../../shared/ids.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { openShopper, type ShopperPage } from '../support/pages.ts';
import { Rep, Shopper } from '../support/people.ts';
import type { RepAccount } from '../support/rep-account.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { SignalingClient } from '../support/signaling-client.ts';
import { tone, wav } from '../support/sound-files.ts';
import { listenTo, type Speech, saidOn, startSpeech } from '../support/speech.ts';
import { until } from '../support/until.ts';

const second = 1_000;
/** Long enough for a shopper to arrive on the slowest machine before the first announcement: its time is jumped to. */
const everyMs = 60 * second;

let server: TestServer;
let speech: Speech;
let ana: Rep;
let bystander: RepAccount;
/** Talks to Ana, so that others wait. */
let kim: Shopper;
let callOfKim: CallId;
const opened: Person[] = [];
/** What a person's page has to complain about, and must. */
const expectedComplaints = new Map<Person, RegExp>();

/** The server's clock, which can be pushed on; a page that is loaded takes it up. */
let ahead = 0;
const now = () => Date.now() + ahead;
/** Whose browser has voices. */
const speaks = new Set<ShopperPage>();

beforeAll(async () => {
  speech = await startSpeech();
  server = await startTestServer({ workers: 1, now });
  await server.setQueue({ wrapUp: { kind: 'none', ms: second } });
  ana = await Rep.signIn(server.origin, await server.addRep('Ana'));
  await ana.goAvailable(880);
  bystander = await server.addRep('Bystander');
  // As loud at one moment as at any other.
  const { id: music } = await ana.account.addSound(server.origin, 'Hum', wav([tone(500, 2)]));
  await server.setQueue({ music });
  kim = await Shopper.arrive(server.origin);
  callOfKim = await kim.call(587);
  await ana.answer();
});
afterAll(async () => {
  kim.close();
  ana.close();
  await server.close();
  await speech.stop();
});
// Whatever the test before left.
beforeEach(() => server.setQueue({ announcements: { everyMs, clips: {} } }));
afterEach(async () => {
  speech.release();
  const people = opened.splice(0);
  await Promise.all(people.map(person => person.close()));
  const unexpected = people.flatMap(person =>
    person.complaints.filter(complaint => !expectedComplaints.get(person)?.test(complaint)),
  );
  expect(unexpected).toEqual([]);
});

/** A shopper in line, and when they came. */
async function waiter({ voices = true, policy = '' } = {}): Promise<{ sam: ShopperPage; since: number }> {
  const person = await openBrowser(440, voices ? { speech } : {});
  opened.push(person);
  if (policy) await person.page.addInitScript(setPolicy, policy);
  await listenTo(person.page);
  const sam = await openShopper(person, server.origin);
  if (voices) speaks.add(sam);
  const since = now();
  await sam.call();
  await hearsMusic(sam);
  return { sam, since };
}

/** In the page, as soon as it has a head. */
function setPolicy(policy: string): void {
  addEventListener('DOMContentLoaded', () => {
    const meta = document.createElement('meta');
    meta.httpEquiv = 'Content-Security-Policy';
    meta.content = policy;
    document.head.append(meta);
  });
}

/** Somebody who waits reloads the page; and then it is nearly time, as the server's clock has it. */
async function reloadAt(sam: ShopperPage, at: number): Promise<void> {
  await sam.page.reload();
  await hearsMusic(sam);
  if (speaks.has(sam)) await canSpeak(sam);
  await jumpTo(at);
}

/** The browser learns of its voices only after a while. */
const canSpeak = (sam: ShopperPage) =>
  until(() => sam.page.evaluate(() => speechSynthesis.getVoices().length > 0));

/** Pages take up the server's clock with the next thing that they are told. */
async function jumpTo(at: number): Promise<void> {
  ahead += at - now();
  const waiting = `It is ${now()}`;
  await server.setQueue({ texts: { every: { waiting, closed: '', noRep: '', full: '' } } });
  // Somebody looks in, which is told to those around.
  const { client } = await SignalingClient.rep(server.origin, bystander);
  client.close();
  await until(() =>
    Promise.all(opened.map(({ page }) => page.getByText(waiting).first().isVisible())).then(all =>
      all.every(Boolean),
    ),
  );
}

async function hearsMusic(sam: ShopperPage): Promise<void> {
  await sam.state('waiting');
  await until(async () => (await sam.person.hear()).levelDb > -45);
}

/** The level of the tone that is heard, dB: of several moments the loudest, since a busy machine leaves gaps in sound. */
async function loudness(sam: ShopperPage): Promise<number> {
  const readings: number[] = [];
  while (readings.length < 3) readings.push((await sam.person.hear()).loudestDb);
  return Math.max(...readings);
}

/** The level once it no longer changes, dB: music that has just begun may still be heard in part. */
async function steadyLoudness(sam: ShopperPage): Promise<number> {
  let level = await loudness(sam);
  await until(
    async () => {
      const previous = level;
      level = await loudness(sam);
      return Math.abs(level - previous) < 0.1;
    },
    { everyMs: 250, describe: () => level },
  );
  return level;
}

/** Waits until the music is that much louder than `before`, dB. */
async function isLouder(sam: ShopperPage, before: number, by: number): Promise<void> {
  const heard: number[] = [];
  await until(
    async () => {
      const level = await loudness(sam);
      heard.push(Math.round(10 * (level - before)) / 10);
      return Math.abs(level - before - by) < 0.5;
    },
    { describe: () => ({ by, heard: heard.filter((level, index) => level !== heard[index - 1]) }) },
  );
}

const said = async (sam: ShopperPage) => (await saidOn(sam.page)).map(({ text }) => text);
const isSpokenTo = (sam: ShopperPage) => until(async () => (await said(sam)).length > 0);

/** How long after that moment of the server's clock the page asked for each sentence, ms. */
const lateness = async (sam: ShopperPage, due: number) =>
  (await saidOn(sam.page)).map(({ askedAt }) => askedAt + ahead - due);

describe('who waits', () => {
  test('B22 is told their place by the browser every so often, over quieter music, until a headset rings', async () => {
    const { sam, since } = await waiter();
    const before = await steadyLoudness(sam);
    expect(await said(sam)).toEqual([]);
    speech.hold();
    await reloadAt(sam, since + everyMs - second);
    await isSpokenTo(sam);
    // A fifth of the amplitude.
    await isLouder(sam, before, 20 * Math.log10(0.2));
    expect(await saidOn(sam.page)).toEqual([
      {
        text: 'You are next in line.',
        lang: expect.stringMatching(/^en/),
        askedAt: expect.any(Number),
        cutOff: false,
      },
    ]);
    for (const late of await lateness(sam, since + everyMs)) {
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThan(everyMs);
    }
    speech.release();
    await isLouder(sam, before, 0);

    // The next one is cut off in the middle of its sentence.
    speech.hold();
    await reloadAt(sam, since + 2 * everyMs - second);
    await isSpokenTo(sam);
    await kim.signaling.request('call.hang-up', { callId: callOfKim });
    await sam.element.getByText('Ringing someone for you').first().waitFor();
    await until(async () => (await saidOn(sam.page))[0]?.cutOff);
    speech.release();
    await isLouder(sam, before, 0);
    await ana.answer();
    await sam.state('talking');
    await until(async () => Math.abs((await sam.person.hear()).frequencyHz - 880) < 4);
    expect(await said(sam)).toHaveLength(1);
    await sam.press('Hang up');
    await ana.untilWork('idle');
    callOfKim = await kim.call(587);
    await ana.answer();
  });

  test('B22 hears other music that begins under an announcement as quiet as what it follows', async () => {
    const other = await ana.account.addSound(server.origin, 'Other', wav([tone(700, 2)]));
    const { sam, since } = await waiter();
    speech.hold();
    await reloadAt(sam, since + everyMs - second);
    await isSpokenTo(sam);
    await ana.account.patchQueue(server.origin, { music: other.id });
    const humming = async () => {
      const heard = await sam.person.hear();
      return Math.abs(heard.frequencyHz - 700) < 4 ? heard.loudestDb : null;
    };
    const meanwhile = await until(humming);
    speech.release();
    await until(async () => ((await humming()) ?? meanwhile) > meanwhile + 10);
    await sam.press('Leave the line');
  });

  test('B22 is told by the browser what a recording that is gone would have said', async () => {
    await server.setQueue({ announcements: { everyMs, clips: { next: 'gone' as SoundId } } });
    const { sam, since } = await waiter();
    const missing = /\/sounds\/gone/;
    expectedComplaints.set(sam.person, missing);
    await reloadAt(sam, since + everyMs - second);
    await isSpokenTo(sam);
    expect(await said(sam)).toEqual(['You are next in line.']);
    await until(() => sam.person.complaints.some(complaint => missing.test(complaint)));
    await sam.press('Leave the line');
  });

  test('B22 is told by the browser what the page does not let a recording say, and the shop is told what to allow', async () => {
    const clip = await ana.account.addSound(server.origin, 'You are next', wav([tone(900, 1)]));
    await server.setQueue({ announcements: { everyMs, clips: { next: clip.id } } });
    const { sam, since } = await waiter({ policy: "media-src 'none'" });
    expectedComplaints.set(sam.person, /media-src/);
    const told: string[] = [];
    sam.page.on('console', message => told.push(message.text()));
    await reloadAt(sam, since + everyMs - second);
    await isSpokenTo(sam);
    expect(await said(sam)).toEqual(['You are next in line.']);
    await until(() => told.some(text => text.includes(`media-src ${server.origin}`)));
    await sam.press('Leave the line');
  });

  test('B23 turns that off and on with a key, for as long as the tab lives', async () => {
    const { sam, since } = await waiter();
    const off = sam.element.getByRole('button', { name: 'Mute announcements' });
    await off.focus();
    await sam.page.keyboard.press('Enter');
    const on = sam.element.getByRole('button', { name: 'Speak my place' });
    await on.waitFor();
    await reloadAt(sam, since + everyMs - second);
    await on.waitFor();
    await until(() => now() > since + everyMs + second);
    expect(await said(sam)).toEqual([]);
    await on.focus();
    await sam.page.keyboard.press('Enter');
    speech.hold();
    await reloadAt(sam, since + 2 * everyMs - second);
    await isSpokenTo(sam);
    await off.focus();
    await sam.page.keyboard.press('Enter');
    await until(async () => (await saidOn(sam.page))[0]?.cutOff);
    await sam.press('Leave the line');
  });

  test('B24 hears nothing but music where there is neither a recording nor a voice for their language', async () => {
    const { sam, since } = await waiter({ voices: false });
    const before = await steadyLoudness(sam);
    await reloadAt(sam, since + everyMs - second);
    await until(() => now() > since + everyMs + second);
    await isLouder(sam, before, 0);
    expect(await sam.element.getByRole('button', { name: 'Mute announcements' }).count()).toBe(0);
    await sam.press('Leave the line');
  });
});
