import { Interrupted } from './errors.mjs';

/** How often to look whether the parent is still there, ms. */
const PARENT_CHECK_INTERVAL = 100;

/**
 * Watches for everything that should end set-up.
 *
 * Signals are not enough: `npm start` hands SIGTERM to the shell that runs the script, and the shell
 * dies of it without telling its child. So the parent is watched as well.
 *
 * @returns {AbortSignal} aborts once, with an {@link Interrupted} as its reason
 */
export function watchForInterruption() {
  const controller = new AbortController();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    // Stays on after the first: a second Ctrl-C must not cut the clean-up short.
    process.on(signal, () => controller.abort(new Interrupted(signal)));
  }
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) controller.abort(new Interrupted('SIGTERM'));
  }, PARENT_CHECK_INTERVAL).unref();
  return controller.signal;
}
