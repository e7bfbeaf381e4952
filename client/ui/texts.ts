import type { RepStatus } from '../../shared/domain.ts';
import { wordsOf } from './words.ts';

const words = wordsOf('common');

/** A span in the largest whole unit that fits; less than a minute is none. */
function inUnits(ms: number) {
  const minutes = Math.floor(ms / 60_000);
  const hours = Math.floor(minutes / 60);
  return { minutes, hours, days: Math.floor(hours / 24) };
}

/** A reason that comes with the product, in the reader's language; one that the team wrote, as it is. */
export function reasonText(reason: string): string {
  const code = reason.startsWith('default:') ? reason.slice('default:'.length) : '';
  return Object.hasOwn(words.reason, code) ? words.reason[code as keyof typeof words.reason] : reason;
}

/** The words that the phone and the settings share. */
export const commonTexts = {
  ...words,
  /** With the reason that was chosen, if any. */
  statusWords: (status: RepStatus, reason: string): string =>
    reason === ''
      ? words.statusWord[status]
      : words.statusBecause({ status: words.statusWord[status], reason: reasonText(reason) }),
  /** A span as a person would say it; less than a minute is "just now". */
  ago: (ms: number): string => {
    const { minutes, hours, days } = inUnits(ms);
    if (days > 0) return words.agoDays({ days });
    if (hours > 0) return words.agoHours({ hours });
    return minutes > 0 ? words.agoMinutes({ minutes }) : words.justNow;
  },
  /** The same, looked back at from another moment than now. */
  earlier: (ms: number): string => {
    const { minutes, hours, days } = inUnits(ms);
    if (days > 0) return words.earlierDays({ days });
    if (hours > 0) return words.earlierHours({ hours });
    return minutes > 0 ? words.earlierMinutes({ minutes }) : words.justBefore;
  },
  calledBefore: (ago: string, rep: string | null): string =>
    rep === null ? words.calledUnanswered({ ago }) : words.calledSpoke({ ago, rep }),
  cartMark: (items: number, total: string | null): string => {
    if (total === null) return words.cartItems({ items });
    return items > 0 ? words.cartItemsTotal({ items, total }) : words.cartTotal({ total });
  },
} as const;
