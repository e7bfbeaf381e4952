import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CommandFailed, SetupError } from '../support/errors.mjs';
import { hashFiles, readJson, writeAtomically } from '../support/files.mjs';
import { run } from '../support/run.mjs';
import { withProgress } from '../support/ui.mjs';

/** What the browser side is made from. */
const SOURCES = ['client', 'shared', 'tools/browser-build', 'package-lock.json'];

/**
 * Whether dist/ is what a build of the present sources would give.
 * @param {string} root  the project
 * @returns {boolean}
 */
export function browserSideIsBuilt(root) {
  return readJson(stampOf(root))?.sources === hashFiles(root, SOURCES);
}

/**
 * Builds the browser side into dist/.
 * @param {string} root  the project
 * @param {AbortSignal} signal
 * @throws {SetupError} with the builder's words
 */
export async function buildBrowserSide(root, signal) {
  // Taken before the build: an edit made meanwhile then leads to another one.
  const sources = hashFiles(root, SOURCES);
  forgetBrowserSide(root);
  try {
    await withProgress('Building the browser side', () =>
      run(join(root, 'node_modules/.bin/node'), ['tools/browser-build/build.ts'], { cwd: root, signal }),
    );
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new SetupError(`The browser side could not be built:\n\n${error.output.slice(-30).join('\n')}\n`, {
      cause: error,
    });
  }
  writeAtomically(stampOf(root), `${JSON.stringify({ sources })}\n`);
}

/**
 * Makes the next start build again, whatever dist/ holds.
 * @param {string} root  the project
 */
export function forgetBrowserSide(root) {
  rmSync(stampOf(root), { force: true });
}

/** @param {string} root */
function stampOf(root) {
  return join(root, 'dist/.built-from.json');
}
