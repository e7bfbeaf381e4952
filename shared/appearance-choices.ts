/** What a button may look like; apart from `appearance.ts`, so that a browser imports it without the validators. */
import type { Appearance } from './appearance.ts';

/** `inline`: where the tag stands; else in that bottom corner of the window, in the direction of writing. */
export const places = ['end', 'start', 'inline'] as const;
export const shapes = ['pill', 'rounded', 'square', 'round'] as const;
/** `auto`: as the page around it. */
export const themes = ['auto', 'light', 'dark'] as const;

export const plainAppearance: Appearance = {
  ...{ accent: null, logo: null, photos: true, place: 'end', side: 20, bottom: 20 },
  ...{ shape: 'pill', theme: 'auto' },
};
