import { existsSync, rmSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { CommandFailed, SetupError } from '../support/errors.mjs';
import { hashFiles, readJson, writeAtomically } from '../support/files.mjs';
import { run } from '../support/run.mjs';
import { withProgress } from '../support/ui.mjs';

/** npm waits more than two minutes before it says that there is no network; these cut it to well under a minute. */
const IMPATIENCE = ['--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=5000'];

/**
 * Whether node_modules is what package-lock.json asks for. Usually a matter of comparing a stamp; when
 * somebody has run npm by hand, npm's own record of what it installed is compared and stamped.
 * @param {string} root  the project
 * @returns {boolean}
 */
export function packagesAreInstalled(root) {
  if (!existsSync(join(root, 'node_modules/.bin/node'))) return false;
  const wanted = hashFiles(root, ['package-lock.json']);
  if (readJson(stampOf(root))?.lock === wanted) return true;
  const installed = readJson(recordOf(root))?.packages;
  const locked = readJson(join(root, 'package-lock.json'))?.packages;
  if (!installed || !locked || !matches(locked, installed)) return false;
  writeStamp(root);
  return true;
}

/**
 * Installs exactly what package-lock.json says.
 * @param {string} root  the project
 * @param {AbortSignal} signal
 * @throws {SetupError} when the registry can't be reached, the disk is full, …
 */
export async function installPackages(root, signal) {
  try {
    await withProgress('Installing packages', () =>
      // Development packages belong to it even in production: Node 24 and the browser build are among them.
      run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', ...IMPATIENCE], {
        cwd: root,
        env: npmEnvironment(root),
        signal,
      }),
    );
  } catch (error) {
    // npm empties node_modules first and writes its record last: without it, what is there is a part.
    if (!existsSync(recordOf(root))) rmSync(join(root, 'node_modules'), { recursive: true, force: true });
    if (error instanceof CommandFailed) throw explain(error);
    throw error;
  }
  if (!existsSync(join(root, 'node_modules/.bin/node'))) {
    throw new SetupError('npm installed the packages but not Node 24. Remove node_modules and start again.');
  }
  writeStamp(root);
}

/**
 * @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }>} LockedPackages
 */

/**
 * @param {LockedPackages} locked
 * @param {LockedPackages} installed
 * @returns {boolean} whether all that is locked is installed; optional ones may be for other systems
 */
function matches(locked, installed) {
  return Object.entries(locked).every(([path, entry]) => {
    if (path === '') return true;
    const there = installed[path];
    if (!there) return entry.optional === true || entry.devOptional === true;
    return there.version === entry.version && there.integrity === entry.integrity;
  });
}

/**
 * The environment for npm: with the machine's own Node, since the one in node_modules is about to be
 * replaced, and with mediasoup's install script satisfied (npm before 11 knows no `allowScripts` and
 * would run it; without GitHub it fails, and the whole installation with it).
 * @param {string} root
 * @returns {NodeJS.ProcessEnv}
 */
function npmEnvironment(root) {
  const ours = resolve(root, 'node_modules/.bin');
  const path = (process.env.PATH ?? '').split(delimiter).filter(folder => resolve(folder) !== ours);
  return {
    ...process.env,
    PATH: path.join(delimiter),
    MEDIASOUP_WORKER_BIN: process.env.MEDIASOUP_WORKER_BIN || 'obtained-by-set-up',
  };
}

/** @param {CommandFailed} error */
function explain(error) {
  const output = error.output.filter(line => !/^npm (warn|error *$)/i.test(line));
  const text = output.join('\n');
  let advice = 'Mend what it says, then start again.';
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH/.test(text)) {
    advice = 'The npm registry can not be reached. Check the connection with `npm ping`, then start again.';
  } else if (/ENOSPC/.test(text)) {
    advice = 'The disk is full. Free about 1 GB, then start again.';
  } else if (/EACCES|EPERM/.test(text)) {
    advice = 'A folder can not be written to. Check who owns this folder and node_modules, then start again.';
  } else if (error.outcome === 'missing') {
    advice = 'npm is not installed. Install Node 20.20 or newer together with npm 11, then start again.';
  }
  return new SetupError(
    `The packages could not be installed:\n\n${output.slice(0, 10).join('\n')}\n\n${advice}`,
    {
      cause: error,
    },
  );
}

/** @param {string} root */
function writeStamp(root) {
  writeAtomically(stampOf(root), `${JSON.stringify({ lock: hashFiles(root, ['package-lock.json']) })}\n`);
}

/**
 * @param {string} root
 * @returns {string} npm's own record of what it has installed
 */
function recordOf(root) {
  return join(root, 'node_modules/.package-lock.json');
}

/** @param {string} root */
function stampOf(root) {
  return join(root, 'node_modules/.talk-to-us.json');
}
