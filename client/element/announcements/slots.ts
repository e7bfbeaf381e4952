import type { ClipSlot } from '../../../shared/domain.ts';
import type { Waiting } from '../states.ts';

const minute = 60_000;
/** The longest waits that there are words for, minutes. */
const waits = [1, 2, 5, 10, 20] as const;
const places = [2, 3, 4, 5, 6, 7, 8, 9] as const;

/**
 * What is said to somebody who waits, in order: a greeting where the shop recorded one, the place, and the longest
 * that it will probably take, where the shopper is shown an estimate.
 */
export function slotsOf({ place, estimate, announcements }: Waiting): ClipSlot[] {
  const slots: ClipSlot[] = announcements?.clips.greeting ? ['greeting'] : [];
  slots.push(placeSlot(place));
  if (estimate) slots.push(waitSlot(estimate.toMs));
  return slots;
}

function placeSlot(place: number): ClipSlot {
  if (place <= 1) return 'next';
  const known = places.find(one => one === place);
  return known ? `place-${known}` : 'place-more';
}

function waitSlot(toMs: number): ClipSlot {
  const known = waits.find(minutes => toMs <= minutes * minute);
  return known ? `wait-${known}` : 'wait-more';
}
