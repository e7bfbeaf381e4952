/** A shop's own sounds: what is known of each, and the audio itself. */
import type { Kysely } from 'kysely';
import type { Sound } from '../../shared/api/sounds.ts';
import type { SiteId, SoundId } from '../../shared/ids.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { soundPath } from '../../shared/wire.ts';
import { holdSite } from './holds.ts';
import type { Database, SoundRow } from './schema.ts';
import { inTransaction } from './transaction.ts';

/** What one row of audio holds, and so what is read for one byte of it. A loop of 30 s is three of them. */
export const soundPieceBytes = 64 * 1024;

const fields = ['id', 'site_id', 'name', 'state', 'progress', 'problem', 'ms', 'uploaded_at'] as const;

/** Those of one site, the oldest first. */
export async function listSounds(db: Kysely<Database>, siteId: SiteId): Promise<Sound[]> {
  const rows = await db
    .selectFrom('sounds')
    .select(fields)
    .where('site_id', '=', siteId)
    .orderBy('uploaded_at')
    .orderBy('id')
    .execute();
  return rows.map(asSound);
}

export async function findSound(db: Kysely<Database>, id: SoundId): Promise<Sound | null> {
  const row = await db.selectFrom('sounds').select(fields).where('id', '=', id).executeTakeFirst();
  return row ? asSound(row) : null;
}

/** Those of the site that can be played. */
export async function readySounds(db: Kysely<Database>, siteId: SiteId): Promise<Set<SoundId>> {
  const rows = await db
    .selectFrom('sounds')
    .select('id')
    .where('site_id', '=', siteId)
    .where('state', '=', 'ready')
    .execute();
  return new Set(rows.map(row => row.id));
}

/** Size of the file as browsers play it; null for a sound that is not there or not ready. Reads nothing of the file. */
export async function soundBytes(db: Kysely<Database>, id: SoundId): Promise<number | null> {
  const row = await db.selectFrom('sounds').select('bytes').where('id', '=', id).executeTakeFirst();
  return row?.bytes ?? null;
}

/** Bytes from `seq * soundPieceBytes` on; null when the sound has no such piece, any more perhaps. */
export async function readSoundPiece(db: Kysely<Database>, id: SoundId, seq: number): Promise<Buffer | null> {
  const row = await db
    .selectFrom('sound_pieces')
    .select('data')
    .where('sound_id', '=', id)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row?.data ?? null;
}

/** The whole file; null for a sound that is not there or not ready. */
export async function readAudio(db: Kysely<Database>, id: SoundId): Promise<Buffer | null> {
  const rows = await db
    .selectFrom('sound_pieces')
    .select('data')
    .where('sound_id', '=', id)
    .orderBy('seq')
    .execute();
  return rows.length === 0 ? null : Buffer.concat(rows.map(({ data }) => data));
}

/** The sound is ready. Nothing happens when it was deleted meanwhile. */
export async function keepAudio(db: Kysely<Database>, id: SoundId, ms: number, audio: Buffer): Promise<void> {
  await inTransaction(db, async trx => {
    const kept = await trx
      .updateTable('sounds')
      .set({ state: 'ready', progress: 1, ms, bytes: audio.length })
      .where('id', '=', id)
      .executeTakeFirst();
    if (kept.numUpdatedRows === 0n) return;
    for (let seq = 0; seq * soundPieceBytes < audio.length; seq++) {
      const data = audio.subarray(seq * soundPieceBytes, (seq + 1) * soundPieceBytes);
      await trx.insertInto('sound_pieces').values({ sound_id: id, seq, data }).execute();
    }
  });
}

/**
 * Note that a sound is being made. False, with nothing noted, when the site has `most` already.
 *
 * @param along what is to be written in the same transaction
 */
export function addSound(
  db: Kysely<Database>,
  sound: Pick<SoundRow, 'id' | 'site_id' | 'name' | 'uploaded_at'>,
  most: number,
  along: (trx: Kysely<Database>) => Promise<void> = async () => undefined,
): Promise<boolean> {
  return inTransaction(db, async trx => {
    await holdSite(trx, sound.site_id);
    if ((await countSounds(trx, sound.site_id)) >= most) return false;
    await trx
      .insertInto('sounds')
      .values({ ...sound, state: 'converting', progress: 0, problem: '', ms: null, bytes: null })
      .execute();
    await along(trx);
    return true;
  });
}

export async function countSounds(db: Kysely<Database>, siteId: SiteId): Promise<number> {
  const { count } = await db
    .selectFrom('sounds')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('site_id', '=', siteId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** How a conversion goes on. Nothing happens when the sound was deleted meanwhile. */
export async function noteConversion(
  db: Kysely<Database>,
  id: SoundId,
  change: Partial<Pick<SoundRow, 'state' | 'progress' | 'problem'>>,
): Promise<void> {
  await db.updateTable('sounds').set(change).where('id', '=', id).execute();
}

/** At the start of a server: what was being converted when the last one ended never will be. */
export async function failUnfinished(db: Kysely<Database>, problem: Refusal): Promise<void> {
  await db
    .updateTable('sounds')
    .set({ state: 'failed', problem: JSON.stringify(problem) })
    .where('state', '=', 'converting')
    .execute();
}

export async function renameSound(db: Kysely<Database>, id: SoundId, name: string): Promise<void> {
  await db.updateTable('sounds').set({ name }).where('id', '=', id).execute();
}

/** False when it was deleted before. */
export async function deleteSound(db: Kysely<Database>, id: SoundId): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('sounds').where('id', '=', id).executeTakeFirst();
  return numDeletedRows === 1n;
}

function asSound(row: Pick<SoundRow, (typeof fields)[number]>): Sound {
  const { id, site_id: siteId, name, uploaded_at: uploadedAt } = row;
  return { id, siteId, name, state: stateOf(row), uploadedAt, url: soundPath(id) };
}

function stateOf({ state, progress, ms, problem }: Pick<SoundRow, (typeof fields)[number]>): Sound['state'] {
  switch (state) {
    case 'converting':
      return { is: 'converting', progress };
    case 'ready':
      return { is: 'ready', ms: ms ?? 0 };
    case 'failed':
      return { is: 'failed', problem: JSON.parse(problem) };
    default:
      return state satisfies never;
  }
}
