import type { BoardQueue } from '../../../shared/board.ts';
import { figure, list, wordsOf } from '../../ui/words.ts';

const words = wordsOf('board');

/** The words of the live board. */
export const boardTexts = {
  ...words,
  /** Of calls that were answered or left, how many were answered within the goal; a dash for none. */
  serviceLevel: ({ answered, inTime, abandoned }: BoardQueue['today']): string => {
    const all = answered + abandoned;
    return all === 0 ? words.none : figure(inTime / all, { style: 'percent' });
  },
  names: (reps: readonly { name: string }[]): string => list(reps.map(rep => rep.name)),
} as const;
