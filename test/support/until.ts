import { setTimeout as delay } from 'node:timers/promises';

/** How slow a machine may be: the same for every wait, so that no test bounds the machine instead of the product. */
export const patienceMs = 60_000;

type Truthy<T> = Exclude<T, false | null | undefined | 0 | ''>;

/** Asks again at first after this, and at most after this, ms. */
const soonMs = 5;
const rarelyMs = 100;

/**
 * Waits until `condition` gives something truthy and returns that. A test that waits for a condition is neither slower nor
 * less certain than the machine it runs on, as one that sleeps is.
 * @param everyMs between two questions; without it a quarter of the time waited so far, since to ask takes from the machine
 * what others wait for
 * @param describe what was seen last, for the message when time is up
 * @throws Error after `withinMs`
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  {
    withinMs = patienceMs,
    everyMs,
    describe,
  }: { withinMs?: number; everyMs?: number; describe?: () => unknown } = {},
): Promise<Truthy<T>> {
  const begun = performance.now();
  for (;;) {
    const value = await condition();
    if (value) return value as Truthy<T>;
    const waitedMs = performance.now() - begun;
    if (waitedMs > withinMs) {
      const seen = describe ? `; last seen: ${JSON.stringify(describe())}` : '';
      throw new Error(`not within ${withinMs} ms: ${condition.toString()}${seen}`);
    }
    await delay(everyMs ?? Math.min(rarelyMs, Math.max(soonMs, waitedMs / 4)));
  }
}
