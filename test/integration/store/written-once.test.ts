/** Statements that are written once and run with other values. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Store } from '../../../server/store/store.ts';
import { writtenOnce } from '../../../server/store/written-once.ts';
import type { RepId } from '../../../shared/ids.ts';
import { BigShop } from '../../support/big-shop.ts';
import { engines, freshPlace, openPlace } from '../../support/engines.ts';

describe.each(engines)('written once on %s', engine => {
  const withShop = async (work: (store: Store) => Promise<void>) => {
    const place = await freshPlace(engine);
    const store = await openPlace(place);
    try {
      await BigShop.open(store, { reps: 3, waiting: 0 });
      await work(store);
    } finally {
      await store.close();
      await place.remove();
    }
  };

  test('T138 a statement is written once for each length of its lists, and finds by the values of each time', () =>
    withShop(async ({ db }) => {
      let times = 0;
      const named = writtenOnce((db, { ids, name }: { ids: readonly RepId[]; name: string | undefined }) => {
        times++;
        return db
          .selectFrom('reps')
          .select('id')
          .where('id', 'in', ids)
          .$if(name !== undefined, query => query.where('name', '=', name as string))
          .orderBy('id');
      });
      const [first, second, third] = await db
        .selectFrom('reps')
        .select(['id', 'name'])
        .orderBy('id')
        .execute();
      if (!first || !second || !third) throw new Error('There are no three reps');
      const idsOf = async (ids: RepId[], name?: string) =>
        (await named(db, { ids, name })).map(({ id }) => id);
      expect(await idsOf([first.id])).toEqual([first.id]);
      expect(await idsOf([second.id])).toEqual([second.id]);
      expect(times).toBe(1);
      expect(await idsOf([first.id, third.id])).toEqual([first.id, third.id]);
      expect(await idsOf([third.id, second.id])).toEqual([second.id, third.id]);
      expect(times).toBe(2);
      expect(await idsOf([first.id], second.name)).toEqual([]);
      expect(await idsOf([first.id], first.name)).toEqual([first.id]);
      expect(times).toBe(3);
      // The same one in a transaction.
      const inside = db.transaction().execute(tx => named(tx, { ids: [second.id], name: undefined }));
      expect(await inside).toEqual([{ id: second.id }]);
      expect(times).toBe(3);
    }));

  test('T138 a statement that would keep what it computed with its first values is refused', () =>
    withShop(async ({ db }) => {
      const computes = writtenOnce((db, { days }: { days: number }) =>
        db
          .selectFrom('reps')
          .select(sql<number>`1`.as('one'))
          .where('idle_since', '>', days * 86_400_000),
      );
      await expect(computes(db, { days: 1 })).rejects.toThrow(
        'The value days of a statement that is written once',
      );
    }));
});
