import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packagesAreInstalled } from '../../../tools/setup/packages.mjs';
import { tempFolder, writeFile } from './temp-folder.ts';

const lock = (packages: Record<string, object>) => JSON.stringify({ packages });
const a1 = { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-1' } };
const a2 = { 'node_modules/a': { version: '2.0.0', integrity: 'sha512-2' } };

/** A project as npm leaves it: what is wanted, and npm's record of what it installed. */
function project(locked: Record<string, object>, installed?: Record<string, object>): string {
  const root = tempFolder();
  writeFile(join(root, 'package-lock.json'), lock({ '': { name: 'project' }, ...locked }));
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  symlinkSync(process.execPath, join(root, 'node_modules/.bin/node'));
  if (installed) writeFile(join(root, 'node_modules/.package-lock.json'), lock(installed));
  return root;
}

describe('packages count as installed', () => {
  test("P17 when npm's record says so, whoever ran npm", () => {
    expect(packagesAreInstalled(project(a1, a1))).toBe(true);
  });

  test('P18 without optional ones, which may be for other systems', () => {
    expect(
      packagesAreInstalled(project({ ...a1, 'node_modules/b': { version: '1.0.0', optional: true } }, a1)),
    ).toBe(true);
  });

  test('P19 by the stamp alone from then on', () => {
    const root = project(a1, a1);
    packagesAreInstalled(root);
    writeFile(join(root, 'node_modules/.package-lock.json'), 'unreadable');
    expect(packagesAreInstalled(root)).toBe(true);
  });
});

describe('packages count as missing', () => {
  test('P20 in a fresh clone', () => {
    const root = tempFolder();
    writeFile(join(root, 'package-lock.json'), lock(a1));
    expect(packagesAreInstalled(root)).toBe(false);
  });

  test('P21 when an installation was cut short', () => {
    expect(packagesAreInstalled(project(a1))).toBe(false);
  });

  test.each([
    ['another version is installed', a2, a1],
    ['one is not installed', { ...a1, 'node_modules/b': { version: '1.0.0' } }, a1],
  ])('P22 when %s', (_case, locked, installed) => {
    expect(packagesAreInstalled(project(locked, installed))).toBe(false);
  });

  test('P23 when the lock file has changed since the stamp', () => {
    const root = project(a1, a1);
    packagesAreInstalled(root);
    writeFile(join(root, 'package-lock.json'), lock(a2));
    expect(packagesAreInstalled(root)).toBe(false);
  });
});
