/**
 * Everything that has to be there before a command of ours can run: `node tools/setup/setup.mjs start`.
 *
 * Runs on the machine's own Node (20.20 or newer) in a fresh clone, so: plain JavaScript, nothing but
 * what Node brings. When all is there it only compares a few stamps, since each start passes through here.
 */
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { obtainWorker, workerIsReady } from '../media-worker/obtain.mjs';
import { cacheFolder } from '../media-worker/places.mjs';
import { Interrupted, SetupError } from '../support/errors.mjs';
import { watchForInterruption } from '../support/interruption.mjs';
import { withLock } from '../support/lock.mjs';
import { complain, say } from '../support/ui.mjs';
import { benchToolsAreInstalled, installBenchTools } from './bench-tools.mjs';
import { browserSideIsBuilt, buildBrowserSide, forgetBrowserSide } from './browser-side.mjs';
import { browsersAreInstalled, installBrowsers } from './browsers.mjs';
import { installPackages, packagesAreInstalled } from './packages.mjs';
import { installPostgres, postgresPrograms } from './postgres.mjs';
import { fetchProxies, proxiesAreThere } from './proxies.mjs';
import { installSpeech, speechIsInstalled } from './speech.mjs';
import { installTestTools, testToolsAreInstalled } from './test-tools.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const mediasoupFolder = join(root, 'node_modules/mediasoup');
const env = process.env;

/**
 * A thing that commands need: whether it is there, and how to get it.
 * @typedef {{ ready: () => boolean, make: (signal: AbortSignal) => Promise<unknown> }} Need
 */

/** @satisfies {Record<string, Need>} */
const needs = {
  packages: { ready: () => packagesAreInstalled(root), make: signal => installPackages(root, signal) },
  worker: {
    ready: () => workerIsReady(mediasoupFolder, env),
    make: signal => obtainWorker({ mediasoupFolder, env, signal }),
  },
  browserSide: { ready: () => browserSideIsBuilt(root), make: signal => buildBrowserSide(root, signal) },
  postgres: {
    ready: () => postgresPrograms(env) !== null,
    make: signal => installPostgres(env, signal),
  },
  browsers: { ready: () => browsersAreInstalled(env), make: signal => installBrowsers(env, signal) },
  speech: { ready: speechIsInstalled, make: installSpeech },
  proxies: { ready: () => proxiesAreThere(env), make: signal => fetchProxies(env, signal) },
  testTools: { ready: testToolsAreInstalled, make: installTestTools },
  benchTools: { ready: benchToolsAreInstalled, make: installBenchTools },
};

/**
 * What each command needs, in the order in which to get it.
 * @type {Record<string, (keyof typeof needs)[]>}
 */
const commands = {
  start: ['packages', 'worker', 'browserSide'],
  dev: ['packages', 'worker'],
  build: ['packages', 'browserSide'],
  check: ['packages'],
  test: ['packages', 'worker', 'postgres', 'testTools', 'proxies', 'browsers', 'speech', 'browserSide'],
  chaos: ['packages', 'worker', 'postgres', 'testTools', 'browsers', 'speech', 'browserSide'],
  bench: ['packages', 'worker', 'postgres', 'benchTools', 'browsers', 'browserSide'],
};

/** @param {string} command */
async function setUp(command) {
  const wanted = commands[command];
  if (!wanted) throw new SetupError(`Set-up is for one of: ${Object.keys(commands).join(', ')}.`);
  if (command === 'build') forgetBrowserSide(root);
  if (wanted.every(name => needs[name].ready())) return;

  const signal = watchForInterruption();
  // In the cache folder, because installing packages empties node_modules and the rest is the person's.
  const name = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const onWait = (/** @type {number} */ pid) =>
    say(`Set-up is under way already (process ${pid}); waiting for it.`);
  await withLock(join(cacheFolder(env), `setup-${name}.lock`), { signal, onWait }, async () => {
    for (const name of wanted) {
      signal.throwIfAborted();
      if (!needs[name].ready()) await needs[name].make(signal);
    }
  });
}

try {
  await setUp(process.argv[2] ?? '');
} catch (error) {
  if (error instanceof Interrupted) {
    complain(`Set-up was stopped (${error.signal}); nothing is left half-installed. Start again to go on.`);
    process.exitCode = error.signal === 'SIGINT' ? 130 : 143;
  } else if (error instanceof SetupError) {
    complain(`\n${error.message}`);
    process.exitCode = 1;
  } else throw error;
}
