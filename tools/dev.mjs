/**
 * `npm run dev`: the server restarts when one of its files changes, and the browser side is built anew
 * when one of its files changes. Ends both when either ends, and on Ctrl-C or SIGTERM.
 */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forgetBrowserSide } from './setup/browser-side.mjs';
import { complain } from './support/ui.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../..');

/** How long the two have to end by themselves, ms. */
const GRACE = 3_000;

let ending = false;

// What a watching build leaves in dist/ is for development: the next start makes its own.
forgetBrowserSide(root);

const children = [
  ['tools/browser-build/build.ts', '--watch'],
  ['--watch', '--watch-preserve-output', 'server/main.ts'],
].map(args => {
  // Groups of their own: `node --watch` has a child, and Ctrl-C is to reach each of them once.
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', detached: true });
  child.once('exit', (code, signal) => {
    if (!ending) complain(`\`node ${args.join(' ')}\` ended (${code ?? signal}); so does the rest.`);
    end(code ?? 1);
  });
  return child;
});

/** @param {number} code  to exit with when all have ended */
function end(code) {
  if (!ending) {
    ending = true;
    process.exitCode = code;
    killAll('SIGTERM');
    setTimeout(killAll, GRACE, 'SIGKILL').unref();
  }
}

/** @param {NodeJS.Signals} signal */
function killAll(signal) {
  for (const { pid } of children) {
    try {
      if (pid !== undefined) process.kill(-pid, signal);
    } catch {
      // Ended already.
    }
  }
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => end(0));
