/** Sounds, on each engine. */
import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../../../server/store/migrate.ts';
import { firstCall } from '../../../server/store/migrations/0001-first-call.ts';
import { queueing } from '../../../server/store/migrations/0002-queueing.ts';
import { sounds } from '../../../server/store/migrations/0003-sounds.ts';
import type { Database } from '../../../server/store/schema.ts';
import { ensureDemoSite } from '../../../server/store/sites.ts';
import {
  addSound,
  deleteSound,
  failUnfinished,
  findSound,
  keepAudio,
  listSounds,
  noteConversion,
  readAudio,
  readSoundPiece,
  readySounds,
  renameSound,
  soundBytes,
  soundPieceBytes,
} from '../../../server/store/sounds.ts';
import type { Store } from '../../../server/store/store.ts';
import type { SiteId, SoundId } from '../../../shared/ids.ts';
import { countedReads } from '../../support/counted-reads.ts';
import { engines, freshPlace, openPlace, type Place } from '../../support/engines.ts';

const now = 1_800_000_000_000;
const siteId = 'site' as SiteId;
const harp = 'harp' as SoundId;
const greeting = 'greeting' as SoundId;

let place: Place;
let store: Store;
let db: Kysely<Database>;

const add = (id: SoundId, uploadedAt: number, most = 10) =>
  addSound(db, { id, site_id: siteId, name: id, uploaded_at: uploadedAt }, most);

describe.each(engines)('sounds on %s', engine => {
  beforeEach(async () => {
    place = await freshPlace(engine);
    store = await openPlace(place);
    ({ db } = store);
    await ensureDemoSite(db, now, () => siteId);
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  test('T62 a sound is kept with every byte of its audio, and listed without it', async () => {
    const audio = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 31) % 256));
    await add(greeting, now + 1);
    await add(harp, now);
    await noteConversion(db, harp, { progress: 0.3 });
    expect((await findSound(db, harp))?.state).toEqual({ is: 'converting', progress: 0.3 });
    expect(await readAudio(db, harp)).toBeNull();
    await keepAudio(db, harp, 51_200, audio);
    await renameSound(db, harp, 'Où? 🛒');

    expect(await listSounds(db, siteId)).toEqual([
      {
        id: harp,
        siteId,
        name: 'Où? 🛒',
        state: { is: 'ready', ms: 51_200 },
        uploadedAt: now,
        url: '/sounds/harp',
      },
      expect.objectContaining({ id: greeting, state: { is: 'converting', progress: 0 } }),
    ]);
    expect((await readAudio(db, harp))?.equals(audio)).toBe(true);
    expect(await readySounds(db, siteId)).toEqual(new Set([harp]));
    expect(await listSounds(db, 'other' as SiteId)).toEqual([]);
  });

  test('T110 its size is known without reading it, and each part is read alone; all go with the sound', async () => {
    const audio = Buffer.from(Array.from({ length: 2 * soundPieceBytes + 5 }, (_, i) => (i * 31) % 256));
    await add(harp, now);
    expect(await soundBytes(db, harp)).toBeNull();
    const counted = countedReads(db);
    await keepAudio(counted.db, harp, 1_000, audio);
    expect(await soundBytes(counted.db, harp)).toBe(audio.length);
    expect(counted.reads.bytes).toBe(0);
    expect(await readSoundPiece(counted.db, harp, 2)).toEqual(audio.subarray(-5));
    expect(counted.reads.bytes).toBe(5);
    expect(await readSoundPiece(db, harp, 3)).toBeNull();
    await deleteSound(db, harp);
    expect(await db.selectFrom('sound_pieces').select('seq').execute()).toEqual([]);
  });

  test('T111 sounds that an earlier version kept whole are kept in pieces, every byte of them', async () => {
    const old = await freshPlace(engine, { tables: false });
    const opened = await openPlace(old);
    const migrator = new Migrator({
      db: opened.db,
      provider: {
        getMigrations: async () => ({
          '0001-first-call': firstCall,
          '0002-queueing': queueing,
          '0003-sounds': sounds,
        }),
      },
    });
    expect((await migrator.migrateToLatest()).error).toBeUndefined();
    const audio = Buffer.from(Array.from({ length: 150_000 }, (_, i) => (i * 17) % 256));
    await sql`insert into sites (id, key, name, allowed_origins, settings, routing_group, created_at)
      values ('site', 'demo', 'Shop', '[]', '{}', 'site', 1)`.execute(opened.db);
    for (const [id, state, kept] of [
      ['harp', 'ready', audio],
      ['greeting', 'failed', null],
    ])
      await sql`insert into sounds (id, site_id, name, state, progress, problem, ms, uploaded_at, audio)
        values (${id}, 'site', ${id}, ${state}, 1, '', 1000, 1, ${kept})`.execute(opened.db);
    await migrate(opened.db);
    expect(await soundBytes(opened.db, harp)).toBe(audio.length);
    expect((await readAudio(opened.db, harp))?.equals(audio)).toBe(true);
    expect(await soundBytes(opened.db, greeting)).toBeNull();
    await opened.close();
    await old.remove();
  });

  test('T63 a site keeps a bounded number of sounds, and a deleted one makes room', async () => {
    expect(await add(harp, now, 1)).toBe(true);
    expect(await add(greeting, now, 1)).toBe(false);
    await deleteSound(db, harp);
    // Its conversion may end after that.
    await keepAudio(db, harp, 1, Buffer.from('x'));
    expect(await listSounds(db, siteId)).toEqual([]);
    expect(await add(greeting, now, 1)).toBe(true);
  });

  test('T64 what was being converted when a server ended is failed, in words, and the others stay', async () => {
    await add(harp, now);
    await add(greeting, now);
    await keepAudio(db, harp, 7, Buffer.from('x'));
    await failUnfinished(db, { reason: 'sound-interrupted' });
    expect((await findSound(db, greeting))?.state).toEqual({
      is: 'failed',
      problem: { reason: 'sound-interrupted' },
    });
    expect((await findSound(db, harp))?.state).toEqual({ is: 'ready', ms: 7 });
  });
});
