import { wordsOf } from '../words.ts';

const hour = 60 * 60 * 1000;

/** For how long somebody is blocked, ms; null for good. */
export const blockTimes = [
  { ms: hour, name: 'hour' },
  { ms: 24 * hour, name: 'day' },
  { ms: 7 * 24 * hour, name: 'week' },
  { ms: null, name: 'good' },
] as const;
export type BlockTime = (typeof blockTimes)[number];

/** The words of the dialog that blocks somebody, fetched with it. */
export const dialogTexts = wordsOf('block-dialog');
