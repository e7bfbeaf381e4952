import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { CommandFailed } from './errors.mjs';

/** How many of a command's last lines are kept to explain a failure. */
const TAIL_LINES = 100;

/** How long a command has to end by itself before it is killed, ms. */
const GRACE = 500;

/**
 * Runs a command to its end. It gets a process group of its own, so that an interruption ends its
 * children too (a compiler under ninja under cmake) and Ctrl-C reaches it through us only.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {AbortSignal} [options.signal]
 * @param {boolean} [options.mustFinish]  once begun, an interruption waits for it rather than ending it
 * @param {(line: string) => void} [options.onLine]  called for each line of either output
 * @returns {Promise<string[]>} its last lines
 * @throws {CommandFailed} when it is missing or fails
 * @throws {unknown} the signal's reason, after the command has ended, when interrupted
 */
export async function run(command, args, { cwd, env, signal, mustFinish = false, onLine } = {}) {
  signal?.throwIfAborted();
  const child = spawn(command, args, {
    cwd,
    env: env ?? process.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {string[]} */
  const tail = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', line => {
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      onLine?.(line);
    });
  }

  const end = (/** @type {NodeJS.Signals} */ how) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, how);
    } catch {
      // The whole group has ended already.
    }
  };
  /** @type {NodeJS.Timeout | undefined} */
  let impatience;
  const onAbort = () => {
    if (mustFinish) return;
    end('SIGTERM');
    impatience = setTimeout(end, GRACE, 'SIGKILL');
  };
  const onExit = () => end('SIGKILL');
  signal?.addEventListener('abort', onAbort, { once: true });
  process.once('exit', onExit);
  try {
    const outcome = await new Promise(resolve => {
      child.once('error', error =>
        resolve('code' in error && error.code === 'ENOENT' ? 'missing' : error.message),
      );
      child.once('close', (code, how) => resolve(code ?? how));
    });
    signal?.throwIfAborted();
    if (outcome !== 0) throw new CommandFailed([command, ...args].join(' '), outcome, tail);
    return tail;
  } finally {
    clearTimeout(impatience);
    signal?.removeEventListener('abort', onAbort);
    process.removeListener('exit', onExit);
  }
}
