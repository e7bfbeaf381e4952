import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ensureDebianPackages, isDebian } from '../support/apt.mjs';
import { SetupError } from '../support/errors.mjs';

/**
 * By Debian package, where it puts the WebRTC server that ours is compared with, what makes a network for both, and what the
 * load generator is compiled with.
 */
const files = {
  janus: '/usr/bin/janus',
  iproute2: '/usr/sbin/ip',
  gcc: '/usr/bin/gcc',
  'libssl-dev': '/usr/include/openssl/ssl.h',
  'libsrtp2-dev': '/usr/include/srtp2/srtp.h',
};

/** @returns {string[]} the Debian packages that are not there */
const missing = () => Object.entries(files).flatMap(([name, file]) => (existsSync(file) ? [] : [name]));

/** @returns {boolean} whether all that the benchmarks compare with is there */
export const benchToolsAreInstalled = () => missing().length === 0;

/**
 * Installs what the benchmarks compare our server with; they start it themselves, each time with a configuration of their own.
 * @param {AbortSignal} signal
 * @throws {SetupError} with what to install
 */
export async function installBenchTools(signal) {
  if (!isDebian())
    throw new SetupError(
      `The benchmarks need these Debian packages or the like: ${missing().join(', ')}. Install them, then start again.`,
    );
  // Debian starts Janus as a service when it is installed, open to the network, which nobody has asked for.
  if (missing().includes('janus') && existsSync('/run/systemd/system'))
    spawnSync('systemctl', ['mask', 'janus.service']);
  await ensureDebianPackages(missing(), 'for the benchmarks', { signal });
}
