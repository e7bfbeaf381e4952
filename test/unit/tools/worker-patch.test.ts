import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { patches, replaceOnce, writePatchedSources } from '../../../tools/media-worker/patch.mjs';
import { SetupError } from '../../../tools/support/errors.mjs';
import { tempFolder, writeFile } from './temp-folder.ts';

describe('patching a text', () => {
  test('P44 replaces the one occurrence', () => {
    expect(replaceOnce('a b c', 'b', 'x', 'f.cpp')).toBe('a x c');
  });

  test('P45 takes the replacement literally', () => {
    expect(replaceOnce('a b c', 'b', '$& $1 $$', 'f.cpp')).toBe('a $& $1 $$ c');
  });

  test.each([
    ['no', 'a c', '0 times'],
    ['a second', 'a b b c', '2 times'],
  ])('P46 refuses %s occurrence, naming the file and what to do', (_case, text, count) => {
    const patch = () => replaceOnce(text, 'b', 'x', 'src/f.cpp');
    expect(patch).toThrow(SetupError);
    expect(patch).toThrow('src/f.cpp has changed');
    expect(patch).toThrow(count);
    expect(patch).toThrow('MEDIASOUP_WORKER_BIN');
  });
});

describe("patching mediasoup's sources", () => {
  test('P47 fits the mediasoup that is installed', () => {
    const target = tempFolder();
    const source = resolve(import.meta.dirname, '../../../node_modules/mediasoup/worker');
    writePatchedSources(source, target);
    for (const { file, find, replacement } of patches) {
      const patched = readFileSync(join(target, file), 'utf8');
      expect(patched).toContain(replacement);
      expect(patched).not.toContain(find);
      expect(readFileSync(join(source, file), 'utf8')).toContain(find);
    }
  });

  test('P48 refuses sources whose text has changed', () => {
    const source = tempFolder();
    for (const { file, find } of patches)
      writeFile(join(source, file), find.replace('BIO_CB_RETURN', 'OTHER'));
    expect(() => writePatchedSources(source, tempFolder())).toThrow('found 0 times');
  });
});
