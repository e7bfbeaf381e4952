import type { Reachability } from '../../shared/views.ts';
import { diagnosis, explain } from './explain.ts';
import type { Reach } from './states.ts';

/** What a button can promise, and when a closed shop opens, ms UTC. */
export type Promised = { reach: Reach; opensAt: number | null; takesNumber: boolean; message: string };

const unknown: Promised = { reach: 'unknown', opensAt: null, takesNumber: false, message: '' };

/** Whether a click would get somebody of that queue, without a socket. `unknown` when the server cannot be asked. */
export async function fetchAvailability(server: string, site: string, queue: string): Promise<Promised> {
  const asked = queue && `?queue=${encodeURIComponent(queue)}`;
  const url = `${server}/api/sites/${encodeURIComponent(site)}/availability${asked}`;
  try {
    const response = await fetch(url, { credentials: 'omit', cache: 'no-store' });
    if (!response.ok) {
      if (response.status === 404) explain('unknown-site', server, site, queue);
      return response.status === 503 ? { ...unknown, reach: 'store-down' } : unknown;
    }
    const { availability, opensAt, takesNumber, message } = (await response.json()) as Reachability;
    if (availability === 'unknown-queue') explain('not-set-up', server, site, queue);
    return { reach: availability, opensAt, takesNumber, message };
  } catch {
    diagnosis(({ explainSilence }) => explainSilence(url));
    return unknown;
  }
}
