import { existsSync } from 'node:fs';
import { ensureDebianPackages, isDebian } from '../support/apt.mjs';
import { SetupError } from '../support/errors.mjs';

/**
 * The browsers that the end-to-end tests drive: where Debian puts them, in which package, and what names another place.
 * @satisfies {Record<string, { path: string; debianPackage: string; variable: string }>}
 */
const browsers = {
  Chromium: { path: '/usr/bin/chromium', debianPackage: 'chromium', variable: 'CHROMIUM_BIN' },
  'Chromium’s headless shell': {
    path: '/usr/bin/chromium-headless-shell',
    debianPackage: 'chromium-headless-shell',
    variable: 'CHROMIUM_HEADLESS_BIN',
  },
  Firefox: { path: '/usr/bin/firefox-esr', debianPackage: 'firefox-esr', variable: 'FIREFOX_BIN' },
};

/**
 * @param {keyof typeof browsers} name
 * @param {NodeJS.ProcessEnv} env
 */
const isThere = (name, env) => existsSync(env[browsers[name].variable] || browsers[name].path);

const names = /** @type {(keyof typeof browsers)[]} */ (Object.keys(browsers));

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {boolean} whether all of them are there
 */
export const browsersAreInstalled = env => names.every(name => isThere(name, env));

/**
 * Installs those that are missing.
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal
 * @throws {SetupError} with what to run
 */
export async function installBrowsers(env, signal) {
  const missing = names.filter(name => !isThere(name, env));
  for (const name of missing) {
    const { variable } = browsers[name];
    if (env[variable])
      throw new SetupError(
        `${variable} is ${env[variable]}, but there is no such file. Correct or unset it.`,
      );
    if (!isDebian())
      throw new SetupError(
        `The end-to-end tests need ${name}. Install it and set ${variable} to it, then start again.`,
      );
  }
  await ensureDebianPackages(
    missing.map(name => browsers[name].debianPackage),
    'for the end-to-end tests',
    { signal },
  );
}
