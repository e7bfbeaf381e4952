import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../support/errors.mjs';
import { withLock } from '../support/lock.mjs';
import { duration, say } from '../support/ui.mjs';
import { installBinary, isInPlace, writeStamp } from './install.mjs';
import { cacheFolder, cacheKeys, defaultPlace, mediasoupVersion } from './places.mjs';
import { runsHere } from './probe.mjs';

/**
 * Whether a worker is at hand, without fetching or building one. Costs a few file reads.
 * @param {string} mediasoupFolder  the installed package
 * @param {NodeJS.ProcessEnv} env
 * @returns {boolean}
 * @throws {SetupError} when MEDIASOUP_WORKER_BIN names something that does not run
 */
export function workerIsReady(mediasoupFolder, env) {
  const given = env.MEDIASOUP_WORKER_BIN;
  if (given) {
    if (runsHere(given)) return true;
    throw new SetupError(
      `MEDIASOUP_WORKER_BIN is ${given}, but that is not a media worker that runs on this machine.\n` +
        'Correct it, or unset it to have one fetched or built.',
    );
  }
  return isInPlace(defaultPlace(mediasoupFolder), cacheKeys(mediasoupVersion(mediasoupFolder)));
}

/**
 * Sees to it that mediasoup finds a worker. In this order: MEDIASOUP_WORKER_BIN, one already in
 * mediasoup's default place, our cache, the prebuilt one, a build from source. Says in one line
 * which way was taken.
 *
 * @param {object} options
 * @param {string} options.mediasoupFolder  the installed package
 * @param {NodeJS.ProcessEnv} options.env
 * @param {AbortSignal} options.signal
 * @returns {Promise<'ready' | 'cache' | 'prebuilt' | 'built'>}
 * @throws {SetupError} when none can be had
 */
export async function obtainWorker({ mediasoupFolder, env, signal }) {
  if (workerIsReady(mediasoupFolder, env)) return 'ready';
  const version = mediasoupVersion(mediasoupFolder);
  const keys = cacheKeys(version);
  const folder = join(cacheFolder(env), 'worker');
  const place = defaultPlace(mediasoupFolder);
  makeCache(folder);

  const onWait = (/** @type {number} */ pid) =>
    say(`Another set-up (process ${pid}) is getting the media worker; waiting for it.`);
  return withLock(join(folder, `${keys.built}.lock`), { signal, onWait }, async () => {
    for (const key of [keys.built, keys.prebuilt]) {
      const cached = join(folder, key, 'mediasoup-worker');
      if (!runsHere(cached)) continue;
      installBinary(cached, place);
      writeStamp(place, key);
      say(`Media worker ${version}: taken from the cache (${cached}).`);
      return 'cache';
    }
    // Under the lock, so whatever is there was left behind by a process that was killed.
    const workFolder = join(folder, `.${keys.built}`);
    rmSync(workFolder, { recursive: true, force: true });
    mkdirSync(workFolder);
    try {
      const options = { mediasoupFolder, workFolder, env, signal };
      const made = (await tryPrebuilt(options)) ?? (await build(options, join(folder, `${keys.built}.log`)));
      const cached = join(folder, keys[made.way], 'mediasoup-worker');
      installBinary(made.binary, cached);
      installBinary(cached, place);
      writeStamp(place, keys[made.way]);
      say(`Media worker ${version}: ${made.how} and kept for next time (${cached}).`);
      return made.way;
    } finally {
      rmSync(workFolder, { recursive: true, force: true });
    }
  });
}

/**
 * @param {{ mediasoupFolder: string, workFolder: string, env: NodeJS.ProcessEnv, signal: AbortSignal }} options
 */
async function tryPrebuilt(options) {
  const { fetchPrebuilt, NoPrebuilt } = await import('./prebuilt.mjs');
  try {
    const binary = await fetchPrebuilt(options);
    if (!runsHere(binary)) throw new NoPrebuilt('it does not run on this machine');
    return { binary, way: /** @type {const} */ ('prebuilt'), how: 'the prebuilt one was fetched' };
  } catch (error) {
    if (!(error instanceof NoPrebuilt)) throw error;
    say(`No prebuilt media worker: ${error.message}. One is built here, once; that takes a few minutes.`);
    return undefined;
  }
}

/**
 * @param {{ mediasoupFolder: string, workFolder: string, signal: AbortSignal }} options
 * @param {string} logFile
 */
async function build(options, logFile) {
  const { buildWorker } = await import('./build.mjs');
  const started = Date.now();
  const binary = await buildWorker({ ...options, logFile });
  if (!runsHere(binary))
    throw new SetupError('The media worker was built, but it does not run on this machine.');
  const how = `built from source in ${duration(Date.now() - started)}`;
  return { binary, way: /** @type {const} */ ('built'), how };
}

/** @param {string} folder */
function makeCache(folder) {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new SetupError(
      `The folder ${folder} can not be made (${/** @type {Error} */ (error).message}).\n` +
        'Set XDG_CACHE_HOME to a folder that can be written to, then start again.',
      { cause: error },
    );
  }
}
