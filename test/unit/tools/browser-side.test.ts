import { existsSync, mkdirSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  browserSideIsBuilt,
  buildBrowserSide,
  forgetBrowserSide,
} from '../../../tools/setup/browser-side.mjs';
import { SetupError } from '../../../tools/support/errors.mjs';
import { tempFolder, writeFile } from './temp-folder.ts';

const signal = new AbortController().signal;
const BUILDER = "import { mkdirSync } from 'node:fs';\nmkdirSync('dist/made', { recursive: true });\n";

function project(builder = BUILDER): string {
  const root = tempFolder();
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  symlinkSync(process.execPath, join(root, 'node_modules/.bin/node'));
  writeFile(join(root, 'package-lock.json'), '{}');
  writeFile(join(root, 'shared/protocol.ts'), '1');
  writeFile(join(root, 'tools/browser-build/build.ts'), builder);
  return root;
}

describe('the browser side', () => {
  test('P6 is built once', async () => {
    const root = project();
    expect(browserSideIsBuilt(root)).toBe(false);
    await buildBrowserSide(root, signal);
    expect(existsSync(join(root, 'dist/made'))).toBe(true);
    expect(browserSideIsBuilt(root)).toBe(true);
  });

  test.each(['client/console/new.ts', 'shared/protocol.ts', 'package-lock.json'])(
    'P7 is built again when %s has changed',
    async file => {
      const root = project();
      await buildBrowserSide(root, signal);
      writeFile(join(root, file), 'changed');
      expect(browserSideIsBuilt(root)).toBe(false);
    },
  );

  test('P8 is not built again when a file was only touched, or is hidden, or is the server’s', async () => {
    const root = project();
    await buildBrowserSide(root, signal);
    utimesSync(join(root, 'shared/protocol.ts'), 1, 1);
    writeFile(join(root, 'client/.editor-backup'), 'x');
    writeFile(join(root, 'server/main.ts'), 'x');
    expect(browserSideIsBuilt(root)).toBe(true);
  });

  test('P9 is built again when it was asked to be forgotten', async () => {
    const root = project();
    await buildBrowserSide(root, signal);
    forgetBrowserSide(root);
    expect(browserSideIsBuilt(root)).toBe(false);
  });

  test("P10 does not count as built when the build fails, and the builder's words are shown", async () => {
    const root = project();
    await buildBrowserSide(root, signal);
    writeFile(join(root, 'tools/browser-build/build.ts'), "throw new Error('a comma too many');");
    const attempt = buildBrowserSide(root, signal);
    await expect(attempt).rejects.toThrow(SetupError);
    await expect(attempt).rejects.toThrow('a comma too many');
    expect(browserSideIsBuilt(root)).toBe(false);
  });
});
