import type { Reach } from './states.ts';

/** Whether a click would get somebody, without a socket. `unknown` when the server cannot be asked. */
export async function fetchAvailability(server: string, site: string): Promise<Reach> {
  try {
    const url = `${server}/api/sites/${encodeURIComponent(site)}/availability`;
    const response = await fetch(url, { credentials: 'omit', cache: 'no-store' });
    if (!response.ok) return 'unknown';
    const { availability } = (await response.json()) as { availability: Reach };
    return availability;
  } catch {
    return 'unknown';
  }
}
