/** A call timeline from its events alone, so that every report can be computed from the history. Pure. */
import type { CallStretch } from '../../../shared/api/calls.ts';
import type { CallState, EndReason, StretchKind } from '../../../shared/domain.ts';
import type { HistoryEvent } from '../../../shared/events.ts';
import type { QueueId, RepId } from '../../../shared/ids.ts';
import type { CallEventRow } from '../../store/schema.ts';

/** An event of the history, and when it happened, ms UTC. */
export type TimedEvent = HistoryEvent & { at: number };

/** As it was appended. One of a newer version is passed over by who does not know its type. */
export const readEvent = ({ at, type, rep_id, data }: CallEventRow): TimedEvent =>
  ({ at, type, rep: rep_id, data: JSON.parse(data) }) as TimedEvent;

/** A stretch with the ids of those who were in it. */
export type Stretch = Omit<CallStretch, 'queueName' | 'repNames'> & {
  queueId: QueueId | null;
  repIds: RepId[];
};

export type CallTimeline = {
  state: CallState;
  queueId: QueueId | null;
  repId: RepId | null;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  endReason: EndReason | null;
  wrappedUpAt: number | null;
  /** In line, from the click or the return to the line on, until each answer or the end, ms. With `talkedMs` it is the whole call. */
  waitedMs: number;
  /** As much of `waitedMs` as a rep was rung or the shopper was being called back, ms. */
  rangMs: number;
  /** With reps, all of them, ms. */
  talkedMs: number;
  /** As much of `talkedMs` as the shopper was on hold, ms. */
  heldMs: number;
  /** Whom the shopper talked to, each once, the first one first. */
  talkedTo: RepId[];
  /** The whole call without gaps, in its order: each begins where the one before ended. None is empty. */
  stretches: Stretch[];
  /** Offers that nobody answered; several per call (Amazon Connect's non-response). */
  missedOffers: number;
};

/**
 * @param events of one call, in their order
 * @param until end of a time that still runs, ms UTC
 */
export function timelineOf(events: readonly TimedEvent[], until: number): CallTimeline {
  const timeline: CallTimeline = {
    state: 'waiting',
    queueId: null,
    repId: null,
    startedAt: events[0]?.at ?? until,
    answeredAt: null,
    endedAt: null,
    endReason: null,
    wrappedUpAt: null,
    waitedMs: 0,
    rangMs: 0,
    talkedMs: 0,
    heldMs: 0,
    talkedTo: [],
    stretches: [],
    missedOffers: 0,
  };
  const ringing = new Set<RepId>();
  let reachingSince = until;
  let since = timeline.startedAt;
  let is: StretchKind = 'waiting';
  /** Never before what was timeline already: a clock that was set back makes nothing shorter than nothing. */
  let at = timeline.startedAt;
  /** Who is rung, tries to reach the shopper, or talks in the stretch that runs. */
  let reps: RepId[] = [];

  /** The stretch that runs ends now, and the next one begins. */
  const begin = (next: StretchKind, who: RepId | null = null) => {
    if (at > since)
      timeline.stretches.push({ is, from: since, to: at, queueId: timeline.queueId, repIds: reps });
    since = at;
    is = next;
    reps = who === null ? [] : [who];
  };
  const backInLine = () => {
    begin('waiting');
    Object.assign(timeline, { state: 'waiting', repId: null, answeredAt: null });
  };
  const talksTo = (rep: RepId | null) => {
    if (rep && !timeline.talkedTo.includes(rep)) timeline.talkedTo.push(rep);
  };

  for (const event of events) {
    at = Math.max(at, event.at);
    const { rep } = event;
    switch (event.type) {
      case 'started':
        timeline.queueId = event.data.queue;
        break;
      case 'offered':
        if (timeline.state === 'waiting') begin('ringing');
        if (rep) {
          ringing.add(rep);
          reps.push(rep);
        }
        timeline.state = 'ringing';
        break;
      case 'offer-expired':
      case 'offer-declined':
      case 'offer-revoked':
        if (event.type === 'offer-expired') timeline.missedOffers++;
        if (rep) ringing.delete(rep);
        // A colleague does not take the talk over: it goes on.
        if (timeline.state === 'talking') begin('talking', timeline.repId);
        if (ringing.size > 0 || timeline.state !== 'ringing') break;
        begin('waiting');
        timeline.state = 'waiting';
        break;
      case 'transfer-offered':
        begin('on-hold', timeline.repId);
        break;
      case 'answered':
      case 'transfer-accepted':
      case 'callback-answered':
        begin('talking', rep);
        ringing.clear();
        talksTo(rep);
        Object.assign(timeline, { state: 'talking', repId: rep, answeredAt: at });
        break;
      case 'held':
        begin('on-hold', timeline.repId);
        break;
      case 'resumed':
        begin('talking', timeline.repId);
        break;
      case 'calling-back':
        begin('calling-back', rep);
        ringing.clear();
        reachingSince = at;
        Object.assign(timeline, { state: 'calling-back', repId: rep });
        break;
      case 'callback-outcome':
        if (event.data.outcome !== 'reached') break;
        // The talk was on the telephone; it is counted from when the rep took the callback.
        is = 'talking';
        talksTo(rep);
        Object.assign(timeline, { state: 'talking', answeredAt: reachingSince });
        break;
      case 'returned':
      case 'callback-missed':
        backInLine();
        break;
      case 'moved':
        backInLine();
        timeline.queueId = event.data.to;
        break;
      case 'ended':
        begin('waiting');
        Object.assign(timeline, { state: 'ended', endedAt: at, endReason: event.data.reason });
        break;
      case 'wrapped-up':
        // Whoever sent a talk on wraps up too.
        if (timeline.state === 'ended' && rep === timeline.repId) timeline.wrappedUpAt = at;
        break;
      default:
        // What the shopper or the network did; it changes nobody's place.
        break;
    }
  }
  if (timeline.state !== 'ended') {
    at = Math.max(at, until);
    begin('waiting');
  }
  return { ...timeline, ...sums(timeline.stretches) };
}

function sums(
  stretches: readonly Stretch[],
): Pick<CallTimeline, 'waitedMs' | 'rangMs' | 'talkedMs' | 'heldMs'> {
  const all = (...kinds: StretchKind[]) =>
    stretches.reduce((sum, { is, from, to }) => sum + (kinds.includes(is) ? to - from : 0), 0);
  return {
    waitedMs: all('waiting', 'ringing', 'calling-back'),
    rangMs: all('ringing', 'calling-back'),
    talkedMs: all('talking', 'on-hold'),
    heldMs: all('on-hold'),
  };
}
