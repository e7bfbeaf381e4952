import type { Texts } from '../../shared/i18n/message.ts';
import * as m from '../../shared/i18n/messages/call.ts';
import type { WaitEstimate } from '../../shared/views.ts';

/** A range in whole minutes, rounded so that it never promises more than is known. */
export function waitingTime(t: Texts<'call'>, { fromMs, toMs }: WaitEstimate): string {
  const from = Math.floor(fromMs / 60_000);
  const to = Math.ceil(toMs / 60_000);
  if (to <= 1) return t(m.waitUnderMinute);
  if (from >= 60) return t(m.waitOverHour);
  if (from < 1) return t(m.waitUpTo, { minutes: to });
  return from === to ? t(m.waitAbout, { minutes: to }) : t(m.waitRange, { from, to });
}
