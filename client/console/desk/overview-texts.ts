import type { Colleague } from '../../../shared/api/calls.ts';
import { wordsOf } from '../../ui/words.ts';
import { texts } from '../texts.ts';

const words = wordsOf('overview');

/** The words of what the desk shows while nothing rings. */
export const overviewTexts = {
  ...words,
  /** What a colleague is doing. */
  doing: ({ status, statusNote, work }: Colleague): string => {
    switch (work) {
      case 'idle':
        return texts.statusWords(status, status === 'away' ? statusNote : '');
      case 'ringing':
        return words.ringing;
      case 'talking':
        return words.onCall;
      case 'wrap-up':
        return words.wrapUp;
    }
    return work satisfies never;
  },
} as const;
