/** A speech synthesizer and a sound server without a loudspeaker, so that pages in Chromium have voices to speak with. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
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
  const env = {
    XDG_RUNTIME_DIR: folder,
    XDG_CACHE_HOME: folder,
    PULSE_SERVER: `unix:${sound}`,
    SPEECHD_ADDRESS: `unix_socket:${voice}`,
  };
  const started = [
    // Takes sound at the pace of a loudspeaker, so that a sentence lasts as long as it would.
    run(
      'pulseaudio',
      ['-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no', ...modules(sound)],
      env,
    ),
    run(
      'speech-dispatcher',
      ['-s', '-t', '0', '-S', voice, '-P', path.join(folder, 'speechd.pid'), '-L', folder],
      env,
    ),
  ];
  await until(() => started.every(({ ended }) => !ended()) && existsSync(sound) && existsSync(voice), {
    withinMs: 20_000,
    describe: () => started.map(({ said }) => said()),
  });
  return {
    env,
    async stop() {
      for (const { child, ended } of started.reverse())
        if (!ended()) {
          child.kill();
          await once(child, 'exit');
        }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const modules = (socket: string) =>
  [`module-native-protocol-unix socket=${socket} auth-anonymous=1`, 'module-null-sink rate=48000'].flatMap(
    module => ['-L', module],
  );

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

type Said = { text: string; lang: string; cutOff: boolean };
type Listening = typeof globalThis & { said: Said[] };

/** Write down what the page says from when it is opened on; it is said all the same. */
export async function listenTo(page: Page): Promise<void> {
  await page.addInitScript(() => {
    if (!('speechSynthesis' in globalThis)) return;
    const said: Said[] = [];
    Object.defineProperty(globalThis, 'said', { value: said });
    const { speak } = SpeechSynthesis.prototype;
    SpeechSynthesis.prototype.speak = function (utterance) {
      utterance.addEventListener('start', () => {
        const entry = { text: utterance.text, lang: utterance.lang, cutOff: false };
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
