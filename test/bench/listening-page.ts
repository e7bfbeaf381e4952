/** Pages of people in a real browser, and when what they play is first heard. */
import { spawnSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import { openBrowser, type Person } from '../support/browser.ts';
import { cores } from './contender.ts';

/** Runs in the page. Of every track that is played: when it became loud after silence, ms of the system's clock. */
type Listening = typeof globalThis & {
  listen(): Promise<void>;
  sounds: { track: string; at: number }[];
  clickedAt: number;
};

/** 60 dB below full scale: codecs give zeros for silence. */
const loud = 0.001;
const silenceMs = 60;

/**
 * A browser of its own with a humming microphone that is allowed. People have machines of their own, so it may use all
 * cores of this one, and the server under test is hardly busy meanwhile.
 */
export async function openPerson(toneHz: number): Promise<Person> {
  pinTo(`${cores.servers},${cores.load}`);
  try {
    const person = await openBrowser(toneHz, {
      permissions: ['microphone'],
      hasTouch: true,
      // The worklet below is no script of the page's own.
      bypassCSP: true,
    });
    await person.page.context().addInitScript(tapSounds, { loud, silenceMs });
    return person;
  } finally {
    pinTo(String(cores.load));
  }
}

const pinTo = (list: string) => spawnSync('taskset', ['-acp', list, String(process.pid)]);

/** From now on sounds are noted; after a click somewhere, without which browsers play nothing. */
export async function listen(page: Page): Promise<void> {
  await page.mouse.click(2, 2);
  await page.evaluate(() => (globalThis as Listening).listen());
}

/** Forgets what has sounded so far; the tracks it was. */
export const forgetSounds = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as Listening).sounds.splice(0).map(({ track }) => track));

/** When a track that is none of those was first heard, ms of the system's clock. */
export async function firstSound(page: Page, except: readonly string[] = []): Promise<number> {
  const found = await page.waitForFunction(
    known => (globalThis as Listening).sounds.find(({ track }) => !known.includes(track))?.at,
    except,
    { polling: 20 },
  );
  return (await found.jsonValue()) as number;
}

/** When the page saw its newest click, ms of the system's clock. */
export const clickedAt = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as Listening).clickedAt);

/** Runs in the page before its own scripts. */
function tapSounds({ loud, silenceMs }: { loud: number; silenceMs: number }): void {
  const here = globalThis as Listening;
  here.sounds = [];
  addEventListener('click', () => (here.clickedAt = Date.now()), { capture: true });
  const tapped = new WeakSet<MediaStreamTrack>();
  let context: AudioContext | undefined;
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    if (context && this.srcObject instanceof MediaStream)
      for (const track of this.srcObject.getAudioTracks()) tap(context, track);
    return play.call(this);
  };
  const tap = (context: AudioContext, track: MediaStreamTrack) => {
    if (tapped.has(track)) return;
    tapped.add(track);
    const node = new AudioWorkletNode(context, 'tap');
    node.port.onmessage = ({ data }) => here.sounds.push({ track: track.id, at: data });
    context.createMediaStreamSource(new MediaStream([track])).connect(node);
  };
  here.listen = async () => {
    context = new AudioContext({ latencyHint: 'interactive', sampleRate: 48_000 });
    await context.resume();
    // Noted on the audio thread: a page that is busy hears no later.
    const processor = `
      registerProcessor('tap', class extends AudioWorkletProcessor {
        silentFrames = Infinity;
        process([[samples]]) {
          if (!samples) return true;
          if (samples.some(sample => Math.abs(sample) > ${loud})) {
            if (this.silentFrames > ${silenceMs * 48}) this.port.postMessage(Date.now());
            this.silentFrames = 0;
          } else this.silentFrames += samples.length;
          return true;
        }
      });`;
    await context.audioWorklet.addModule(
      URL.createObjectURL(new Blob([processor], { type: 'text/javascript' })),
    );
  };
}
