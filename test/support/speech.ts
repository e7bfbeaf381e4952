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
  stop(): Promise<void>;
};

export async function startSpeech(): Promise<Speech> {
  const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-speech-'));
  const sound = path.join(folder, 'pulse.sock');
  const voice = path.join(folder, 'speechd.sock');
  const pipe = path.join(folder, 'loudspeaker');
  await writeConfiguration(path.join(folder, 'config'));
  const env = {
    XDG_RUNTIME_DIR: folder,
    XDG_CACHE_HOME: folder,
    PULSE_SERVER: `unix:${sound}`,
    SPEECHD_ADDRESS: `unix_socket:${voice}`,
  };
  const started = [
    run(
      'pulseaudio',
      ['-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no', ...modules(sound, pipe)],
      env,
    ),
    run(
      'speech-dispatcher',
      [
        ...['-s', '-t', '0', '-S', voice, '-P', path.join(folder, 'speechd.pid'), '-L', folder],
        ...['-C', path.join(folder, 'config')],
      ],
      env,
    ),
  ];
  await until(() => started.every(({ ended }) => !ended()) && [sound, voice, pipe].every(existsSync), {
    describe: () => started.map(({ said }) => said()),
  });
  const stopListening = listenSlowly(pipe);
  return {
    env,
    async stop() {
      for (const { child, ended } of started.reverse())
        if (!ended()) {
          child.kill();
          await once(child, 'exit');
        }
      stopListening();
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

/** Of so many bytes per second that what the pipe holds by itself is a small part of a sentence. */
const loudspeaker = { rate: 48_000, channels: 2, format: 's32le', bytesPerFrame: 8 };

const modules = (socket: string, pipe: string) =>
  [
    `module-native-protocol-unix socket=${socket} auth-anonymous=1`,
    `module-pipe-sink file=${pipe} format=${loudspeaker.format} rate=${loudspeaker.rate} channels=${loudspeaker.channels}`,
  ].flatMap(module => ['-L', module]);

/**
 * Takes sound eight times as slowly as a loudspeaker does: a sentence lasts long enough for things to happen in the
 * middle of it, however slow the machine is.
 */
function listenSlowly(pipe: string): () => void {
  const file = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  const everyMs = 50;
  const buffer = Buffer.alloc(((loudspeaker.rate * loudspeaker.bytesPerFrame) / 8) * (everyMs / 1_000));
  const timer = setInterval(() => {
    try {
      readSync(file, buffer);
    } catch (error) {
      // Nothing has been played since.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }, everyMs);
  return () => {
    clearInterval(timer);
    closeSync(file);
  };
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
