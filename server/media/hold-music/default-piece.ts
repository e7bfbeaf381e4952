/** The default hold music: composed and encoded at the first start, then kept as an Ogg file. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { compose } from './composition.ts';
import { encodeLoop } from './encode-loop.ts';
import { readOggOpus, writeOggOpus } from './opus-file.ts';

const bitsPerSecond = 32_000;

/**
 * Opus packets of 20 ms. The file in `cacheDir` is named after a hash of the code that makes it, so that a changed
 * composition is never hidden by an old file. A cache that cannot be read or written is no reason not to start.
 */
export async function loadDefaultPiece({
  cacheDir,
  log,
}: {
  cacheDir?: string | undefined;
  log: Logger;
}): Promise<Uint8Array[]> {
  const path = cacheDir && join(cacheDir, `hold-music-${await recipeHash()}.ogg`);
  if (path) {
    const file = await readFile(path).catch(() => undefined);
    const packets = file && (await readOggOpus(file).catch(() => undefined));
    if (packets?.length) return packets;
  }
  const started = performance.now();
  const packets = encodeLoop(compose(), bitsPerSecond);
  log.info({ ms: Math.round(performance.now() - started), kept: path ?? null }, 'hold music composed');
  if (path) {
    await keep(path, cacheDir, await writeOggOpus(packets)).catch(err => {
      log.warn({ err, path }, 'hold music could not be kept; it is made again at the next start');
    });
  }
  return packets;
}

/** Written aside and renamed, so that a start that is cut off leaves no half file. */
async function keep(path: string, folder: string, file: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true });
  const aside = `${path}.${process.pid}`;
  await writeFile(aside, file);
  await rename(aside, path);
}

async function recipeHash(): Promise<string> {
  const hash = createHash('sha256').update(String(bitsPerSecond));
  for (const part of ['composition.ts', 'instruments.ts', 'reverb.ts', 'encode-loop.ts', 'opus-file.ts']) {
    hash.update(await readFile(join(import.meta.dirname, part)));
  }
  return hash.digest('hex').slice(0, 12);
}
