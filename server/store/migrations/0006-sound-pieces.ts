import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Here as of this migration: it must go on meaning the same when the product's own constant changes. */
const pieceBytes = 64 * 1024;

/**
 * A sound's audio in pieces, so that a part of it is read without the rest (decision 0068). The column that held it whole
 * stays, empty.
 */
export const soundPieces: Migration = {
  async up(db: Kysely<unknown>) {
    const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
    await db.schema.alterTable('sounds').addColumn('bytes', 'bigint').execute();
    await db.schema
      .createTable('sound_pieces')
      .addColumn('sound_id', 'text', c => c.notNull().references('sounds.id').onDelete('cascade'))
      .addColumn('seq', 'integer', c => c.notNull())
      .addColumn('data', isPostgres ? 'bytea' : 'blob', c => c.notNull())
      .addPrimaryKeyConstraint('sound_pieces_key', ['sound_id', 'seq'])
      .execute();
    const { rows } = await sql<{ id: string }>`select id from sounds where audio is not null`.execute(db);
    // One at a time: together they may be larger than the memory.
    for (const { id } of rows) {
      const found = await sql<{ audio: Buffer }>`select audio from sounds where id = ${id}`.execute(db);
      const audio = found.rows[0]!.audio;
      for (let seq = 0; seq * pieceBytes < audio.length; seq++) {
        const data = audio.subarray(seq * pieceBytes, (seq + 1) * pieceBytes);
        await sql`insert into sound_pieces (sound_id, seq, data) values (${id}, ${seq}, ${data})`.execute(db);
      }
      await sql`update sounds set audio = null, bytes = ${audio.length} where id = ${id}`.execute(db);
    }
  },
};
