import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cacheFolder, cacheKeys } from '../../../tools/media-worker/places.mjs';
import { tempFolder, writeFile } from './temp-folder.ts';

function buildFolder(files: Record<string, string> = {}): string {
  const folder = tempFolder();
  const all = {
    'CMakeLists.txt': 'a',
    'patch.mjs': 'b',
    'bridge/srtp.h': 'c',
    'bridge/deep/er.h': 'd',
    ...files,
  };
  for (const [name, content] of Object.entries(all)) writeFile(join(folder, name), content);
  return folder;
}

const machine = { platform: 'linux', arch: 'x64' };
const key = (files?: Record<string, string>) =>
  cacheKeys('3.27.1', { ...machine, buildFolder: buildFolder(files) });

describe('the cache key of a built worker', () => {
  test('P49 names version, platform, architecture and the build files', () => {
    expect(key().built).toMatch(/^3\.27\.1-linux-x64-[0-9a-f]{12}$/);
  });

  test('P50 is the same wherever the same build files are', () => {
    expect(key()).toEqual(key());
  });

  test.each(['CMakeLists.txt', 'patch.mjs', 'bridge/srtp.h', 'bridge/deep/er.h', 'bridge/new.h'])(
    'P51 changes with %s',
    name => {
      expect(key({ [name]: 'changed' }).built).not.toBe(key().built);
    },
  );

  test('P52 does not change with files that the binary does not depend on', () => {
    expect(key({ 'obtain.mjs': 'x', 'bridge/.hidden': 'x' }).built).toBe(key().built);
  });

  test('P53 differs by version, platform and architecture', () => {
    const folder = buildFolder();
    const keys = [
      cacheKeys('3.27.1', { ...machine, buildFolder: folder }),
      cacheKeys('3.27.2', { ...machine, buildFolder: folder }),
      cacheKeys('3.27.1', { platform: 'linux', arch: 'arm64', buildFolder: folder }),
      cacheKeys('3.27.1', { platform: 'darwin', arch: 'x64', buildFolder: folder }),
    ];
    expect(new Set(keys.flatMap(({ built, prebuilt }) => [built, prebuilt])).size).toBe(8);
  });

  test('P54 of a prebuilt one does not depend on our build files', () => {
    expect(key({ 'patch.mjs': 'changed' }).prebuilt).toBe(key().prebuilt);
  });
});

describe('the cache folder', () => {
  test('P55 follows XDG_CACHE_HOME', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/elsewhere' })).toBe('/elsewhere/talk-to-us');
  });

  test('P56 is under ~/.cache otherwise, also when the variable is empty', () => {
    expect(cacheFolder({})).toBe(join(homedir(), '.cache/talk-to-us'));
    expect(cacheFolder({ XDG_CACHE_HOME: '' })).toBe(join(homedir(), '.cache/talk-to-us'));
  });
});
