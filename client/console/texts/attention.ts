import type { MissedCall } from '../../../shared/views.ts';
import { wordsOf } from '../../ui/words.ts';
import type { Help } from '../session/help.ts';

const words = wordsOf('attention');

/** The words of what must not be overlooked, in the page and in the title of the tab. */
export const attentionTexts = {
  ...words,
  missedBecame: (became: MissedCall['became']): string =>
    became.state === 'answered' && became.repName
      ? words.missedBecame.answeredBy({ rep: became.repName })
      : words.missedBecame[became.state],
  closeHelp: (help: Help): string => {
    if (help.do !== 'stay') return words.dismiss;
    return help.status === 'away' ? words.stayAway : words.stayOffline;
  },
} as const;
