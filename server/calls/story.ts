/** A call told from its events alone, so that every report can be computed from the history. Pure. */
import type { CallState, EndReason } from '../../shared/domain.ts';
import type { QueueId, RepId } from '../../shared/ids.ts';
import type { CallEventRow } from '../store/schema.ts';

/** As much of an event as its call is told from. */
export type StoryEvent = Pick<CallEventRow, 'at' | 'type' | 'rep_id' | 'data'>;

export type Told = {
  state: CallState;
  queueId: QueueId | null;
  repId: RepId | null;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  endReason: EndReason | null;
  wrappedUpAt: number | null;
  /** In line, from the click or the return to the line on, until each answer or the end, ms. */
  waitedMs: number;
  /** With reps, all of them, ms. */
  talkedMs: number;
  /** Offers that nobody answered; several per call (Amazon Connect's non-response). */
  missedOffers: number;
};

type Data = { queue?: QueueId; to?: QueueId; reason?: EndReason; outcome?: string };

/**
 * @param events of one call, in their order
 * @param until end of a time that still runs, ms UTC
 */
export function tell(events: readonly StoryEvent[], until: number): Told {
  const told: Told = {
    state: 'waiting',
    queueId: null,
    repId: null,
    startedAt: events[0]?.at ?? until,
    answeredAt: null,
    endedAt: null,
    endReason: null,
    wrappedUpAt: null,
    waitedMs: 0,
    talkedMs: 0,
    missedOffers: 0,
  };
  const ringing = new Set<RepId>();
  let reachingSince = until;
  /** Since when it waits or is talked; the other of the two does not run meanwhile. */
  let since = told.startedAt;

  const close = (at: number) => {
    if (told.state === 'talking') told.talkedMs += at - since;
    else if (told.state !== 'ended') told.waitedMs += at - since;
    since = at;
  };
  const backInLine = (at: number) => {
    close(at);
    Object.assign(told, { state: 'waiting', repId: null, answeredAt: null });
  };

  for (const { at, type, rep_id: rep, data } of events) {
    const { queue, to, reason, outcome } = JSON.parse(data) as Data;
    switch (type) {
      case 'started':
        told.queueId = queue ?? null;
        break;
      case 'offered':
        if (rep) ringing.add(rep);
        told.state = 'ringing';
        break;
      case 'offer-expired':
      case 'offer-declined':
      case 'offer-revoked':
        if (type === 'offer-expired') told.missedOffers++;
        if (rep) ringing.delete(rep);
        if (ringing.size === 0 && told.state === 'ringing') told.state = 'waiting';
        break;
      case 'answered':
      case 'callback-answered':
        close(at);
        ringing.clear();
        Object.assign(told, { state: 'talking', repId: rep, answeredAt: at });
        break;
      case 'calling-back':
        ringing.clear();
        reachingSince = at;
        Object.assign(told, { state: 'calling-back', repId: rep });
        break;
      case 'callback-outcome':
        if (outcome !== 'reached') break;
        // The talk was on the telephone; it is counted from when the rep took the callback.
        close(reachingSince);
        Object.assign(told, { state: 'talking', answeredAt: reachingSince });
        break;
      case 'returned':
      case 'callback-missed':
        backInLine(at);
        break;
      case 'moved':
        backInLine(at);
        told.queueId = to ?? told.queueId;
        break;
      case 'ended':
        close(at);
        Object.assign(told, { state: 'ended', endedAt: at, endReason: reason ?? null });
        break;
      case 'wrapped-up':
        told.wrappedUpAt = at;
        break;
      default:
        // What the shopper or the network did; it changes nobody's place.
        break;
    }
  }
  close(until);
  return told;
}
