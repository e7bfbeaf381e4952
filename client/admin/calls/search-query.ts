import type { Wanted } from '../../../shared/api/routes.ts';
import type { CallOutcome } from '../../../shared/domain.ts';
import type { QueueId, RepId, SiteId } from '../../../shared/ids.ts';

/** Which calls; what is empty does not matter. Days as `2026-11-25`, of this browser's time zone, both inclusive. */
export type CallSearch = {
  siteId: SiteId;
  text: string;
  queueId: string;
  repId: string;
  outcome: CallOutcome | '';
  fromDay: string;
  toDay: string;
};

/** As the server reads it. */
export const searchQuery = ({
  siteId,
  text,
  queueId,
  repId,
  outcome,
  fromDay,
  toDay,
}: CallSearch): Wanted<'GET /api/calls.csv'>['query'] => ({
  siteId,
  text: text || undefined,
  queueId: (queueId || undefined) as QueueId | undefined,
  repId: (repId || undefined) as RepId | undefined,
  outcome: outcome || undefined,
  from: fromDay ? startOf(fromDay) : undefined,
  // The day after, whose length may be 23 or 25 hours.
  until: toDay ? startOf(toDay, 1) : undefined,
});

/** When a day begins here, ms UTC; `later` days after it. */
function startOf(day: string, later = 0): number {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).getTime();
}
