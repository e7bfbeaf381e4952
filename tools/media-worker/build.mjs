import { mkdirSync, statfsSync, writeFileSync } from 'node:fs';
import { availableParallelism, freemem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDebianPackages, isDebian } from '../support/apt.mjs';
import { CommandFailed, SetupError } from '../support/errors.mjs';
import { run } from '../support/run.mjs';
import { withProgress } from '../support/ui.mjs';
import { writePatchedSources } from './patch.mjs';

/** What the build needs, as Debian 12 names it. */
const DEBIAN_PACKAGES = [
  'cmake',
  'ninja-build',
  'g++',
  'libuv1-dev',
  'libssl-dev',
  'libsrtp2-dev',
  'libflatbuffers-dev',
  'flatbuffers-compiler',
];

/** The same in words, for systems without apt. */
const NEEDED_ELSEWHERE =
  'CMake 3.18, Ninja, a C++20 compiler, flatc, and the headers of libuv, OpenSSL 3, libsrtp 2 and FlatBuffers';

/** Free space the build folder needs, bytes: it was seen to take 150 MB. */
const DISK_NEEDED = 300 * 1024 * 1024;

/** Memory one compiler may take, bytes: the largest file was seen to take some 500 MB. */
const MEMORY_PER_COMPILER = 600 * 1024 * 1024;

/**
 * Builds the worker from the sources in the npm package against the system's libraries.
 *
 * @param {object} options
 * @param {string} options.mediasoupFolder  the installed package
 * @param {string} options.workFolder  an existing folder to build in
 * @param {string} options.logFile  where the compiler's words go when it fails
 * @param {AbortSignal} options.signal
 * @returns {Promise<string>} the binary inside `workFolder`, not yet tried
 * @throws {SetupError} when something is missing, the sources have changed, or they do not compile
 */
export async function buildWorker({ mediasoupFolder, workFolder, logFile, signal }) {
  const source = join(mediasoupFolder, 'worker');
  const patched = join(workFolder, 'patched');
  const build = join(workFolder, 'build');
  // First: that the sources no longer fit should be known before anything is installed.
  writePatchedSources(source, patched);
  checkDisk(workFolder);
  if (isDebian()) await ensureDebianPackages(DEBIAN_PACKAGES, 'to build the media worker', { signal });

  const configure = [
    ...['-S', dirname(fileURLToPath(import.meta.url)), '-B', build, '-G', 'Ninja'],
    `-DWORKER_SOURCE=${source}`,
    `-DPATCHED_SOURCE=${patched}`,
  ];
  const jobs = Math.max(1, Math.min(availableParallelism(), Math.floor(freemem() / MEMORY_PER_COMPILER)));
  mkdirSync(build, { recursive: true });
  try {
    await withProgress('Compiling the media worker', async update => {
      await run('cmake', configure, { signal });
      await run('ninja', ['-C', build, '-j', `${jobs}`], {
        signal,
        onLine: line => {
          const [, done, all] = /^\[(\d+)\/(\d+)\]/.exec(line) ?? [];
          if (done) update(`${done}/${all} files`);
        },
      });
    });
  } catch (error) {
    if (error instanceof CommandFailed) throw explain(error, logFile);
    throw error;
  }
  return join(build, 'mediasoup-worker');
}

/** @param {string} folder */
function checkDisk(folder) {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= DISK_NEEDED) return;
  const inMegabytes = (/** @type {number} */ bytes) => `${Math.floor(bytes / 1024 / 1024)} MB`;
  throw new SetupError(
    `Building the media worker needs ${inMegabytes(DISK_NEEDED)} in ${folder}, but only ${inMegabytes(free)} are free.\n` +
      'Free some space, or set XDG_CACHE_HOME to a folder with more, then start again.',
  );
}

/**
 * @param {CommandFailed} error
 * @param {string} logFile
 */
function explain(error, logFile) {
  if (error.outcome === 'missing') {
    return new SetupError(
      `The media worker has to be built here, and that needs ${NEEDED_ELSEWHERE}.\nInstall these, then start again.`,
      { cause: error },
    );
  }
  writeFileSync(logFile, `${error.message}\n\n${error.output.join('\n')}\n`);
  const telling = error.output.filter(line => /error|FAILED|No space|Killed/i.test(line)).slice(0, 6);
  return new SetupError(
    `The media worker could not be built:\n\n${(telling.length ? telling : error.output.slice(-6)).join('\n')}\n\n` +
      `The last lines of the build are in ${logFile}.\n` +
      (isDebian() ? '' : `It needs ${NEEDED_ELSEWHERE}.\n`),
    { cause: error },
  );
}
