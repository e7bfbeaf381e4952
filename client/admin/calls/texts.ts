import type { EndReason } from '../../../shared/domain.ts';
import { wordsOf } from '../../ui/words.ts';

const words = wordsOf('calls');

/** The words of the list of calls and of one call, but for its story (`story.ts`). */
export const callsTexts = {
  ...words,
  beforeWords: (before: string, rep: string | null): string =>
    rep === null ? words.beforeUnanswered({ before }) : words.beforeSpoke({ before, rep }),
  /** How a call ended; `talked`: it was answered, and then back in line. */
  ended: (reason: EndReason, talked: boolean): string =>
    (talked ? words.answeredThen : words.endedUnanswered)[reason],
  /** When most of them came: `n` of `all` on that weekday in that hour, `from` and `to` such as `1 PM`. */
  unmetWorst: (n: number, all: number, day: string, from: string, to: string): string => {
    const { only, none, most, often, all: allOfThem } = words.unmetWorst;
    const when = { day, from, to };
    if (all === 1) return only(when);
    if (n === 1) return none;
    if (n === all) return allOfThem(when);
    return (n * 2 > all ? most : often)({ ...when, n, all });
  },
  found: (n: number, more: boolean): string => (more ? words.foundMore({ n }) : words.found({ n })),
} as const;
