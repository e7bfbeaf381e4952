import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * One hash over files and folders, by relative path and content: it is the same on every machine and
 * a checkout that only touches times does not change it. Hidden files and missing paths do not count.
 *
 * @param {string} root
 * @param {string[]} paths  files or folders below `root`
 * @returns {string} hexadecimal SHA-256
 */
export function hashFiles(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(path => listFiles(root, path)).sort()) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]} the files at or below `path`, relative to `root`
 */
function listFiles(root, path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [path];
  return readdirSync(join(root, path))
    .filter(name => !name.startsWith('.'))
    .flatMap(name => listFiles(root, `${path}/${name}`));
}

/**
 * Writes a file whole or not at all.
 * @param {string} file
 * @param {string} content
 */
export function writeAtomically(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.new`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}

/**
 * @param {string} file
 * @returns {any} the parsed content, or undefined when there is none that can be read
 */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
