import type { BlockWay } from '../../../shared/domain.ts';
import { list, wordsOf } from '../../ui/words.ts';

const words = wordsOf('blocked');

/** The words of the list of blocked callers. */
export const blockedTexts = {
  ...words,
  by: (ways: readonly BlockWay[]): string => words.byWays({ ways: list(ways.map(way => words.way[way])) }),
  until: (at: number | null, dateTime: (at: number) => string): string =>
    at === null ? words.forGood : words.until({ time: dateTime(at) }),
} as const;
