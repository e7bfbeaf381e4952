import { spawnSync } from 'node:child_process';

/** The worker's exit code when it was not started by mediasoup: loaded fine, nothing to do. */
const NOT_MY_PARENT = 41;

/** A worker that works answers in milliseconds. */
const TIMEOUT = 10_000;

/**
 * Whether a worker binary runs on this machine: right architecture, all libraries there. It is
 * started without the variable it expects from mediasoup, on which it ends with a code of its own.
 * @param {string} binary
 * @returns {boolean}
 */
export function runsHere(binary) {
  const { status } = spawnSync(binary, [], { env: {}, stdio: 'ignore', timeout: TIMEOUT });
  return status === NOT_MY_PARENT;
}
