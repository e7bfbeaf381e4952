import type { WayOut } from './diagnosis.ts';
import type { Problem } from './states.ts';

/** Fetches what finds out what has to be changed on this page, for whoever put the element there. */
export function diagnosis(use: (one: typeof import('./diagnosis.ts')) => void): void {
  // Where not even this can be fetched, the browser has said so.
  import('./diagnosis.ts').then(use).catch(() => {});
}

/**
 * Something of the page or the browser stands in the way of calls: told in the browser's console.
 * @param onWayOut what the shopper can do about it, where there is something; called again when that changes
 */
export function explain(
  problem: Problem,
  server: string,
  site: string,
  queue: string,
  onWayOut?: (wayOut: WayOut) => void,
): void {
  if (/denied|forbidden|insecure|allowed|site|set-up/.test(problem))
    diagnosis(one => one.explain(problem, { server, site, queue }, onWayOut));
}
