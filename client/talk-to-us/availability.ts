import type { Reachability } from '../../shared/views.ts';
import type { Reach } from './states.ts';

/** What a button can promise, and when a closed shop opens, ms UTC. */
export type Promised = { reach: Reach; opensAt: number | null; takesNumber: boolean; message: string };

const unknown: Promised = { reach: 'unknown', opensAt: null, takesNumber: false, message: '' };

/** Whether a click would get somebody of that queue, without a socket. `unknown` when the server cannot be asked. */
export async function fetchAvailability(server: string, site: string, queue: string): Promise<Promised> {
  try {
    const asked = queue && `?queue=${encodeURIComponent(queue)}`;
    const url = `${server}/api/sites/${encodeURIComponent(site)}/availability${asked}`;
    const response = await fetch(url, { credentials: 'omit', cache: 'no-store' });
    if (!response.ok) return response.status === 503 ? { ...unknown, reach: 'store-down' } : unknown;
    const { availability, opensAt, takesNumber, message } = (await response.json()) as Reachability;
    return { reach: availability, opensAt, takesNumber, message };
  } catch {
    return unknown;
  }
}
