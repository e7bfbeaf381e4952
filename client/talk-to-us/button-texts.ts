import type { Reach } from './states.ts';

/** The words that every visitor loads; the rest is in `texts.ts`. English; other languages beside it. */
const en = {
  label: 'Talk to us',
  reach: {
    unknown: 'Call from your browser',
    open: 'We can answer now',
    'no-rep': 'Nobody is free right now',
    'queue-full': 'All lines are busy',
  } satisfies Record<Reach, string>,
  loading: 'One moment…',
  stuck: 'Could not load. Try again',
};

export type ButtonTexts = typeof en;

const catalogues: Record<string, ButtonTexts> = { en };

/** For a language tag such as `de-AT`; English where there is none. */
export function buttonTextsFor(language: string): ButtonTexts {
  return catalogues[language.slice(0, 2).toLowerCase()] ?? en;
}
