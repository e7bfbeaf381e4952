/** A real Chromium whose microphone hums a tone, and an ear for what its pages play. */
import { existsSync } from 'node:fs';
import {
  type Browser,
  type BrowserContextOptions,
  type CDPSession,
  chromium,
  type Page,
} from 'playwright-core';
import type { Speech } from './speech.ts';
import { type Measurement, measureSamples } from './tone.ts';
import { toneFile } from './tone-file.ts';

/** All of the browser, and only what makes pages, which takes four fifths of the time. */
const programs = {
  whole: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
  pagesOnly: process.env.CHROMIUM_HEADLESS_BIN ?? '/usr/bin/chromium-headless-shell',
};

/**
 * Turned off: what pages cannot see, and takes a third of the time that a browser needs to start and to show a page, such
 * as the pages that wait behind the address bar. Then those of Playwright's own list that matter here; the last list counts.
 */
const unusedFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'AimEnabled',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

export type Person = {
  page: Page;
  /** Level and pitch of all that the page plays into the person's ear now. */
  hear(): Promise<Measurement>;
  /** What the page complained about, which a good page never does. */
  complaints: string[];
  /** A further window of the same browser, in which the person is the same. */
  another(): Promise<Person>;
  close(): Promise<void>;
};

type Options = BrowserContextOptions & {
  microphone?: 'allowed' | 'denied' | 'none';
  /** A name that leads to this machine, which to a browser is no secure page. */
  host?: string;
  /** Pages are kept as they are when they are left, as people's browsers do. */
  backForwardCache?: boolean;
  /** With what is around pages, too: prompts, notifications, the lock of the screen. */
  whole?: boolean;
  /** Gives pages voices to speak with; without it they have none. */
  speech?: Speech | undefined;
};

/** Browsers whose people have left, by what they were started with; others may have them. They end with this process. */
const free = new Map<string, Browser[]>();

/**
 * Open a browser that nobody else has meanwhile: the microphone's sound is a setting of the whole process. Nothing is left in
 * it of the person before, as each has a profile.
 */
export async function openBrowser(toneHz: number, options: Options = {}): Promise<Person> {
  const {
    microphone = 'allowed',
    speech,
    host,
    backForwardCache = false,
    whole = backForwardCache || microphone === 'denied',
    // Nothing is told by movement alone, and drawing it in software is most of what a browser would do here.
    reducedMotion = 'reduce',
    ...context
  } = options;
  const start = { toneHz, microphone, speech, host, backForwardCache, whole };
  const key = JSON.stringify({ ...start, speech: speech?.env });
  const browser = free.get(key)?.pop() ?? (await launch(start));
  const profile = await browser.newContext({ ...context, reducedMotion });
  return onPage(await profile.newPage(), async () => {
    await profile.close();
    if (browser.isConnected()) free.set(key, [...(free.get(key) ?? []), browser]);
  });
}

async function launch({
  toneHz,
  microphone,
  speech,
  host,
  backForwardCache,
  whole,
}: Omit<Options, keyof BrowserContextOptions> & { toneHz: number }): Promise<Browser> {
  const executablePath = whole ? programs.whole : programs.pagesOnly;
  if (!existsSync(executablePath))
    throw new Error(`Chromium is missing at ${executablePath}. Run "npm test", which installs it.`);
  const browser = await chromium.launch({
    executablePath,
    ...(speech ? { env: { ...process.env, ...speech.env } } : {}),
    ...(backForwardCache ? { ignoreDefaultArgs: ['--disable-back-forward-cache'] } : {}),
    args: [
      ...(host ? [`--host-resolver-rules=MAP ${host} 127.0.0.1`] : []),
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-features=${unusedFeatures.join(',')}`,
      ...(microphone === 'none' ? [] : ['--use-fake-device-for-media-stream']),
      ...(microphone === 'allowed' ? ['--use-fake-ui-for-media-stream'] : []),
      ...(microphone === 'denied' ? ['--deny-permission-prompts'] : []),
      // Without voices of the test's own it would take the machine's, from a synthesizer that outlives it.
      ...(speech
        ? ['--enable-speech-dispatcher']
        : ['--disable-speech-api', '--disable-speech-synthesis-api']),
      `--use-file-for-fake-audio-capture=${await toneFile(toneHz)}`,
    ],
  });
  // Without its synthesizer it has no voices, and nobody could use it again.
  void speech?.stopped.then(() => browser.close());
  return browser;
}

async function onPage(page: Page, close: () => Promise<void>): Promise<Person> {
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  await page.addInitScript(tapPlayers);
  let inspector: CDPSession | undefined;
  return {
    page,
    complaints,
    async hear() {
      // Not by `evaluate`, which uses the page's own language: some tests change that.
      inspector ??= await page.context().newCDPSession(page);
      const { result, exceptionDetails } = await inspector.send('Runtime.evaluate', {
        expression: 'heardSamples()',
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return measureSamples(Float32Array.from(result.value as number[]));
    },
    async another() {
      const further = await page.context().newPage();
      return onPage(further, () => further.close());
    },
    close,
  };
}

type Tapped = typeof globalThis & { heardSamples: () => Promise<number[]> };

/**
 * Runs in the page before its own scripts: remembers every audio element that is told to play, and listens in on
 * those that do, whether it is a call or a file. What is paused or muted is not heard, as it would not be by a person.
 */
function tapPlayers(): void {
  const players = new Set<HTMLMediaElement>();
  const taps = new WeakMap<MediaStreamTrack, AnalyserNode>();
  const captured = new WeakMap<HTMLMediaElement, MediaStream>();
  let context: AudioContext | undefined;
  /** Until when it has been listened, s of the context's clock. */
  let heardUntil = 0;
  const { play } = HTMLMediaElement.prototype;
  /** What it plays; of a file, which has no stream of its own, a copy. The browser refuses it of what a page may not read. */
  const streamOf = (player: HTMLMediaElement & { captureStream?: () => MediaStream }): MediaStream | null => {
    if (player.srcObject instanceof MediaStream) return player.srcObject;
    if (player.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
    const stream = captured.get(player) ?? player.captureStream?.();
    if (stream) captured.set(player, stream);
    return stream ?? null;
  };
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    players.add(this);
    return play.call(this);
  };
  (globalThis as Tapped).heardSamples = async () => {
    context ??= new AudioContext({ sampleRate: 48_000 });
    await context.resume();
    const mixed = new Float32Array(8192);
    // What was not heard before: to look again sooner would only keep the machine from its work.
    for (;;) {
      const missing = heardUntil + mixed.length / context.sampleRate - context.currentTime;
      if (missing <= 0) break;
      await new Promise(resolve => setTimeout(resolve, 1_000 * missing));
    }
    heardUntil = context.currentTime;
    for (const player of players) {
      if (player.paused || player.muted || player.volume === 0) continue;
      for (const track of streamOf(player)?.getAudioTracks() ?? []) {
        if (track.readyState !== 'live') continue;
        let analyser = taps.get(track);
        if (!analyser) {
          analyser = context.createAnalyser();
          analyser.fftSize = mixed.length;
          context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
          taps.set(track, analyser);
        }
        const samples = new Float32Array(mixed.length);
        analyser.getFloatTimeDomainData(samples);
        samples.forEach((value, index) => {
          mixed[index] = (mixed[index] ?? 0) + value * player.volume;
        });
      }
    }
    return [...mixed];
  };
}
