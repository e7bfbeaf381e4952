import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CommandFailed } from '../support/errors.mjs';
import { readJson } from '../support/files.mjs';
import { run } from '../support/run.mjs';

/** How long the server may take to begin its answer, ms. Short: where it can't be reached, this is pure delay. */
const ANSWER_TIMEOUT = 5_000;

/** How long the whole download may take, ms. */
const DOWNLOAD_TIMEOUT = 120_000;

/** Why no prebuilt worker could be had; building one is the way on. */
export class NoPrebuilt extends Error {
  /** @override */
  name = 'NoPrebuilt';
}

/**
 * Fetches the prebuilt worker that mediasoup's authors publish for this kind of machine.
 * @param {object} options
 * @param {string} options.mediasoupFolder  the installed package
 * @param {string} options.workFolder  an existing folder to work in
 * @param {NodeJS.ProcessEnv} options.env
 * @param {AbortSignal} options.signal
 * @returns {Promise<string>} the binary inside `workFolder`, not yet tried
 * @throws {NoPrebuilt} with a reason that reads well after "No prebuilt worker: "
 */
export async function fetchPrebuilt({ mediasoupFolder, workFolder, env, signal }) {
  if (env.MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD) {
    throw new NoPrebuilt('MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD is set');
  }
  const url = await prebuiltUrl(mediasoupFolder, env, signal);
  const archive = join(workFolder, 'prebuilt.tgz');
  await download(url, archive, signal);
  await run('tar', ['-xzf', archive, '-C', workFolder], { signal }).catch(
    rethrowAs('the archive can not be unpacked'),
  );
  return join(workFolder, 'mediasoup-worker');
}

/**
 * mediasoup's own script is asked for the name, since the scheme is mediasoup's to change.
 * @param {string} mediasoupFolder
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal
 */
async function prebuiltUrl(mediasoupFolder, env, signal) {
  const output = await run(process.execPath, ['npm-scripts.mjs', 'worker:prebuild-name'], {
    cwd: mediasoupFolder,
    env,
    signal,
  }).catch(rethrowAs('mediasoup does not tell its name'));
  const name = /mediasoup-worker-[\w.-]+\.tgz/.exec(output.join('\n'))?.[0];
  if (!name) throw new NoPrebuilt('mediasoup does not tell its name');
  const { version, repository } = readJson(join(mediasoupFolder, 'package.json'));
  const home = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
  const base = env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL || `${home}/releases/download`;
  return `${base}/${version}/${name}`;
}

/**
 * @param {string} url
 * @param {string} file
 * @param {AbortSignal} signal
 */
async function download(url, file, signal) {
  const { host } = new URL(url);
  const answer = new AbortController();
  const timer = setTimeout(() => answer.abort(), ANSWER_TIMEOUT);
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, answer.signal, AbortSignal.timeout(DOWNLOAD_TIMEOUT)]),
    });
    clearTimeout(timer);
    if (response.status === 404) throw new NoPrebuilt(`${host} has none for this kind of machine`);
    if (!response.ok || !response.body) throw new NoPrebuilt(`${host} answered ${response.status}`);
    await pipeline(Readable.fromWeb(/** @type {any} */ (response.body)), createWriteStream(file));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof NoPrebuilt) throw error;
    throw new NoPrebuilt(`${host} can not be reached`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Lets an interruption through and turns a failed command into "none to be had".
 * @param {string} reason
 * @returns {(error: unknown) => never}
 */
function rethrowAs(reason) {
  return error => {
    if (error instanceof CommandFailed) throw new NoPrebuilt(reason, { cause: error });
    throw error;
  };
}
