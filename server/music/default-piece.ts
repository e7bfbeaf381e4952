/** The default hold music, as kept in `default.ogg`; `tools/hold-music/` makes that file. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readOpus } from './opus-file.ts';

/** RMS of the default piece, dBFS: as loud as a voice. Uploaded sounds are brought to the same. */
export const loudnessDb = -20;

export const defaultPiecePath = join(import.meta.dirname, 'default.ogg');

/** Opus packets of 20 ms; the last is followed by the first without a seam. */
export async function loadDefaultPiece(): Promise<Uint8Array[]> {
  return readOpus(await readFile(defaultPiecePath));
}
