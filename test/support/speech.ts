/** A speech synthesizer and a sound server without a loudspeaker, so that pages in Chromium have voices to speak with. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync, readSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { until } from './until.ts';

export type Speech = {
  /** For a browser that shall have voices. */
  env: Record<string, string>;
  /** What is being said, or begins to be, goes on until `release`. */
  hold(): void;
  release(): void;
  stop(): Promise<void>;
  /** Resolves with the stop. */
  stopped: Promise<void>;
};

export async function startSpeech(): Promise<Speech> {
  const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-speech-'));
  const sound = path.join(folder, 'pulse.sock');
  const voice = path.join(folder, 'speechd.sock');
  const pipe = path.join(folder, 'loudspeaker');
  await writeConfiguration(path.join(folder, 'config'));
  const env = { SPEECHD_ADDRESS: `unix_socket:${voice}` };
  // The synthesizer's alone: a browser's clock of sound is that of its loudspeaker, which this one holds up at times.
  const itsOwn = { XDG_RUNTIME_DIR: folder, XDG_CACHE_HOME: folder, PULSE_SERVER: `unix:${sound}` };
  const started = [
    run(
      'pulseaudio',
      ['-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no', ...modules(sound, pipe)],
      itsOwn,
    ),
    run(
      'speech-dispatcher',
      [
        ...['-s', '-t', '0', '-S', voice, '-P', path.join(folder, 'speechd.pid'), '-L', folder],
        ...['-C', path.join(folder, 'config')],
      ],
      itsOwn,
    ),
  ];
  await until(() => started.every(({ ended }) => !ended()) && [sound, voice, pipe].every(existsSync), {
    describe: () => started.map(({ said }) => said()),
  });
  const listener = new Loudspeaker(pipe);
  let stop: () => void;
  const stopped = new Promise<void>(resolve => {
    stop = resolve;
  });
  return {
    env,
    stopped,
    hold() {
      listener.held = true;
    },
    release() {
      listener.held = false;
    },
    async stop() {
      stop();
      for (const { child, ended } of started.reverse())
        if (!ended()) {
          child.kill();
          await once(child, 'exit');
        }
      listener.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One synthesizer, whatever else the machine has: others have other voices, and some take seconds to begin. */
async function writeConfiguration(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'modules'), { recursive: true });
  await writeFile(
    path.join(folder, 'speechd.conf'),
    'LogLevel 1\nAddModule "espeak-ng" "sd_espeak-ng" "espeak-ng.conf"\nDefaultModule espeak-ng\n',
  );
  await writeFile(path.join(folder, 'modules/espeak-ng.conf'), 'Debug 0\n');
}

const loudspeaker = { rate: 48_000, channels: 1, format: 's16le', bytesPerFrame: 2 };

const modules = (socket: string, pipe: string) =>
  [
    `module-native-protocol-unix socket=${socket} auth-anonymous=1`,
    `module-pipe-sink file=${pipe} format=${loudspeaker.format} rate=${loudspeaker.rate} channels=${loudspeaker.channels}`,
  ].flatMap(module => ['-L', module]);

/**
 * Takes sound, ten times as quickly as a loudspeaker does, or none of it: what is being said then lasts until a test
 * lets it end, however slow the machine is.
 */
class Loudspeaker {
  held = false;
  readonly #file: number;
  readonly #timer: NodeJS.Timeout;

  constructor(pipe: string) {
    this.#file = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    const everyMs = 20;
    const buffer = Buffer.alloc(10 * loudspeaker.rate * loudspeaker.bytesPerFrame * (everyMs / 1_000));
    this.#timer = setInterval(() => {
      if (!this.held) this.#take(buffer);
    }, everyMs);
  }

  #take(buffer: Buffer): void {
    try {
      readSync(this.#file, buffer);
    } catch (error) {
      // Nothing has been played since.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }

  close(): void {
    clearInterval(this.#timer);
    closeSync(this.#file);
  }
}

type Started = { child: ChildProcess; ended(): boolean; said(): string };

function run(program: string, options: string[], env: Record<string, string>): Started {
  const child = spawn(program, options, {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = `${program}: `;
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk).slice(-2_000);
  });
  child.once('error', error => {
    said += `${error.message}. Run "npm test", whose set-up installs it.`;
  });
  return { child, ended: () => child.pid === undefined || child.exitCode !== null, said: () => said };
}

/** `askedAt`: when the page asked for it, ms UTC; a synthesizer begins when it is ready. */
type Said = { text: string; lang: string; askedAt: number; cutOff: boolean };
type Listening = typeof globalThis & { said: Said[] };

/** Write down what the page says from when it is opened on; it is said all the same. */
export async function listenTo(page: Page): Promise<void> {
  await page.addInitScript(() => {
    if (!('speechSynthesis' in globalThis)) return;
    const said: Said[] = [];
    Object.defineProperty(globalThis, 'said', { value: said });
    const { speak } = SpeechSynthesis.prototype;
    SpeechSynthesis.prototype.speak = function (utterance) {
      const askedAt = Date.now();
      utterance.addEventListener('start', () => {
        const entry = { text: utterance.text, lang: utterance.lang, askedAt, cutOff: false };
        said.push(entry);
        utterance.addEventListener('error', () => {
          entry.cutOff = true;
        });
      });
      return speak.call(this, utterance);
    };
  });
}

/** What was begun to be said on the present page. */
export const saidOn = (page: Page): Promise<Said[]> => page.evaluate(() => (globalThis as Listening).said);
