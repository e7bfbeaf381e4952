import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CommandFailed, SetupError } from './errors.mjs';
import { run } from './run.mjs';
import { withProgress } from './ui.mjs';

/** How long apt waits for another package manager to let go, s. */
const LOCK_TIMEOUT = 120;

/**
 * @param {string} [osRelease]  the content of /etc/os-release
 * @returns {boolean} whether this is Debian or a system derived from it
 */
export function isDebian(osRelease = readOsRelease()) {
  return /^ID(_LIKE)?=.*\bdebian\b/m.test(osRelease);
}

/**
 * @param {string[]} packages
 * @param {boolean} [root]  whether the person is root already
 * @returns {string} the command that installs them, to be typed by a person
 */
export function installCommand(packages, root = isRoot()) {
  const sudo = root ? '' : 'sudo ';
  return `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/**
 * @param {string[]} packages
 * @returns {string[]} those that are not fully installed
 */
export function missingPackages(packages) {
  // dpkg-query fails when it knows nothing of a package, but still tells about the others.
  const { stdout } = spawnSync('dpkg-query', ['-W', `-f=\${Package} \${db:Status-Status}\\n`, ...packages], {
    encoding: 'utf8',
  });
  const installed = new Set();
  for (const line of (stdout ?? '').split('\n')) {
    const [name, status] = line.split(' ');
    if (status === 'installed') installed.add(name);
  }
  return packages.filter(name => !installed.has(name));
}

/**
 * Sees to it that Debian packages are installed: installs them as root, tells the command otherwise.
 * @param {string[]} packages
 * @param {string} purpose  what they are for, for example `to build the media worker`
 * @param {{ signal?: AbortSignal, root?: boolean }} [options]
 * @throws {SetupError} with the command to run when it cannot be done here
 */
export async function ensureDebianPackages(packages, purpose, { signal, root = isRoot() } = {}) {
  const missing = missingPackages(packages);
  if (missing.length === 0) return;
  if (!root) {
    throw new SetupError(
      `Some system packages are missing ${purpose}. Run this, then start again:\n\n  ${installCommand(missing, root)}\n`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  const install = [
    '-o',
    `DPkg::Lock::Timeout=${LOCK_TIMEOUT}`,
    'install',
    '-y',
    '--no-install-recommends',
    ...missing,
  ];
  try {
    await withProgress(`Installing Debian packages ${purpose} (${missing.join(', ')})`, async update => {
      update('reading the package lists');
      await run('apt-get', ['update'], { env, signal }).catch(error => {
        // One broken list of many need not matter; if it does, the download below fails.
        if (!(error instanceof CommandFailed) || error.outcome === 'missing') throw error;
      });
      update('downloading');
      await run('apt-get', ['--download-only', ...install], { env, signal });
      // Unpacking is not cut short: an interrupted dpkg leaves the whole machine in need of repair.
      update('unpacking');
      await run('apt-get', ['--no-download', ...install], { env, signal, mustFinish: true });
    });
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new SetupError(
      `Debian packages needed ${purpose} could not be installed:\n\n${error.output.slice(-8).join('\n')}\n\n` +
        `When that is mended, run this, then start again:\n\n  ${installCommand(missing, root)}\n`,
      { cause: error },
    );
  }
}

/**
 * Downloads Debian packages, with those they need that are not installed, and unpacks them into a folder: their programs are there then,
 * and no service of theirs is started, no user made, nothing of the machine changed. Needs no rights, where apt knows its packages.
 * @param {string[]} packages
 * @param {string} folder  made anew, in one step when all is in it
 * @param {string} purpose
 * @param {{ signal?: AbortSignal, root?: boolean }} [options]
 * @throws {SetupError} when apt cannot give them
 */
export async function unpackDebianPackages(packages, folder, purpose, { signal, root = isRoot() } = {}) {
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  const draft = `${folder}.new`;
  const needed = async () => {
    /** @type {string[]} */
    const told = [];
    const onLine = (/** @type {string} */ line) => told.push(line);
    await run('apt-get', ['install', '--simulate', '--no-install-recommends', '--reinstall', ...packages], {
      env,
      signal,
      onLine,
    });
    return told.flatMap(line => /^Inst (\S+)/.exec(line)?.[1] ?? []);
  };
  try {
    await withProgress(`Fetching Debian packages ${purpose} (${packages.join(', ')})`, async update => {
      if (root) {
        update('reading the package lists');
        await run('apt-get', ['update'], { env, signal }).catch(error => {
          if (!(error instanceof CommandFailed) || error.outcome === 'missing') throw error;
        });
      }
      rmSync(draft, { recursive: true, force: true });
      mkdirSync(draft, { recursive: true });
      update('downloading');
      await run('apt-get', ['download', ...(await needed())], { env, signal, cwd: draft });
      update('unpacking');
      const files = readdirSync(draft).filter(name => name.endsWith('.deb'));
      for (const file of files) {
        await run('dpkg-deb', ['--extract', join(draft, file), draft], { env, signal });
        rmSync(join(draft, file));
      }
      rmSync(folder, { recursive: true, force: true });
      renameSync(draft, folder);
    });
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new SetupError(
      `Debian packages needed ${purpose} could not be fetched:\n\n${error.output.slice(-8).join('\n')}\n\n` +
        `When that is mended (${root ? '' : 'sudo '}apt-get update may do it), start again.\n`,
      { cause: error },
    );
  }
}

function isRoot() {
  return process.getuid?.() === 0;
}

function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
