import { tag } from '../../ui/words.ts';

/**
 * `Central European Time`, in the person's language; as it is written where this browser does not know the zone. For the
 * zone that is chosen: for all that can be chosen it would take a third of a second.
 */
export function zoneName(timeZone: string): string {
  const written = timeZone.replaceAll('_', ' ');
  try {
    const parts = new Intl.DateTimeFormat(tag, { timeZone, timeZoneName: 'longGeneric' }).formatToParts();
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? written;
  } catch (error) {
    if (error instanceof RangeError) return written;
    throw error;
  }
}
