/** `node tools/hold-music/make-default-piece.ts` composes and encodes the default hold music anew. */
import { writeFile } from 'node:fs/promises';
import { defaultPiecePath } from '../../server/music/default-piece.ts';
import { encodeLoop } from '../../server/music/encode-loop.ts';
import { writeOggOpus } from '../../server/music/opus-file.ts';
import { compose } from './composition.ts';

/** Mono; transparent for music this soft. */
const bitsPerSecond = 32_000;

/** Opus packets of 20 ms. */
export function makeDefaultPiece(): Uint8Array[] {
  return encodeLoop(compose(), bitsPerSecond);
}

if (import.meta.main) await writeFile(defaultPiecePath, await writeOggOpus(makeDefaultPiece()));
