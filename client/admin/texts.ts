import { wordsOf } from '../ui/words.ts';

/** Every word of the admin area except those of one queue (`queue/texts.ts`) and of a call's story (`calls/story.ts`). */
export const adminTexts = {
  ...wordsOf('settings'),
  beforeWords: (before: string, rep: string | null) =>
    `${before}, ${rep === null ? 'nobody answered' : `spoke to ${rep}`}`,
  qualityOf: (who: string, mean: string, least: string, rttMs: number, loss: string) =>
    `What ${who === 'The shopper' ? 'the shopper' : who} heard: ${mean} of 4.5 on average, ${least} at worst; round trip ${rttMs} ms, ${loss} % lost`,
  /** Talked, was back in line, and then: how it ended there. */
  answeredThen: (end: string) => `Answered, then sent on: ${end[0]?.toLowerCase()}${end.slice(1)}`,
  /** When most of them came: `n` of them on that weekday in that hour, `from` and `to` such as `1 PM`. */
  unmetWorst: (n: number, all: number, day: string, from: string, to: string): string => {
    if (all === 1) return `On a ${day} between ${from} and ${to}.`;
    if (n === 1) return 'No hour of the week stands out so far.';
    const when = `on ${day}s between ${from} and ${to}`;
    if (n === all) return `All of them ${when}.`;
    return `${n * 2 > all ? 'Most of them' : 'Most often'} ${when}: ${n} of ${all}.`;
  },
  found: (n: number, more: boolean) =>
    `${n === 1 ? '1 call' : `${n} calls`}${more ? ', and there may be more' : ''}.`,
} as const;
