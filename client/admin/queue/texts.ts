import { wordsOf } from '../../ui/words.ts';
import { unitFor } from '../form/times.ts';
import { unitMs } from '../form/units.ts';

const words = wordsOf('queue');

/** Every word about one queue. */
export const queueTexts = {
  ...words,
  /** How often there are announcements; not a number while that is being typed. */
  announceNow: (everyMs: number): string => {
    if (Number.isNaN(everyMs)) return words.announceOn;
    const unit = unitFor(everyMs, ['second', 'minute']);
    const n = everyMs / unitMs[unit];
    return unit === 'minute' ? words.announceMinutes({ n }) : words.announceSeconds({ n });
  },
} as const;
