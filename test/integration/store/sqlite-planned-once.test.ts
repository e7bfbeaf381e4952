/** A statement is planned when it is first asked, not each time with other values. */
import { afterEach, expect, test } from 'vitest';
import { BigShop } from '../../support/big-shop.ts';
import { freshPlace, openPlace } from '../../support/engines.ts';

const original = globalThis.Function;
afterEach(() => {
  globalThis.Function = original;
});

/** The driver makes a function for the rows of a statement, and makes it anew whenever SQLite has planned the statement anew. */
function countPlans(): () => number {
  let plans = 0;
  globalThis.Function = new Proxy(original, {
    apply(target, self, given) {
      plans++;
      return Reflect.apply(target, self, given);
    },
  });
  return () => plans;
}

test('T131 with other values a statement is not planned anew by SQLite: a second decision plans nothing', async () => {
  const place = await freshPlace('SQLite');
  const plans = countPlans();
  const store = await openPlace(place);
  try {
    const shop = await BigShop.open(store, { reps: 5, waiting: 20 });
    const decide = async () => {
      const before = plans();
      await shop.showThoseConcerned(await shop.decide());
      await shop.refill();
      return plans() - before;
    };
    expect(await decide(), 'the first one plans each of its statements').toBeGreaterThan(15);
    expect(await decide()).toBe(0);
  } finally {
    await store.close();
    await place.remove();
  }
});
