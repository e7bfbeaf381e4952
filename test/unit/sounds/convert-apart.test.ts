import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { convertApart } from '../../../server/sounds/convert-apart.ts';
import { tone, wav } from '../../support/sound-files.ts';

let folder: string;
let file: string;
const staying = new AbortController().signal;
const ignore = () => {};

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'convert-'));
  file = path.join(folder, 'upload');
});
afterEach(() => rm(folder, { recursive: true }));

test('M47 a conversion tells how far it is, and leaves the process free meanwhile', async () => {
  await writeFile(file, wav([tone(440, 20, { rate: 44_100 })], { rate: 44_100 }));
  const told: number[] = [];
  let turns = 0;
  const turn = setInterval(() => turns++, 1);
  const { ms } = await convertApart(file, progress => told.push(progress), staying);
  clearInterval(turn);
  expect(ms).toBe(20_000);
  expect(told.length).toBeGreaterThan(3);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(told.at(-1)).toBeLessThanOrEqual(1);
  // Converting takes half a second or more, of which this side sees every few milliseconds.
  expect(turns).toBeGreaterThan(20);
});

test('M47 one that takes too long is given up with words, and one that nobody wants any more without', async () => {
  await writeFile(file, wav([tone(440, 60, { rate: 44_100 })], { rate: 44_100 }));
  await expect(convertApart(file, ignore, staying, 1)).rejects.toMatchObject({ problem: 'took-too-long' });
  const gone = new AbortController();
  const conversion = convertApart(file, () => gone.abort(new Error('deleted')), gone.signal);
  await expect(conversion).rejects.toThrow('deleted');
  await expect(convertApart(file, ignore, gone.signal)).rejects.toThrow('deleted');
});

test('M47 the process outlives its conversions', async () => {
  await writeFile(file, wav([tone(440, 1)]));
  // Apart from this process, which has loaded what a server has not: the native build of Opus took a server down with
  // the first thread that ended.
  const script = path.join(folder, 'convert.mjs');
  const module = new URL('../../../server/sounds/convert-apart.ts', import.meta.url).href;
  await writeFile(
    script,
    `import { convertApart } from ${JSON.stringify(module)};
    const { signal } = new AbortController();
    for (let i = 0; i < 3; i++) {
      const { ms } = await convertApart(${JSON.stringify(file)}, () => {}, signal);
      process.stdout.write(ms + ' ');
    }`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, [script]);
  expect(stdout).toBe('1000 1000 1000 ');
}, 20_000);

test('M47 what is wrong with the file is told as by the conversion itself', async () => {
  await writeFile(file, 'no sound at all');
  await expect(convertApart(file, ignore, staying)).rejects.toMatchObject({ problem: 'not-a-sound' });
  await expect(convertApart(path.join(folder, 'nothing'), ignore, staying)).rejects.toThrow('ENOENT');
});
