import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashFiles, readJson } from '../support/files.mjs';

/** The files that decide what a build gives; a change in any of them makes a new cache entry. */
const BUILD_FILES = ['CMakeLists.txt', 'bridge', 'patch.mjs'];

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string} the folder for everything that is kept between checkouts
 */
export function cacheFolder(env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'talk-to-us');
}

/**
 * Names of the two cache entries that would serve here.
 * @param {string} version  mediasoup's
 * @param {object} [machine]
 * @param {string} [machine.platform]
 * @param {string} [machine.arch]
 * @param {string} [machine.buildFolder]  where the build files are
 * @returns {{ built: string, prebuilt: string }}
 */
export function cacheKeys(version, { platform, arch, buildFolder } = {}) {
  const machine = `${version}-${platform ?? process.platform}-${arch ?? process.arch}`;
  const hash = hashFiles(buildFolder ?? dirname(fileURLToPath(import.meta.url)), BUILD_FILES).slice(0, 12);
  return { built: `${machine}-${hash}`, prebuilt: `${machine}-prebuilt` };
}

/**
 * @param {string} mediasoupFolder  the installed package
 * @returns {string} mediasoup's version
 */
export function mediasoupVersion(mediasoupFolder) {
  return readJson(join(mediasoupFolder, 'package.json')).version;
}

/**
 * @param {string} mediasoupFolder  the installed package
 * @returns {string} where mediasoup looks when no variable tells it otherwise
 */
export function defaultPlace(mediasoupFolder) {
  return join(mediasoupFolder, 'worker', 'out', 'Release', 'mediasoup-worker');
}
