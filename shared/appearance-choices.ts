/** What a button may look like; apart from `appearance.ts`, so that a browser imports it without the validators. */

/** `inline`: where the tag stands; else in that bottom corner of the window, in the direction of writing. */
export const places = ['end', 'start', 'inline'] as const;
export const shapes = ['pill', 'rounded', 'square', 'round'] as const;
/** `auto`: as the page around it. */
export const themes = ['auto', 'light', 'dark'] as const;
