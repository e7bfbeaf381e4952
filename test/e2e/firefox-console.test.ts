/** An owner and a rep with Firefox: setting up, how the button looks, recording, the team, and another language in a call. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { QueueSheet } from '../../shared/api/queues.ts';
import type { SiteSheet } from '../../shared/api/sites.ts';
import { firstRunSteps } from '../../shared/first-run.ts';
import { readPart } from '../../tools/i18n/console.ts';
import { Firefox, firefoxToneHz } from '../support/firefox.ts';
import { HttpsShop } from '../support/https-shop.ts';
import { Shopper } from '../support/people.ts';
import { png } from '../support/pictures.ts';
import { RepAccount } from '../support/rep-account.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const words = readPart('en', 'phone', 'phone');
const ana = { name: 'Ana', email: 'ana@shop.example', password: 'a good long password' };

let shop: HttpsShop;
let server: TestServer;
let firefox: Firefox;
let folder: string;

beforeAll(async () => {
  shop = await HttpsShop.open();
  // Firefox sends nothing to 127.0.0.1: the server is to name all the addresses of the machine.
  server = await startTestServer({
    workers: 1,
    environment: { ANNOUNCED_ADDRESS: '' },
    trustedPages: [shop.origin],
  });
  firefox = await Firefox.open();
  folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-files-'));
});
afterAll(async () => {
  await firefox.close();
  await server.close();
  await shop.close();
  await rm(folder, { recursive: true });
});

const origin = () => server.origin.replace('127.0.0.1', 'localhost');
const account = () => RepAccount.signIn(server.origin, ana);
const site = async () =>
  (await (await account()).read<{ sites: SiteSheet[] }>(server.origin, '/api/sites')).sites[0]!;
const queue = async () =>
  (await (await account()).read<{ queues: QueueSheet[] }>(server.origin, '/api/queues')).queues[0]!;
const openPage = (hash: string, element: string) =>
  firefox.goTo('about:blank').then(async () => {
    await firefox.goTo(`${origin()}/rep${hash}`);
    await firefox.see(element);
  });
const saveIt = async () => {
  await firefox.press('Save');
  await until(() => firefox.shows('Saved. It counts from now on.'));
};

describe('with Firefox', () => {
  test('B260 an owner is led from the one-time link to an answered test call and a live button', async () => {
    await firefox.goTo(server.setUpLink());
    await firefox.write('#name', ana.name);
    await firefox.write('#email', ana.email);
    await firefox.write('#password', ana.password);
    await firefox.click('form button.primary');
    const onward = async (from: (typeof firstRunSteps)[number]) => {
      await firefox.click('[data-test=next]');
      const next = firstRunSteps[firstRunSteps.indexOf(from) + 1];
      if (next) await firefox.see(`[data-step=${next}]`);
    };
    await firefox.see('[data-step=shop]');
    await firefox.write('#field-name', 'Harbour Mugs');
    await onward('shop');
    await firefox.click('input[value=weekly]');
    await firefox.see('[data-field="hours.week.monday"]');
    await onward('hours');
    // It is to ring now, whatever the time is.
    await server.setQueue({ hours: null, wrapUp: { kind: 'none', ms: 1_000 } });
    await onward('language');
    await onward('people');
    await firefox.see('[data-step=address] >> .finding');
    await onward('address');
    await onward('code');
    await firefox.click('[data-test=available]');
    await server.untilOpen();
    const console = await firefox.tab();
    await firefox.click('[data-test=test-page]');
    await firefox.switchTo(`${origin()}/try`);
    const shopper = await firefox.tab();
    await firefox.state('idle');
    await firefox.press('Talk to us');
    await firefox.state('waiting');
    await firefox.showTab(console);
    await firefox.press(words.answer!);
    await firefox.see('[data-test=result][data-done]');
    await firefox.press(words.hangUp!);
    await firefox.showTab(shopper);
    await firefox.state('ended');
    await firefox.closeTab(console);
    await onward('test-call');
    const script = `<script type="module" src="${server.origin}/talk-to-us.js"></script>`;
    const html = `<title>Mugs</title>${script}<talk-to-us site="demo"></talk-to-us>`;
    await firefox.write('[data-step=live] >> #field-url', shop.at('/mugs', { html }));
    await firefox.click('[data-step=live] >> form > div > button');
    await firefox.see('.finding[data-is=broken]');
    await firefox.click('.finding[data-is=broken] button');
    await firefox.see('.finding[data-is=ok]');
    await onward('live');
    await firefox.see('section[data-status]');
    expect(await site()).toMatchObject({ name: 'Harbour Mugs', allowedOrigins: [shop.origin] });
  });

  test('B261 a new colour, shape and logo are seen at once on the real button beside', async () => {
    await openPage('#settings/appearance', 'rep-appearance-page');
    /** In both frames, the one as wide as a phone and the one as wide as a computer. */
    const untilAll = (part: string, judge: string) =>
      until(() =>
        firefox.read<boolean>(
          'rep-appearance-preview',
          `const frames = [...one.shadowRoot.querySelectorAll('iframe')];
           return frames.length === 2 && frames.every(frame => {
             const part = frame.contentDocument?.querySelector('talk-to-us')?.shadowRoot?.querySelector('[part=${part}]');
             const style = part && frame.contentWindow.getComputedStyle(part);
             return !!part && (${judge});
           });`,
        ),
      );
    await untilAll('button', `style.borderRadius === '28px'`);
    await firefox.write('.colour input:not([type=color])', '#c2185b');
    await untilAll('badge', `style.backgroundColor === 'rgb(194, 24, 91)'`);
    await firefox.click('input[value=square]');
    await untilAll('button', `style.borderRadius === '0px'`);
    const logo = path.join(folder, 'logo.png');
    await writeFile(logo, png({ width: 640, height: 320 }));
    await firefox.write('#logo', logo);
    await untilAll('badge', `part.querySelector('img')?.naturalWidth === 256`);
    await saveIt();
    const { appearance } = await site();
    expect(appearance).toMatchObject({ accent: '#c2185b', shape: 'square', logo: expect.any(String) });
  });

  test('B262 an announcement is recorded, offered to listen to, used, and there again after a reload', async () => {
    const toSounds = async () => {
      await openPage(`#settings/queues/${(await queue()).id}`, 'rep-queue-page');
      // Those that come later are opened too.
      await until(() =>
        firefox.run<boolean>(
          `const within = root => [...root.querySelectorAll('*')].flatMap(one => [one, ...(one.shadowRoot ? within(one.shadowRoot) : [])]);
           const all = within(document.body);
           for (const one of all) if (one.localName === 'details') one.open = true;
           return all.some(one => one.getAttribute('aria-label') === 'Record You are next' && one.checkVisibility());`,
        ),
      );
    };
    // Firefox plays nothing where the machine has no loudspeaker, but it reads what it would play.
    const lengthOf = (player: string) =>
      firefox.read<number>(
        player,
        `const sound = new Audio(one.src);
         return new Promise(done => {
           sound.onloadedmetadata = () => done(sound.duration);
           sound.onerror = () => done(-1);
         });`,
      );
    const pitchOf = (player: string) =>
      firefox.read<number>(
        player,
        `return fetch(one.src).then(answer => answer.arrayBuffer())
           .then(file => new OfflineAudioContext(1, 1, 48000).decodeAudioData(file))
           .then(sound => sound.getChannelData(0).subarray(24000, 72000))
           .then(samples => samples.filter((value, at) => at > 0 && value >= 0 && samples[at - 1] < 0).length);`,
      );
    await toSounds();
    await firefox.click('button[aria-label="Record You are next"]');
    await firefox.press('Start recording');
    await until(() => firefox.shows('Recording now 0:02'));
    await firefox.press('Stop');
    await firefox.see('rep-recorder >> .note');
    expect(await lengthOf('rep-recorder >> rep-player')).toBeGreaterThan(1.5);
    await firefox.press('Use');
    await saveIt();
    await toSounds();
    expect(Math.abs((await pitchOf('rep-player')) - firefoxToneHz)).toBeLessThan(20);
  });

  test('B263 on the team page somebody is invited, becomes a supervisor, and is disabled', async () => {
    await openPage('#settings/team', 'rep-team-page');
    await firefox.write('rep-invitation >> #name', 'Ben');
    await firefox.write('rep-invitation >> #email', 'ben@shop.example');
    await firefox.press('Create invitation link');
    const link = await firefox.read<string>('rep-invitation >> input[readonly]', 'return one.value;');
    const person = { name: 'Ben', email: 'ben@shop.example', password: 'another long password' };
    const ben = await RepAccount.make(server.origin, new URL(link).hash.replace('#link=', ''), person);
    await openPage('#settings/team', 'rep-team-page');
    await firefox.click('.manage[aria-label="Manage Ben"]');
    await firefox.press('Supervisor');
    await until(() => firefox.shows('Ben is a supervisor now'));
    expect((await ben.ask(server.origin, 'GET', '/api/team')).status).not.toBe(401);
    await firefox.press('Disable');
    await until(() => firefox.shows('Ben is out, and cannot sign in.'));
    expect((await ben.ask(server.origin, 'GET', '/api/rep/me')).status).toBe(401);
  });

  test('B264 the language of the console is changed within a call, which goes on', async () => {
    await openPage('', 'rep-phone');
    if ((await firefox.read('section[data-status]', 'return one.dataset.status;')) !== 'available')
      await firefox.press('Go available');
    await firefox.see('[data-status=available]');
    const kim = await Shopper.arrive(server.origin);
    await kim.call(587);
    await firefox.press('Accept');
    await kim.untilState('talking');
    const hears = () => until(() => Math.abs(kim.voice.measure('voice').frequencyHz - firefoxToneHz) < 4);
    await hears();
    await firefox.click('rep-header >> .account');
    await firefox.choose('rep-header >> .language select', 'es');
    await until(() => firefox.run<boolean>(`return document.documentElement.lang.startsWith('es');`));
    await firefox.see('rep-talking >> button.stop');
    await hears();
    await firefox.click('rep-talking >> button.stop');
    await kim.untilState('ended');
    kim.close();
  });
});
