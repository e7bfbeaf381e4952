import { existsSync } from 'node:fs';
import { ensureDebianPackages, isDebian } from './tools/apt.mjs';
import { SetupError } from './tools/errors.mjs';

/** Where Debian puts it. */
const DEBIAN_CHROMIUM = '/usr/bin/chromium';

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {boolean} whether the browser that the end-to-end tests drive is there
 */
export function chromiumIsInstalled(env) {
  return existsSync(env.CHROMIUM_BIN || DEBIAN_CHROMIUM);
}

/**
 * Installs Chromium for the end-to-end tests.
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal
 * @throws {SetupError} with what to run
 */
export async function installChromium(env, signal) {
  if (env.CHROMIUM_BIN) {
    throw new SetupError(
      `CHROMIUM_BIN is ${env.CHROMIUM_BIN}, but there is no such file. Correct or unset it.`,
    );
  }
  if (!isDebian()) {
    throw new SetupError(
      'The end-to-end tests need Chromium. Install it and set CHROMIUM_BIN to it, then start again.',
    );
  }
  await ensureDebianPackages(['chromium'], 'for the end-to-end tests', { signal });
}
