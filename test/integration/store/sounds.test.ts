/** Sounds, on each engine. */
import type { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../../../server/store/migrate.ts';
import type { Database } from '../../../server/store/schema.ts';
import { ensureDemoSite } from '../../../server/store/sites.ts';
import {
  addSound,
  deleteSound,
  failUnfinished,
  findSound,
  listSounds,
  noteConversion,
  readAudio,
  readySounds,
  renameSound,
} from '../../../server/store/sounds.ts';
import type { Store } from '../../../server/store/store.ts';
import type { SiteId, SoundId } from '../../../shared/ids.ts';
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
    await migrate(db);
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
    await noteConversion(db, harp, { state: 'ready', ms: 51_200, audio });
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

  test('T63 a site keeps a bounded number of sounds, and a deleted one makes room', async () => {
    expect(await add(harp, now, 1)).toBe(true);
    expect(await add(greeting, now, 1)).toBe(false);
    await deleteSound(db, harp);
    // Its conversion may end after that.
    await noteConversion(db, harp, { state: 'ready', ms: 1, audio: Buffer.from('x') });
    expect(await listSounds(db, siteId)).toEqual([]);
    expect(await add(greeting, now, 1)).toBe(true);
  });

  test('T64 what was being converted when a server ended is failed, in words, and the others stay', async () => {
    await add(harp, now);
    await add(greeting, now);
    await noteConversion(db, harp, { state: 'ready', ms: 7, audio: Buffer.from('x') });
    await failUnfinished(db, 'Please upload it again.');
    expect((await findSound(db, greeting))?.state).toEqual({
      is: 'failed',
      problem: 'Please upload it again.',
    });
    expect((await findSound(db, harp))?.state).toEqual({ is: 'ready', ms: 7 });
  });
});
