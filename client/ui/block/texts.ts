import type { BlockWay } from '../../../shared/domain.ts';

const hour = 60 * 60 * 1000;

/** For how long somebody is blocked, ms; null for good. */
export const blockTimes = [
  { ms: hour, words: 'an hour' },
  { ms: 24 * hour, words: 'a day' },
  { ms: 7 * 24 * hour, words: 'a week' },
  { ms: null, words: 'good' },
] as const;
export type BlockTime = (typeof blockTimes)[number];

export const blockTexts = {
  block: 'Block…',
  blockedCallers: 'Blocked callers',
  blockWho: (who: string) => `Block ${who}`,
  blockCaller: 'Block this caller…',
  hangUpAndBlock: 'Hang up and block…',
  title: (who: string, talking: boolean) => (talking ? `Hang up and block ${who}?` : `Block ${who}?`),
  lead: 'They read that the shop takes no calls from them at the moment. What of theirs still waits ends.',
  also: 'Block by',
  way: {
    shopper: 'This visitor',
    number: 'The number',
    network: 'Their internet connection',
  } satisfies Record<BlockWay, string>,
  wayHint: {
    shopper: 'The browser tab that they call from. A new tab is a new visitor.',
    number: 'However it is written.',
    network:
      'Also turns away everybody who shares it, such as a household or a whole office. Without it, a new tab is enough to call again.',
  } satisfies Record<BlockWay, string>,
  long: 'For how long',
  time: ({ ms, words }: BlockTime) =>
    ms === null ? 'For good' : `${words[0]?.toUpperCase()}${words.slice(1)}`,
  reason: 'Why',
  reasonHint: 'Your team reads it, the caller does not.',
  cancel: 'Cancel',
  yes: (talking: boolean) => (talking ? 'Hang up and block' : 'Block'),
  busy: 'Blocking…',
  done: (who: string, { words }: BlockTime) => `${who} is blocked for ${words}`,
  doneLead: 'An admin finds who is blocked in the settings, under Calls, and can undo it there.',
  close: 'Close',
  nothingChosen: 'Choose at least one of these.',
  full: 'So many callers are blocked that there is no room for more. Ask an admin to unblock some first.',
  gone: 'This call is not known any more, so its caller cannot be blocked by it.',
} as const;
