import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../media-worker/places.mjs';
import { isDebian, unpackDebianPackages } from '../support/apt.mjs';
import { SetupError } from '../support/errors.mjs';

/** By Debian package, the program in it. */
const programs = {
  nginx: 'usr/sbin/nginx',
  caddy: 'usr/bin/caddy',
  haproxy: 'usr/sbin/haproxy',
  'apache2-bin': 'usr/sbin/apache2',
};

/** @typedef {keyof typeof programs} ProxyPackage */

/** @param {NodeJS.ProcessEnv} env */
const unpacked = env => join(cacheFolder(env), 'proxies');

/**
 * A web server of Debian's, which the tests start with a configuration of their own. Unpacked, not installed: Debian starts each as a
 * service when it is installed, on the ports of the machine.
 * @param {ProxyPackage} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ program: string, root: string, libraries: string } | null} `root`: the folder that stands for `/`
 */
export function proxyProgram(name, env) {
  const root = unpacked(env);
  const program = join(root, programs[name]);
  if (!existsSync(program)) return null;
  const lib = join(root, 'usr/lib');
  const folders = readdirSync(lib).filter(folder => folder.endsWith('-linux-gnu'));
  return { program, root, libraries: folders.map(folder => join(lib, folder)).join(':') };
}

/** @param {NodeJS.ProcessEnv} env */
export const proxiesAreThere = env =>
  Object.values(programs).every(program => existsSync(join(unpacked(env), program)));

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal
 * @throws {SetupError} with what is missing
 */
export async function fetchProxies(env, signal) {
  if (!isDebian())
    throw new SetupError(
      `The tests try the configurations of docs/proxy with Debian's packages, and need Debian or a system like it for that.`,
    );
  await unpackDebianPackages(Object.keys(programs), unpacked(env), 'for the tests behind proxies', {
    signal,
  });
}
