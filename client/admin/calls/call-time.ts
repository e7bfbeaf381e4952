const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** Date and time of day, in this browser's zone. */
export const dateTime = (at: number): string => day.format(at);
/** Time of day, to the second. */
export const timeOfDay = (at: number): string => clock.format(at);
