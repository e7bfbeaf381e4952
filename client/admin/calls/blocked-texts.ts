import type { BlockWay } from '../../../shared/domain.ts';

const ways: Record<BlockWay, string> = {
  shopper: 'visitor',
  number: 'number',
  network: 'internet connection',
};

/** The words of the list of blocked callers. */
export const blockedTexts = {
  lead: 'Your shop takes no calls from them until the time that stands there. To block somebody, open their call.',
  none: 'Nobody is blocked',
  noneLead: 'Who is blocked from a call, from the list of who waits or from the history is listed here.',
  visitor: 'A visitor without a name',
  by: (list: readonly BlockWay[]) => `by ${list.map(way => ways[way]).join(', ')}`,
  until: (at: number | null, dateTime: (at: number) => string) =>
    at === null ? 'For good' : `Until ${dateTime(at)}`,
  blockedBy: (rep: string, when: string) => `Blocked by ${rep}, ${when}`,
  unblock: 'Unblock',
  unblockWho: (who: string) => `Unblock ${who}`,
  unblocked: (who: string) => `${who} is not blocked any more.`,
} as const;
