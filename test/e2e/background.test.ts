/** A console that nobody looks at: behind another window, and while its server begins anew. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Callers, desktop, icon, needs, untilTitle } from '../support/attention.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { openRep, type RepPage } from '../support/pages.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: TestServer;
let person: Person;
let ana: RepPage;
let plainIcon: string;
const callers = new Callers();

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  person = await openBrowser(880, {
    whole: true,
    viewport: desktop,
    permissions: ['microphone', 'notifications'],
  });
  await person.page.addInitScript(watchAlerts);
  ana = await openRep(person, server.setUpLink(), 'Ana');
  plainIcon = await icon(person.page);
  await ana.goAvailable();
});
afterAll(async () => {
  callers.close();
  await person.close();
  await server.close();
});

type Watched = typeof globalThis & { loudness: () => number; notified: string[]; titles: string[] };

/** Runs before the page's own scripts: listens in on what it synthesises, and notes its notifications and titles. */
function watchAlerts(): void {
  const page = globalThis as Watched;
  const taps: AnalyserNode[] = [];
  const { connect } = AudioNode.prototype as { connect: (...to: unknown[]) => unknown };
  AudioNode.prototype.connect = function (this: AudioNode, ...to: unknown[]) {
    if (to[0] instanceof AudioDestinationNode) {
      const tap = new AnalyserNode(this.context);
      connect.call(this, tap);
      taps.push(tap);
    }
    return connect.apply(this, to);
  } as typeof AudioNode.prototype.connect;
  page.loudness = () =>
    Math.max(
      0,
      ...taps.map(tap => {
        const samples = new Float32Array(tap.fftSize);
        tap.getFloatTimeDomainData(samples);
        return Math.max(...samples);
      }),
    );
  page.notified = [];
  const { Notification: RealNotification } = page;
  page.Notification = class extends RealNotification {
    constructor(title: string, options?: NotificationOptions) {
      super(title, options);
      page.notified.push(title);
    }
  };
  page.titles = [];
  document.addEventListener('DOMContentLoaded', () =>
    new MutationObserver(() => page.titles.push(document.title)).observe(document.head, {
      subtree: true,
      childList: true,
      characterData: true,
    }),
  );
}

const loudness = () => person.page.evaluate(() => (globalThis as Watched).loudness());

test('B126 a console behind another window rings by sound, title, icon and notification, until the call is gone', async () => {
  const { page } = person;
  const inspector = await page.context().newCDPSession(page);
  // As in a browser that nobody steers, only the window in front has the focus.
  await inspector.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  const other = await page.context().newPage();
  await other.bringToFront();
  await until(() => page.evaluate(() => !document.hasFocus()));

  const kim = await callers.call(server, 'Kim');
  await untilTitle(page, '☎ Kim is calling');
  await until(async () => (await loudness()) > 0.02);
  expect(await icon(page)).not.toBe(plainIcon);
  expect(await page.evaluate(() => (globalThis as Watched).notified)).toEqual(['Kim is calling']);

  await kim.hangUp();
  await untilTitle(page, 'Talk to Us');
  await until(async () => (await loudness()) < 0.001);
  expect(await icon(page)).toBe(plainIcon);
  await inspector.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  await other.close();
});

/** The buttons of the phone that are cut off on the smallest phone. */
async function cutOff(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 320, height: 568 });
  const phone = page.getByRole('region', { name: 'Phone', exact: true });
  const edge = await phone.evaluate(element => element.getBoundingClientRect().right);
  const cut = await phone
    .getByRole('button')
    .evaluateAll(
      (buttons, right) =>
        buttons
          .filter(
            button => button.getBoundingClientRect().right > right || button.scrollWidth > button.clientWidth,
          )
          .map(button => button.textContent?.trim() ?? ''),
      edge,
    );
  await page.setViewportSize(desktop);
  return cut;
}

test('B129 on a phone of 320 px no button is cut off, whether it rings, is talked or muted', async () => {
  const { page } = person;
  const joe = await callers.call(server, 'Joe');
  await ana.state('ringing');
  expect(await cutOff(page)).toEqual([]);
  await ana.accept();
  await joe.shopper.untilState('talking');
  expect(await cutOff(page)).toEqual([]);
  await ana.press(/^Mute/);
  await page.getByRole('button', { name: /^Unmute/ }).waitFor();
  expect(await cutOff(page)).toEqual([]);
  await joe.hangUp();
  await ana.press('Done');
  await ana.state('idle');
});

test('B127 a server that begins anew is not told as a lost microphone, which comes back by itself', async () => {
  const { page } = person;
  await ana.state('idle');
  const back = await server.stop();
  await untilTitle(page, '⚠ No connection · Talk to Us');
  await back();
  await untilTitle(page, 'Talk to Us');
  // The microphone is there again when calls come through.
  await server.untilOpen();
  const lee = await callers.call(server, 'Lee');
  await ana.accept();
  await lee.shopper.untilState('talking');
  const titles = await page.evaluate(() => (globalThis as Watched).titles);
  expect(titles).toContain('⚠ No connection · Talk to Us');
  expect(titles.filter(title => title.includes('microphone'))).toEqual([]);
  expect(await needs(page).count()).toBe(0);
});
