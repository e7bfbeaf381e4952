import type { Reachability } from '../../shared/views.ts';
import type { Chosen } from './appearance.ts';
import { diagnosis, explain } from './load-diagnosis.ts';
import type { Reach } from './states.ts';

/** What a button can promise, when a closed shop opens, ms UTC, and what a click would wait for while everybody is busy. */
export type Promised = Pick<Reachability, 'opensAt' | 'takesNumber' | 'message'> &
  Partial<Pick<Reachability, 'line' | 'language' | 'words'>> & { reach: Reach; appearance?: Chosen };

/** What is said until the server has answered. */
export const unknown: Promised = {
  ...{ reach: 'unknown', opensAt: null, takesNumber: false, message: '', line: null },
};

/**
 * Whether a click would get somebody of that queue, without a socket. `unknown` when the server cannot be asked.
 *
 * @param languages the best first, such as `de,en`
 */
export async function fetchAvailability(
  server: string,
  site: string,
  queue: string,
  languages: string,
): Promise<Promised> {
  const asked = queue && `&queue=${encodeURIComponent(queue)}`;
  const url = `${server}/api/sites/${encodeURIComponent(site)}/availability?lang=${languages}${asked}`;
  try {
    const response = await fetch(url, { credentials: 'omit', cache: 'no-store' });
    if (!response.ok) {
      if (response.status === 404) explain('unknown-site', server, site, queue);
      return response.status === 503 ? { ...unknown, reach: 'store-down' } : unknown;
    }
    const answer = (await response.json()) as Reachability & { appearance: Chosen };
    if (answer.availability === 'unknown-queue') explain('not-set-up', server, site, queue);
    return { ...answer, reach: answer.availability };
  } catch {
    diagnosis(({ explainSilence }) => explainSilence(url));
    return unknown;
  }
}
