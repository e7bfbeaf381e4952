/** What can stand between a shopper and a talk: each has its own words and a next step. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { queueSettings } from '../../shared/settings.ts';
import { violations } from '../support/axe.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { look } from '../support/look.ts';
import { openShopper, type ShopperPage } from '../support/pages.ts';
import { Rep } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let ana: Rep;
const opened: Person[] = [];

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  ana = await Rep.signIn(server.origin, await server.addRep('Ana'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map(person => person.close()));
});
afterAll(async () => {
  ana.close();
  await server.close();
});

async function shopper(options: Parameters<typeof openBrowser>[1] = {}): Promise<ShopperPage> {
  const person = await openBrowser(440, { ...options });
  opened.push(person);
  return openShopper(person, server.origin);
}

/** The problem screen with these words and, as the next step, this button. */
async function told(page: ShopperPage, problem: string, words: RegExp, next: RegExp): Promise<void> {
  await page.page.locator(`talk-to-us[data-problem="${problem}"]`).waitFor({ state: 'attached' });
  await page.element.locator('[part=headline]', { hasText: words }).waitFor();
  await page.element.getByRole('button', { name: next }).waitFor();
  expect(await violations(page.page)).toEqual([]);
}

describe('a shopper is told in plain words', () => {
  test('B7 that nobody is on duty, before the click and after it', async () => {
    const sam = await shopper();
    await sam.page.locator('talk-to-us[data-reach="no-rep"]').waitFor({ state: 'attached' });
    await sam.call();
    await told(sam, 'no-rep', /nobody is here/i, /try again/i);
  });

  test('B141 what is wrong with the number that they leave, beside the field, until they write on', async () => {
    const { callback, overflow } = queueSettings.parse({});
    await server.setQueue({
      callback: { ...callback, phone: true },
      overflow: { ...overflow, noRep: { do: 'callback' } },
    });
    const sam = await shopper({ viewport: { width: 390, height: 844 } });
    await sam.call();
    await sam.press('Call me back instead');
    const field = sam.element.getByLabel('Your telephone number');
    const problem = sam.element.locator('[part=callback-problem]');
    for (const [typed, words] of [
      ['', /\S/],
      ['....', /telephone number|digits/i],
      ['12', /too short/i],
    ] as const) {
      await field.fill(typed);
      expect(await problem.textContent()).toBe('');
      await sam.press('Call this number');
      await problem.filter({ hasText: words }).waitFor();
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      expect(await violations(sam.page)).toEqual([]);
    }
    await look(sam.page, 'shop-number-problem');
    await field.fill('+44 20 7946 0000');
    await server.setQueue({ callback, overflow });
  });

  test('B8 that the microphone is blocked, after being told why it is asked for', async () => {
    await ana.goAvailable(880);
    const person = await openBrowser(440, { microphone: 'denied' });
    opened.push(person);
    await person.page.addInitScript(noteWhatIsSaidWhenAsked);
    const sam = await openShopper(person, server.origin);
    await sam.call();
    await told(sam, 'microphone-denied', /microphone is blocked/i, /try again/i);
    await sam.element
      .getByText(/^Click the icon at the left of the address bar/)
      .first()
      .waitFor();
    const said = await sam.page.evaluate(() => (globalThis as Asked).saidWhenAsked);
    expect(said).toMatch(/may we use your microphone/i);
  });

  test('B9 that there is no microphone', async () => {
    const sam = await shopper({ microphone: 'none', permissions: ['microphone'] });
    await sam.call();
    await told(sam, 'microphone-none', /no microphone/i, /try again/i);
  });

  test('B10 that the server is out of reach, and gets through once it is back', async () => {
    const sam = await shopper();
    await sam.page.context().setOffline(true);
    await sam.call();
    await sam.element.getByRole('button', { name: /try again|could not be loaded/i }).waitFor();
    await sam.page.context().setOffline(false);
    await sam.element.getByRole('button', { name: /try again|talk to us/i }).click();
    await sam.state('waiting');
    expect((await ana.untilWork('ringing')).call.queueName).toBe('Sales');
    await sam.press('Leave the line');
    await sam.state('ended');
    await ana.untilWork('idle');
  });
});

type Asked = typeof globalThis & { saidWhenAsked?: string };

/** Runs in the page before its own scripts: what the call window says at the moment the browser is asked. */
function noteWhatIsSaidWhenAsked(): void {
  const { mediaDevices } = navigator;
  const ask = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = constraints => {
    const element = document.querySelector('talk-to-us');
    (globalThis as Asked).saidWhenAsked =
      element?.shadowRoot?.querySelector('[part=panel]')?.textContent ?? '';
    return ask(constraints);
  };
}
