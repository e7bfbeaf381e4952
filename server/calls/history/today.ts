/** How the day goes, for whoever sits at the phone: counted from the same stories that the list of calls tells. */
import type { Kysely } from 'kysely';
import type { DayFigures } from '../../../shared/api/calls.ts';
import type { CallId, QueueId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { Database } from '../../store/schema.ts';
import { endedCalls } from './call-list.ts';

type Counted = { startedAt: number; queueId: QueueId; waitedMs: number; talkedMs: number | null };

/** The calls of one site that are over. They change no more, so that each is told once. */
type SiteDay = { calls: Map<CallId, Counted>; readTo: number; since: number; reading: Promise<void> };

export type Today = {
  /** @param from when the day began for whoever asks, ms UTC, at most `limits.dayMs` ago */
  figures(queues: readonly { id: QueueId; site_id: SiteId }[], from: number): Promise<DayFigures>;
};

export function createToday(db: Kysely<Database>, now: () => number): Today {
  const days = new Map<SiteId, SiteDay>();

  /** Tells what has ended since the last time. One reading after the other, so that none is counted twice. */
  const read = async (siteId: SiteId, day: SiteDay) => {
    const at = now();
    const from = at - limits.dayMs;
    // What ended within the overlap may have been committed after it was looked for.
    const endedFrom = day.readTo - limits.dayOverlapMs;
    let counted = 0;
    for await (const { queueId, summary } of endedCalls(db, { siteId, from, endedFrom, now: at })) {
      const { callId, startedAt, waitedMs, talkedMs } = summary;
      day.calls.set(callId, { startedAt, queueId, waitedMs, talkedMs });
      if (++counted === limits.dayCalls) break;
    }
    for (const [id, { startedAt }] of day.calls) if (startedAt < from) day.calls.delete(id);
    day.readTo = at;
  };

  const dayOf = async (siteId: SiteId): Promise<SiteDay> => {
    let day = days.get(siteId);
    const at = now();
    // From the beginning once in a while: calls are deleted, and the clock's steps move all times.
    if (!day || at - day.since > limits.dayAnewMs || at < day.readTo) {
      day = { calls: new Map(), readTo: 0, since: at, reading: Promise.resolve() };
      days.set(siteId, day);
    }
    const current = day;
    const reading = day.reading.catch(() => undefined).then(() => read(siteId, current));
    day.reading = reading;
    await reading;
    return day;
  };

  return {
    async figures(queues, from) {
      const ids = new Set(queues.map(queue => queue.id));
      const sites = [...new Set(queues.map(queue => queue.site_id))];
      let answered = 0;
      let missed = 0;
      let waited = 0;
      let talked = 0;
      for (const siteId of sites)
        for (const call of (await dayOf(siteId)).calls.values()) {
          if (call.startedAt < from || !ids.has(call.queueId)) continue;
          if (call.talkedMs === null) {
            missed++;
            continue;
          }
          answered++;
          waited += call.waitedMs;
          talked += call.talkedMs;
        }
      const mean = (sum: number) => (answered === 0 ? null : Math.round(sum / answered));
      return { answered, missed, meanWaitMs: mean(waited), meanTalkMs: mean(talked) };
    },
  };
}
