/** The first run: how an owner sets up an account, step by step. Kept with the account, so that another device goes on there. */

export const firstRunSteps = [
  'shop',
  'hours',
  'language',
  'people',
  'address',
  'code',
  'test-call',
  'live',
] as const;
export type FirstRunStep = (typeof firstRunSteps)[number];

/** `open`: whoever signs in as an admin is led through it. After the others nobody is. */
export const firstRunStates = ['open', 'finished', 'dismissed'] as const;

/** The page of this server that shows an owner's own button, for a test call; the site's key is its query. */
export const testPagePath = '/try';
export const testPage = (origin: string, siteKey: string): string =>
  `${origin}${testPagePath}?site=${encodeURIComponent(siteKey)}`;
