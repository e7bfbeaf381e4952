/** Reads parts of sounds: what is asked for and not more, and what many ask for only once. */
import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { SoundId } from '../../shared/ids.ts';
import type { Database } from '../store/schema.ts';
import { readSoundPiece, soundPieceBytes } from '../store/sounds.ts';

export type SoundReader = {
  /**
   * From one byte to another, both included, in pieces: each is read when it is asked for, so that a slow taker holds one.
   * Ends with an error when the sound is deleted on the way.
   */
  read(id: SoundId, from: number, to: number): AsyncGenerator<Buffer>;
};

type Piece = { id: SoundId; seq: number };

/** @param cacheBytes what is kept in memory at most */
export function createSoundReader(db: Kysely<Database>, cacheBytes: number): SoundReader {
  const pieces = new LRUCache<string, Buffer, Piece>({
    maxSize: cacheBytes,
    sizeCalculation: piece => piece.length,
    // Many who ask for the same piece wait for the same reading.
    fetchMethod: async (_key, _stale, { context: { id, seq } }) =>
      (await readSoundPiece(db, id, seq)) ?? undefined,
  });
  return {
    async *read(id, from, to) {
      for (let at = from; at <= to; ) {
        const seq = Math.floor(at / soundPieceBytes);
        const piece = await pieces.fetch(`${seq} ${id}`, { context: { id, seq } });
        const start = at - seq * soundPieceBytes;
        const part = piece?.subarray(start, start + to - at + 1);
        if (!part?.length) throw new Error('the sound is gone');
        yield part;
        at += part.length;
      }
    },
  };
}
