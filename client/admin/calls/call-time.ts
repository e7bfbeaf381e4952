import { tag } from '../../ui/words.ts';

const day = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' });
const clock = new Intl.DateTimeFormat(tag, { timeStyle: 'medium' });

/** Date and time of day, in this browser's zone. */
export const dateTime = (at: number): string => day.format(at);
/** From one moment to another; what they share, such as the day, is told once. */
export const timeSpan = (from: number, to: number): string => day.formatRange(from, to);
/** Time of day, to the second. */
export const timeOfDay = (at: number): string => clock.format(at);
