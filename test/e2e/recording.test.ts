/** An owner who records announcements and music in the browser, with a call that comes meanwhile. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { limits } from '../../shared/limits.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import {
  asksForMicrophone,
  holdMicrophones,
  openMicrophone,
  refuseMicrophone,
  type WithMicrophones,
} from '../support/held-microphones.ts';
import { look } from '../support/look.ts';
import { openShopper, RepPage, type ShopperPage } from '../support/pages.ts';
import { Rep, Shopper } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const ownTone = 880;
/** What the owner's browser may take longer than it says, on a busy machine, ms. */
const patience = 60_000;

let server: TestServer;
let account: { email: string; password: string };
let ana: RepPage;
let sam: ShopperPage;
const opened: Person[] = [];

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  opened.push(
    await openBrowser(ownTone, { locale: 'de-DE' }),
    await openBrowser(440, { viewport: { width: 800, height: 700 } }),
  );
  const [owner, shopper] = opened;
  await owner!.page.addInitScript(rememberMicrophones);
  // Their announcements are in German, their console is not.
  await owner!.page.addInitScript(() => {
    const key = 'talk-to-us.rep';
    localStorage.setItem(key, localStorage.getItem(key) ?? JSON.stringify({ language: 'en' }));
  });
  const { person } = await server.addRep('Ana');
  // Time enough to look at what rings.
  await server.setQueue({ offerMs: 60_000, wrapUp: { kind: 'none', ms: 1_000 } });
  account = person;
  ana = await signIn(owner!);
  sam = await openShopper(shopper!, server.origin);
});
afterAll(async () => {
  await Promise.all(opened.map(person => person.close()));
  await server.close();
});
afterEach(() => {
  expect(opened.flatMap(person => person.complaints).filter(text => !/status of 4\d\d/.test(text))).toEqual(
    [],
  );
});

async function signIn(person: Person): Promise<RepPage> {
  const rep = new RepPage(person);
  await person.page.goto(`${server.origin}/rep`);
  await person.page.getByLabel('E-mail').fill(account.email);
  await person.page.getByLabel('Password', { exact: true }).fill(account.password);
  await rep.press('Sign in');
  await rep.state('idle');
  return rep;
}

type WithTracks = typeof globalThis & { tracks: MediaStreamTrack[] };

/** Runs in the page: every microphone that it gets, and every copy of one. */
function rememberMicrophones(): void {
  const page = globalThis as WithTracks;
  page.tracks = [];
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async constraints => {
    const stream = await open(constraints);
    page.tracks.push(...stream.getAudioTracks());
    return stream;
  };
  const { clone } = MediaStreamTrack.prototype;
  MediaStreamTrack.prototype.clone = function (this: MediaStreamTrack) {
    const copy = clone.call(this);
    page.tracks.push(copy);
    return copy;
  };
}

/** How many microphones the owner's page has open, copies too. */
const openMicrophones = () =>
  ana.page.evaluate(
    () => (globalThis as WithTracks).tracks.filter(({ readyState }) => readyState === 'live').length,
  );

async function openSounds(rep: RepPage): Promise<void> {
  await rep.settings('Queues');
  await rep.page.getByRole('main').getByRole('link', { name: 'Sales' }).click();
  await rep.page
    .locator('summary')
    .filter({ has: rep.page.getByRole('heading', { name: 'What callers hear' }) })
    .click();
  await rep.page.getByText('Your own recordings for the announcements').click();
}

const panel = (rep: RepPage) => rep.page.getByRole('region', { name: /^Record / });
/** Starts, and waits until it really records. */
async function record(rep: RepPage, start: 'Start recording' | 'Record again' | 'Try again'): Promise<void> {
  await rep.press(start);
  await panel(rep).getByText('Recording now').waitFor();
}
/** Until the recording is at least that long, as the page shows it. */
const recordedFor = (rep: RepPage, seconds: number) =>
  until(
    async () => {
      const shown = await panel(rep)
        .getByText(/Recording now \d/)
        .textContent();
      return Number(shown?.match(/:(\d\d)/)?.[1]) >= seconds;
    },
    { withinMs: patience },
  );
const verdict = (rep: RepPage, words: string) => panel(rep).locator('.note').getByText(words).waitFor();
const save = async () => {
  await ana.press('Save');
  await ana.page.getByText('Saved. It counts from now on.').waitFor();
};
const focused = (rep: RepPage) =>
  rep.page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.getAttribute('aria-label') ?? active?.textContent?.trim() ?? '';
  });

describe('an owner', () => {
  test('B220 reads an announcement aloud, listens, records it again and uses it, by keyboard, and who waits hears that instead of the spoken one', async () => {
    await openSounds(ana);
    await ana.page.getByRole('button', { name: 'Record You are next' }).focus();
    await ana.page.keyboard.press('Enter');
    expect(await focused(ana)).toBe('Record “You are next”');
    // What the browser would say, in the language of its owner, and in any other.
    await panel(ana).getByText('Sie sind als Nächstes an der Reihe.').waitFor();
    const language = panel(ana).getByRole('combobox', { name: 'Language of the text' });
    await language.selectOption({ label: 'Arabic' });
    await panel(ana).locator('blockquote[dir=rtl][lang=ar]').waitFor();
    await look(ana.page, 'recorder-before', { whole: true });
    await language.selectOption({ label: 'English' });
    await panel(ana).getByText('You are next in line.').waitFor();
    await panel(ana).getByText('Your browser will ask to use the microphone.').waitFor();
    expect(await openMicrophones()).toBe(0);

    await panel(ana).getByRole('button', { name: 'Start recording' }).focus();
    await ana.page.keyboard.press('Enter');
    await panel(ana).getByText('Recording starts in 3').first().waitFor();
    await panel(ana).getByText('Recording now').waitFor();
    expect(await openMicrophones()).toBe(1);
    await until(() => panel(ana).getByRole('meter', { name: 'Microphone level' }).evaluate(isLoud));
    await panel(ana)
      .getByText(/^0:1\d left$/)
      .waitFor();
    expect(await focused(ana)).toBe('Stop');
    await recordedFor(ana, 3);
    await ana.page.keyboard.press('Enter');
    expect(await openMicrophones()).toBe(0);
    await verdict(ana, 'It is well understood.');
    await look(ana.page, 'recorder-recorded', { whole: true });

    await ana.press('Play Your recording');
    await until(async () => Math.abs((await ana.person.hear()).frequencyHz - ownTone) < 4);
    await record(ana, 'Record again');
    await recordedFor(ana, 4);
    await ana.press('Stop');
    await verdict(ana, 'It is well understood.');
    await ana.press('Use this recording');
    await panel(ana).waitFor({ state: 'detached' });
    expect(await focused(ana)).toBe('Record You are next');
    const choice = ana.page.getByRole('combobox', { name: 'You are next', exact: true });
    expect(await choice.locator('option:checked').textContent()).toBe('You are next');

    await ana.page.getByRole('spinbutton', { name: 'Every' }).fill('20');
    await ana.page.getByRole('combobox', { name: 'Unit of “Every”' }).selectOption({ label: 'seconds' });
    await save();
    const talker = await Rep.signIn(server.origin, await server.addRep('Ben'));
    await talker.goAvailable(700);
    const kim = await Shopper.arrive(server.origin);
    await kim.call(587);
    await talker.answer();
    await sam.call();
    await sam.state('waiting');
    const heard = await until(
      async () => {
        const sound = await sam.person.hear();
        return Math.abs(sound.frequencyHz - ownTone) < 4 ? sound : null;
      },
      { withinMs: patience },
    );
    // As loud as uploads are made, as a whole: the browser's own gain control has changed it on the way.
    expect(Math.abs(heard.loudestDb - -20)).toBeLessThan(6);
    await sam.press('Leave the line');
    kim.close();
    talker.close();
  });

  test('B221 is stopped by a call that rings, in words, and answers it with the microphone of the phone, which a recording never took', async () => {
    await ana.page.goto(`${server.origin}/rep`);
    await ana.goAvailable();
    expect(await openMicrophones()).toBe(1);
    await openSounds(ana);
    await ana.press('Record Greeting');
    await record(ana, 'Start recording');
    await recordedFor(ana, 2);
    // A copy of the phone's own.
    expect(await openMicrophones()).toBe(2);
    await sam.page.reload();
    await sam.call();
    await panel(ana).getByText('A call came, so the recording was stopped.').first().waitFor();
    expect(await openMicrophones()).toBe(1);
    await look(ana.page, 'recorder-call', { whole: true });
    await ana.press('Answer');
    await sam.state('talking');
    await until(async () => Math.abs((await sam.person.hear()).frequencyHz - ownTone) < 4);

    // In a call none is lent; what is said is heard only there.
    await ana.press('Record again');
    await panel(ana).getByText('You have a call now. Record when it is over.').first().waitFor();
    expect(await openMicrophones()).toBe(1);
    await ana.press('Hang up');
    await sam.state('ended');
    await record(ana, 'Try again');
    await ana.press('Stop');
    await panel(ana).getByRole('button', { name: 'Record again' }).waitFor();
  });

  test('B222 is asked before a recording is lost, and the microphone is off as soon as the page is left', async () => {
    await record(ana, 'Record again');
    const open = await openMicrophones();
    await ana.press('Record You are number 2');
    await ana.press('Keep it');
    await ana.page.getByRole('link', { name: 'Team' }).click();
    await ana.page.getByRole('dialog').getByText('Leave without saving?').waitFor();
    await ana.press('Discard changes');
    await ana.page.getByRole('heading', { level: 1, name: 'Team' }).waitFor();
    expect(await openMicrophones()).toBe(open - 1);
  });

  test('B223 records music, which is chosen for the queue, and is stopped after five minutes at most', async () => {
    await openSounds(ana);
    await ana.press('Record a sound');
    await panel(ana)
      .getByText(`at most ${limits.recordedSoundMs / 60_000} minutes`)
      .waitFor();
    expect(await panel(ana).getByRole('combobox').count()).toBe(0);
    await record(ana, 'Start recording');
    await recordedFor(ana, 2);
    // Long enough to look at it.
    await look(ana.page, 'recorder-recording', { whole: true });
    await ana.press('Stop');
    await ana.press('Use this recording');
    await panel(ana).waitFor({ state: 'detached' });
    const music = ana.page.getByRole('combobox', { name: 'Music', exact: true });
    expect(await music.locator('option:checked').textContent()).toMatch(/^Recording of /);
    await ana.page.getByRole('button', { name: /^Play Recording of/ }).waitFor();
  });
});

const isLoud = (meter: Element) => (meter as HTMLMeterElement).value > 0.3;

describe('a recording', () => {
  /** Signed in as the owner, in a browser of its own. */
  async function owner(toneHz: number, options: Parameters<typeof openBrowser>[1] = {}): Promise<RepPage> {
    const person = await openBrowser(toneHz, options);
    opened.push(person);
    const rep = await signIn(person);
    await openSounds(rep);
    return rep;
  }

  test('B224 of silence is stopped after 20 seconds, said to be silent, and not offered for use', async () => {
    const rep = await owner(0);
    await rep.press('Record Greeting');
    await record(rep, 'Start recording');
    await panel(rep)
      .getByText('That is the longest that it may be, so the recording was stopped.')
      .first()
      .waitFor({ timeout: patience });
    await verdict(rep, 'Nothing was heard.');
    expect(await panel(rep).getByRole('slider').getAttribute('max')).toMatch(/^(19|20)\d{3}$/);
    expect(await panel(rep).getByRole('button', { name: /^Use/ }).count()).toBe(0);
    await look(rep.page, 'recorder-silent', { whole: true });
  });

  test('B225 without a microphone, or one that is denied, says so and what to do', async () => {
    const denied = await owner(440, { microphone: 'denied' });
    await denied.press('Record Greeting');
    await denied.press('Start recording');
    await panel(denied).getByText('The microphone is blocked.').first().waitFor();
    await look(denied.page, 'recorder-denied', { whole: true });
    const none = await owner(440, { microphone: 'none', permissions: ['microphone'] });
    await none.press('Record Greeting');
    await none.press('Start recording');
    await panel(none).getByText('No microphone found.').first().waitFor();
  });

  test('B225 whose microphone is unplugged is kept so far, in words; one that comes too late is closed', async () => {
    const rep = await owner(440);
    await rep.page.addInitScript(holdMicrophones);
    await rep.page.reload();
    await openSounds(rep);
    await rep.press('Record Greeting');
    await rep.press('Start recording');
    await asksForMicrophone(rep.page, 1);
    await rep.press('Cancel');
    await openMicrophone(rep.page, 1);
    await rep.page.waitForFunction(
      () => (globalThis as WithMicrophones).asked[0]?.track?.readyState === 'ended',
    );
    await rep.press('Start recording');
    await asksForMicrophone(rep.page, 2);
    await refuseMicrophone(rep.page, 2);
    await panel(rep).getByText('No microphone found.').first().waitFor();
    await rep.press('Try again');
    await asksForMicrophone(rep.page, 3);
    await openMicrophone(rep.page, 3);
    await recordedFor(rep, 2);
    await rep.page.evaluate(() => {
      const track = (globalThis as WithMicrophones).asked[2]?.track;
      track?.stop();
      track?.dispatchEvent(new Event('ended'));
    });
    await panel(rep).getByText('The microphone was disconnected or taken').first().waitFor();
    await verdict(rep, 'It is well understood.');
    await look(rep.page, 'recorder-unplugged', { whole: true });
  });
});
