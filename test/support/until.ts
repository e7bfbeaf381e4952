import { setTimeout as delay } from 'node:timers/promises';

/** How slow a machine may be: the same for every wait, so that no test bounds the machine instead of the product. */
export const patienceMs = 60_000;

type Truthy<T> = Exclude<T, false | null | undefined | 0 | ''>;

/**
 * Waits until `condition` gives something truthy and returns that. Asks again every few milliseconds; a test that
 * waits for a condition is neither slower nor less certain than the machine it runs on, as one that sleeps is.
 * @param describe what was seen last, for the message when time is up
 * @throws Error after `withinMs`
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  {
    withinMs = patienceMs,
    everyMs = 5,
    describe,
  }: { withinMs?: number; everyMs?: number; describe?: () => unknown } = {},
): Promise<Truthy<T>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const value = await condition();
    if (value) return value as Truthy<T>;
    if (performance.now() > deadline) {
      const seen = describe ? `; last seen: ${JSON.stringify(describe())}` : '';
      throw new Error(`not within ${withinMs} ms: ${condition.toString()}${seen}`);
    }
    await delay(everyMs);
  }
}
