/** A shop's own sounds, from the upload to what browsers and callers hear. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { SiteId, SoundId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import { readOpus } from '../music/opus-file.ts';
import type { Database } from '../store/schema.ts';
import {
  addSound,
  countSounds,
  failUnfinished,
  keepAudio,
  noteConversion,
  readAudio,
} from '../store/sounds.ts';
import { convertApart } from './convert-apart.ts';
import { SoundError } from './problems.ts';

export type Sounds = {
  /**
   * Take an uploaded file and convert it, after those that came before. Resolves as soon as the file has arrived.
   * @param along what is to be written in the transaction that keeps it
   * @throws SoundError `too-many`, `empty`, `too-large`; whatever else is wrong is noted with the sound
   */
  add(
    sound: { siteId: SiteId; name: string },
    file: AsyncIterable<Uint8Array>,
    along?: (trx: Kysely<Database>) => Promise<void>,
  ): Promise<SoundId>;
  /** The sound was deleted: its conversion is of no use any more. Idempotent. */
  giveUp(id: SoundId): void;
  /** Its Opus packets of 20 ms, which loop without a seam; null when it is not there or not ready. */
  packets(id: string): Promise<Uint8Array[] | null>;
  /** Gives up what is being converted. Idempotent. */
  close(): Promise<void>;
};

type SoundsOptions = {
  db: Kysely<Database>;
  /** For files on their way; emptied now. */
  folder: string;
  now: () => number;
  log: Logger;
};

/** What an earlier server did not finish is marked as failed. */
export async function createSounds({ db, folder, now, log }: SoundsOptions): Promise<Sounds> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await failUnfinished(db, new SoundError('interrupted').refusal);

  const closing = new AbortController();
  const conversions = new Map<SoundId, AbortController>();
  /** One at a time: two would only take the processor from each other, and from calls. */
  let last: Promise<void> = Promise.resolve();
  const fileOf = (id: SoundId) => path.join(folder, id);

  async function run(id: SoundId, signal: AbortSignal): Promise<void> {
    const started = performance.now();
    const writes: Promise<void>[] = [];
    try {
      const onProgress = (progress: number) => void writes.push(noteConversion(db, id, { progress }));
      const { audio, ms } = await convertApart(fileOf(id), onProgress, signal);
      await Promise.all(writes);
      await keepAudio(db, id, ms, Buffer.from(audio));
      log.info({ sound: id, ms, tookMs: Math.round(performance.now() - started) }, 'sound converted');
    } catch (error) {
      await Promise.allSettled(writes);
      // Deleted meanwhile, or the server ends: the next one says so.
      if (signal.aborted) return;
      const known = error instanceof SoundError ? error : new SoundError('failed');
      log[known.problem === 'failed' ? 'error' : 'info']({ sound: id, err: error }, 'sound not converted');
      await noteConversion(db, id, { state: 'failed', problem: JSON.stringify(known.refusal) });
    } finally {
      conversions.delete(id);
      await rm(fileOf(id), { force: true });
    }
  }

  return {
    async add({ siteId, name }, file, along) {
      // Said before megabytes are on their way; counted again when they are here.
      if ((await countSounds(db, siteId)) >= limits.soundsPerSite) throw new SoundError('too-many');
      const id = randomUUID() as string as SoundId;
      try {
        await keep(file, fileOf(id));
        const sound = { id, site_id: siteId, name, uploaded_at: now() };
        if (!(await addSound(db, sound, limits.soundsPerSite, along))) throw new SoundError('too-many');
      } catch (error) {
        await rm(fileOf(id), { force: true });
        throw error;
      }
      const giveUp = new AbortController();
      conversions.set(id, giveUp);
      const signal = AbortSignal.any([giveUp.signal, closing.signal]);
      last = last
        .then(() => run(id, signal))
        .catch(err => log.error({ sound: id, err }, 'the outcome of a conversion was not noted'));
      return id;
    },
    giveUp(id) {
      conversions.get(id)?.abort();
    },
    async packets(id) {
      const audio = await readAudio(db, id as SoundId);
      return audio && readOpus(audio);
    },
    async close() {
      closing.abort();
      await last;
    },
  };
}

/** Writes what arrives, up to the bound. Throws `SoundError` `empty` or `too-large`. */
async function keep(chunks: AsyncIterable<Uint8Array>, place: string): Promise<void> {
  const file = await open(place, 'wx', 0o600);
  try {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > limits.maxSoundUploadBytes) throw new SoundError('too-large');
      await file.writeFile(chunk);
    }
    if (bytes === 0) throw new SoundError('empty');
  } finally {
    await file.close();
  }
}
