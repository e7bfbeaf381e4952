import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureDebianPackages, isDebian } from '../support/apt.mjs';
import { SetupError } from '../support/errors.mjs';

/** Where Debian puts programs that are not in everybody's PATH. */
const FURTHER = ['/usr/sbin', '/sbin'];
const PURPOSE = 'for the tests of what goes wrong, and of every language';

/**
 * @param {string} name
 * @returns {string | null} the program's place
 */
function program(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...FURTHER];
  return folders.map(folder => join(folder, name)).find(place => existsSync(place)) ?? null;
}

/** @returns {string | null} the pooler that stands in front of PostgreSQL at many places */
export const pgbouncerProgram = () => program('pgbouncer');

/** @returns {string | null} the library that shows a process another time; its folder is named after the machine */
export function faketimeLibrary() {
  const root = '/usr/lib';
  const places = [
    '.',
    ...(existsSync(root) ? readdirSync(root).filter(name => name.endsWith('-linux-gnu')) : []),
  ];
  return (
    places.map(place => join(root, place, 'faketime/libfaketime.so.1')).find(place => existsSync(place)) ??
    null
  );
}

/**
 * @returns {{ authority: string, names: string } | null} Let's Encrypt's certificate authority for tests, and what answers its
 * questions for names
 */
export function pebblePrograms() {
  const [authority, names] = [program('pebble'), program('pebble-challtestsrv')];
  return authority && names ? { authority, names } : null;
}

/** @returns {string | null} what checks a unit of systemd, whether or not systemd runs here */
export const systemdAnalyzeProgram = () => program('systemd-analyze');

/** @returns {string | null} what makes a root file system of Debian, in which the container recipe is tried */
export const debootstrapProgram = () => program('debootstrap');

/**
 * @param {string} file below Debian's folder of fonts
 * @returns {string | null} its place
 */
function font(file) {
  const place = join('/usr/share/fonts/truetype', file);
  return existsSync(place) ? place : null;
}

/** By the Debian package that has it. Without the fonts a browser draws Chinese, Japanese, Korean and Hindi as boxes. */
const tools = {
  pgbouncer: pgbouncerProgram,
  faketime: faketimeLibrary,
  pebble: pebblePrograms,
  systemd: systemdAnalyzeProgram,
  debootstrap: debootstrapProgram,
  iproute2: () => program('ip'),
  'fonts-wqy-microhei': () => font('wqy/wqy-microhei.ttc'),
  'fonts-lohit-deva': () => font('lohit-devanagari/Lohit-Devanagari.ttf'),
};

/** @returns {string[]} the packages whose tools are not there */
const missing = () => Object.entries(tools).flatMap(([name, find]) => (find() === null ? [name] : []));

export const testToolsAreInstalled = () => missing().length === 0;

/**
 * @param {AbortSignal} signal
 * @throws {SetupError} with what to install
 */
export async function installTestTools(signal) {
  if (!isDebian())
    throw new SetupError(
      `The tests need these programs and fonts: ${missing().join(', ')}. Install them, then start again.`,
    );
  await ensureDebianPackages(missing(), PURPOSE, { signal });
}
