/** Sends for many legs at once, spread evenly over the 20 ms as real callers are. */
import type { LoadLeg } from './load-leg.ts';

const frameMs = 20;

/** Returns a function that stops. */
export function sendFrom(legs: readonly LoadLeg[]): () => void {
  const slots: LoadLeg[][] = Array.from({ length: frameMs }, () => []);
  legs.forEach((leg, i) => {
    slots[i % frameMs]!.push(leg);
  });
  let next = Math.ceil(performance.now());
  const timer = setInterval(() => {
    const now = performance.now();
    // After a stall the missed milliseconds are left out rather than sent in a burst.
    next = Math.max(next, Math.floor(now) - frameMs);
    for (; next <= now; next++) for (const leg of slots[next % frameMs]!) leg.send();
  }, 1);
  return () => clearInterval(timer);
}
