/** A talk as the browser and its devices take part in it: microphones that send nothing, media keys, the screen. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, type Person } from '../support/browser.ts';
import { openRep, openShopper, type RepPage, type ShopperPage } from '../support/pages.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: TestServer;
let ana: RepPage;
let sam: ShopperPage;
const opened: Person[] = [];

type Noted = typeof globalThis & {
  /** A person's hand on the switch of the headset. */
  microphoneOn: (on: boolean) => void;
  keys: Record<string, (() => void) | null>;
  locks: WakeLockSentinel[];
};

/**
 * Runs in the page: what it asks the browser for, which gets it all the same. A test has no media keys to press, nor a headset
 * with a switch.
 */
function noteTalk(): void {
  const noted = globalThis as unknown as Noted;
  noted.keys = {};
  noted.locks = [];
  const { getUserMedia } = MediaDevices.prototype;
  MediaDevices.prototype.getUserMedia = async function (this: MediaDevices, constraints) {
    const real = await getUserMedia.call(this, constraints);
    const context = new AudioContext();
    const gate = context.createGain();
    const out = context.createMediaStreamDestination();
    context.createMediaStreamSource(real).connect(gate).connect(out);
    noted.microphoneOn = on => {
      gate.gain.value = on ? 1 : 0;
    };
    return out.stream;
  };
  const { setActionHandler } = MediaSession.prototype;
  MediaSession.prototype.setActionHandler = function (this: MediaSession, action, handler) {
    noted.keys[action] = handler as (() => void) | null;
    setActionHandler.call(this, action, handler);
  };
  const { request } = WakeLock.prototype;
  WakeLock.prototype.request = async function (this: WakeLock, type) {
    const lock = await request.call(this, type);
    noted.locks.push(lock);
    return lock;
  };
}

const microphone = ({ page }: { page: Person['page'] }, on: boolean) =>
  page.evaluate(on => (globalThis as unknown as Noted).microphoneOn(on), on);
const press = ({ page }: { page: Person['page'] }, key: string) =>
  page.evaluate(key => (globalThis as unknown as Noted).keys[key]?.(), key);
/** The screen is kept on, what is in the way of media keys, and the name that the browser shows. */
const told = ({ page }: { page: Person['page'] }) =>
  page.evaluate(() => {
    const { keys, locks } = globalThis as unknown as Noted;
    return [
      locks.some(lock => !lock.released),
      Object.values(keys).filter(handler => handler !== null).length,
      navigator.mediaSession.metadata?.title ?? null,
    ];
  });

beforeAll(async () => {
  server = await startTestServer();
  opened.push(await openBrowser(880, { whole: true }), await openBrowser(440, { whole: true }));
  for (const { page } of opened) await page.addInitScript(noteTalk);
  ana = await openRep(opened[0]!, server.setUpLink(), 'Ana');
  sam = await openShopper(opened[1]!, server.origin);
  await ana.goAvailable();
  await sam.call();
  await ana.accept();
  await sam.state('talking');
});
afterAll(async () => {
  for (const person of opened) await person.close();
  await server.close();
});

describe('a microphone that sends only zeros for a while', () => {
  test("B78 the shopper's is told to the shopper and to the rep, and so is its return", async () => {
    await microphone(sam, false);
    await sam.element.getByText('No sound comes from your microphone').first().waitFor();
    const mark = ana.page.getByText('No sound from the shopper’s microphone');
    await mark.first().waitFor();
    await microphone(sam, true);
    await sam.element
      .locator('[part="notice"]', { hasText: 'your microphone' })
      .waitFor({ state: 'detached' });
    await mark.first().waitFor({ state: 'detached' });
  });

  test("B79 the rep's is told to the rep and to the shopper, and so is its return", async () => {
    const note = ana.page
      .getByRole('region', { name: 'Needs your attention' })
      .getByText('No sound comes from your microphone');
    await microphone(ana, false);
    await note.waitFor();
    const notice = sam.element.locator('[part="notice"]', { hasText: 'Ana’s microphone' });
    await notice.waitFor();
    await microphone(ana, true);
    await notice.waitFor({ state: 'detached' });
    await note.waitFor({ state: 'detached' });
  });
});

test('B80 in a talk the screen stays on and media keys mute and hang up, on both sides; afterwards all is gone', async () => {
  await until(async () => (await told(sam)).join() === 'true,2,Ana');
  const [on, keys, title] = await until(() => told(ana));
  expect([on, keys]).toEqual([true, 2]);
  expect(title).toBeTruthy();
  await press(sam, 'togglemicrophone');
  await ana.page.getByText('The shopper is muted').waitFor();
  await press(sam, 'togglemicrophone');
  await ana.page.getByText('The shopper is muted').waitFor({ state: 'detached' });
  await press(ana, 'togglemicrophone');
  await sam.element.getByText('Ana is muted').first().waitFor();
  await press(ana, 'hangup');
  await sam.state('ended');
  await ana.state('wrap-up');
  for (const person of [sam, ana]) await until(async () => (await told(person)).join() === 'false,0,');
});
