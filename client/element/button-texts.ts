import type { Reachability } from '../../shared/views.ts';
import type { Reach } from './states.ts';

type Line = NonNullable<Reachability['line']>;

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
  /** While everybody is busy: who waits already, and how long one more would at most. */
  line: ({ waiting, estimate }: Line): string => {
    const who = waiting ? `${waiting} waiting` : en.reach.busy;
    return estimate ? `${who}, up to ${Math.ceil(estimate.toMs / 60_000) || 1} min` : who;
  },
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
