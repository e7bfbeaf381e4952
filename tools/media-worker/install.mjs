import { chmodSync, copyFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { readJson, writeAtomically } from '../support/files.mjs';
import { runsHere } from './probe.mjs';

/**
 * Puts a binary in its place whole or not at all, so that nobody ever starts half a worker.
 * @param {string} from
 * @param {string} to
 */
export function installBinary(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  const temporary = `${to}.${process.pid}.new`;
  copyFileSync(from, temporary);
  chmodSync(temporary, 0o755);
  renameSync(temporary, to);
}

/**
 * Notes beside a worker which cache entry it is, and that it was seen to run.
 * @param {string} binary
 * @param {string} key  its cache entry, or `found` for one that somebody else put there
 */
export function writeStamp(binary, key) {
  writeAtomically(stampOf(binary), `${JSON.stringify({ key, ...identity(binary) })}\n`);
}

/**
 * Whether the worker in mediasoup's default place is there, is the right one and runs. With a stamp
 * this costs two file reads; without one (mediasoup's own install script may have put it there) the
 * worker is tried, and stamped.
 * @param {string} binary
 * @param {{ built: string, prebuilt: string }} keys
 * @returns {boolean}
 */
export function isInPlace(binary, keys) {
  const here = identity(binary);
  if (!here) return false;
  const stamp = readJson(stampOf(binary));
  if (stamp?.size === here.size && stamp.mtime === here.mtime) {
    return [keys.built, keys.prebuilt, 'found'].includes(stamp.key);
  }
  if (!runsHere(binary)) return false;
  writeStamp(binary, 'found');
  return true;
}

/** @param {string} binary */
function stampOf(binary) {
  return `${binary}.json`;
}

/** @param {string} binary */
function identity(binary) {
  const stat = statSync(binary, { throwIfNoEntry: false });
  return stat && { size: stat.size, mtime: stat.mtimeMs };
}
