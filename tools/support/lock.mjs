import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** How often a waiter looks again, ms. */
const POLL_INTERVAL = 200;

/** A guard older than this was left by a process that died while it held it, ms. Holding takes microseconds. */
const GUARD_LIFETIME = 10_000;

/**
 * Runs `work` while holding a lock that other processes on this machine respect. A lock whose holder
 * has died is taken over.
 *
 * @template T
 * @param {string} file  the lock; its folder is made when missing
 * @param {object} options
 * @param {AbortSignal} [options.signal]
 * @param {(pid: number) => void} [options.onWait]  called once when another process holds it
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, { signal, onWait }, work) {
  mkdirSync(dirname(file), { recursive: true });
  const owner = describe(process.pid);
  let told = false;
  while (!take(file, owner)) {
    signal?.throwIfAborted();
    const holder = read(file);
    if (holder !== '' && !isAlive(holder)) removeStale(file, holder);
    else {
      if (!told && holder !== '') onWait?.(Number.parseInt(holder, 10));
      told = told || holder !== '';
      // Wakes early when interrupted; the next turn then throws the signal's own reason.
      await delay(POLL_INTERVAL, undefined, { signal }).catch(() => {});
    }
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/**
 * Linking a finished file makes taking atomic, contents included: nobody ever reads an empty lock.
 * @param {string} file
 * @param {string} owner
 */
function take(file, owner) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, owner);
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Removes a dead holder's lock. A guard around "look again, then remove" keeps two waiters from each
 * removing one, the second of which would be the first waiter's fresh lock.
 * @param {string} file
 * @param {string} holder
 */
function removeStale(file, holder) {
  const guard = `${file}.guard`;
  try {
    mkdirSync(guard);
  } catch {
    const age = Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > GUARD_LIFETIME) rmSync(guard, { recursive: true, force: true });
    return;
  }
  try {
    if (read(file) === holder) rmSync(file, { force: true });
  } finally {
    rmSync(guard, { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @returns {string} the holder, or nothing when the lock has just been let go
 */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/**
 * A process id alone may be reused, so the moment it started goes with it where the system tells.
 * @param {number} pid
 */
function describe(pid) {
  try {
    // The second field, a name in brackets, may itself hold spaces; the third is the state, the 22nd the start.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // Dead, but nobody has asked for its exit code: in containers often nobody ever does.
    return fields[0] === 'Z' ? `${pid} ended` : `${pid} ${fields[19]}`;
  } catch {
    return `${pid}`;
  }
}

/** @param {string} holder */
function isAlive(holder) {
  const pid = Number.parseInt(holder, 10);
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, but somebody else's.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM') return false;
  }
  return describe(pid) === holder;
}
