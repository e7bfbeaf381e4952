import { existsSync } from 'node:fs';
import { ensureDebianPackages, isDebian } from '../support/apt.mjs';
import { SetupError } from '../support/errors.mjs';

/** Where Debian puts the synthesizer that gives Chromium its voices, one of those voices, and a sound server. */
const PROGRAMS = [
  '/usr/bin/speech-dispatcher',
  '/usr/lib/speech-dispatcher-modules/sd_espeak-ng',
  '/usr/bin/pulseaudio',
];

/** @returns {boolean} whether pages in the tests' browser can be given a voice */
export const speechIsInstalled = () => PROGRAMS.every(program => existsSync(program));

/**
 * Installs what speaks for the end-to-end tests, which start it themselves and without a loudspeaker.
 * @param {AbortSignal} signal
 * @throws {SetupError} with what to run
 */
export async function installSpeech(signal) {
  if (!isDebian()) {
    throw new SetupError(
      'The end-to-end tests need Speech Dispatcher with eSpeak NG, and PulseAudio. Install them, then start again.',
    );
  }
  await ensureDebianPackages(
    ['speech-dispatcher', 'speech-dispatcher-espeak-ng', 'pulseaudio'],
    'to speak in the end-to-end tests',
    { signal },
  );
}
