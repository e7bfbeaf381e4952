/** How a button looks for which nothing was set; apart from `appearance.ts`, so that a browser imports it without the validators. */
import type { Appearance } from './appearance.ts';

export const plainAppearance: Appearance = {
  ...{ accent: null, logo: null, photos: true, place: 'end', side: 20, bottom: 20 },
  ...{ shape: 'pill', theme: 'auto' },
};
