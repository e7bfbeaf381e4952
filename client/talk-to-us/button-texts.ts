import type { Reach } from './states.ts';

/** The words that every visitor loads; the rest is in `texts.ts`. English; other languages beside it. */
const en = {
  label: 'Talk to us',
  reach: {
    unknown: 'Call from your browser',
    open: 'We can answer now',
    busy: 'Everybody is talking',
    closed: 'Closed right now',
    'no-rep': 'Nobody is free right now',
    'queue-full': 'All lines are busy',
    'unknown-queue': 'Not set up yet',
    'store-down': 'Back in a moment',
  } satisfies Record<Reach, string>,
  /** `when`: such as “Mon 09:00”, in the visitor's own time. */
  opens: (when: string) => `Opens ${when}`,
  loading: 'One moment…',
  stuck: 'Could not load. Try again',
};

export type ButtonTexts = typeof en;

/** The visitor's own weekday and time. */
export const weekdayAndTime = (at: number, language: string): string =>
  new Intl.DateTimeFormat(language, { weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(at);

const catalogues: Record<string, ButtonTexts> = { en };

/** For a language tag such as `de-AT`; English where there is none. */
export function buttonTextsFor(language: string): ButtonTexts {
  return catalogues[language.slice(0, 2).toLowerCase()] ?? en;
}
