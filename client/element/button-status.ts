import type { Message, Texts } from '../../shared/i18n/message.ts';
import * as m from '../../shared/i18n/messages/button.ts';
import type { Promised } from './availability.ts';
import type { Reach } from './states.ts';

const byReach: Record<Reach, Message<'button'>> = {
  unknown: m.unknown,
  open: m.open,
  busy: m.busy,
  closed: m.closed,
  'no-rep': m.noRep,
  'queue-full': m.queueFull,
  'unknown-queue': m.notSetUp,
  'store-down': m.storeDown,
};

/** What a click would get: when a closed shop opens; while everybody is busy, who waits already and how long at most. */
export function buttonStatus(t: Texts<'button'>, { reach, opensAt, line, words }: Promised): string {
  if (reach === 'open' && words?.open) return words.open;
  if (reach === 'closed' && opensAt !== null) return t(m.opens, { at: opensAt });
  if (!line) return t(byReach[reach]);
  const { waiting, estimate } = line;
  const minutes = estimate && (Math.ceil(estimate.toMs / 60_000) || 1);
  if (!minutes) return waiting ? t(m.waiting, { waiting }) : t(m.busy);
  return waiting ? t(m.waitingUpTo, { waiting, minutes }) : t(m.busyUpTo, { minutes });
}
