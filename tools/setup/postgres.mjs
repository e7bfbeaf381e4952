import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDebianPackages, isDebian } from '../support/apt.mjs';
import { SetupError } from '../support/errors.mjs';

/** Where Debian puts each major version. */
const DEBIAN_VERSIONS = '/usr/lib/postgresql';
const PURPOSE = 'for the tests on PostgreSQL';

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | null} the folder with `initdb` and `postgres` that the tests start a server of their own from
 */
export function postgresPrograms(env) {
  const folders = env.POSTGRES_BIN
    ? [env.POSTGRES_BIN]
    : versions().map(version => join(DEBIAN_VERSIONS, version, 'bin'));
  return (
    folders.find(folder => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ?? null
  );
}

/** @returns {string[]} installed major versions that will do, the newest first */
function versions() {
  if (!existsSync(DEBIAN_VERSIONS)) return [];
  return readdirSync(DEBIAN_VERSIONS)
    .filter(name => Number(name) >= 15)
    .sort((a, b) => Number(b) - Number(a));
}

/**
 * Installs PostgreSQL for the tests, which start it themselves on a folder and a port of their own.
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal
 * @throws {SetupError} with what to run
 */
export async function installPostgres(env, signal) {
  if (env.POSTGRES_BIN) {
    throw new SetupError(
      `POSTGRES_BIN is ${env.POSTGRES_BIN}, but initdb and postgres are not there. Correct or unset it.`,
    );
  }
  if (!isDebian()) {
    throw new SetupError(
      'The tests need PostgreSQL 15 or newer. Install it and set POSTGRES_BIN to the folder of initdb, then start again.',
    );
  }
  await ensureDebianPackages(['postgresql'], PURPOSE, { signal });
}
