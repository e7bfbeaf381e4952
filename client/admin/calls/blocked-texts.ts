import type { BlockWay } from '../../../shared/domain.ts';
import { wordsOf } from '../../ui/words.ts';

const ways: Record<BlockWay, string> = {
  shopper: 'visitor',
  number: 'number',
  network: 'internet connection',
};

/** The words of the list of blocked callers. */
export const blockedTexts = {
  ...wordsOf('blocked'),
  by: (list: readonly BlockWay[]) => `by ${list.map(way => ways[way]).join(', ')}`,
  until: (at: number | null, dateTime: (at: number) => string) =>
    at === null ? 'For good' : `Until ${dateTime(at)}`,
} as const;
