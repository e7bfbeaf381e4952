/**
 * What a call that is over says of the figures: each time that it entered a line, and what its reps did when. Made of its
 * events alone. Pure.
 */
import type { EntryOutcome } from '../../../shared/domain.ts';
import type { HistoryEvent } from '../../../shared/events.ts';
import type { QueueId, RepId } from '../../../shared/ids.ts';

/** An event of the history, and when it happened, ms UTC. */
export type FiguresEvent = HistoryEvent & { at: number };

/** A call enters a line with the click, whenever it is moved on, and when it comes back after its rep was lost. */
export type Entry = {
  queueId: QueueId;
  at: number;
  outcome: EntryOutcome;
  /** Until the answer, the leave, or the wish to be called back, ms. */
  waitedMs: number;
  /** Who answered it first, or called back and reached the shopper. */
  repId: RepId | null;
  /** Of all reps that it was handed to without another line. */
  talkMs: number;
  wrapMs: number;
  /** Offers that nobody answered, by rep. */
  missed: Map<RepId, number>;
};

/** A rep was rung, or was busy with the call: talking, reaching the shopper, or in after-call work. */
export type RepSpan = { repId: RepId; entry: Entry; is: 'ringing' | 'handling'; from: number; to: number };

export type CallFigures = { entries: Entry[]; spans: RepSpan[] };

/** The shopper did not leave: the line sent them away. */
const turnedAway: ReadonlySet<string> = new Set(['max-wait', 'no-rep', 'no-answer']);

/**
 * Null for a call that is not over, or of whose beginning nothing is kept.
 *
 * @param events of one call, in their order
 */
export function figuresOf(events: readonly FiguresEvent[]): CallFigures | null {
  if (events[0]?.type !== 'started') return null;
  const fold = new Fold();
  for (const event of events) fold.add(event);
  return fold.over ? { entries: fold.entries, spans: fold.spans } : null;
}

class Fold {
  readonly entries: Entry[] = [];
  readonly spans: RepSpan[] = [];
  over = false;
  /** The last entry, until it is known what came of it. */
  #open = false;
  /** The shopper is to be called back: each further line knows that from the beginning. */
  #callback = false;
  readonly #ringing = new Map<RepId, number>();
  /** Who is busy with the call, and since when; `talkSince`: null while the shopper is only being reached. */
  #busy: { repId: RepId; since: number; talkSince: number | null } | null = null;
  /** Who talked and may be at the work after it, and until when they talked. */
  readonly #talked = new Map<RepId, { entry: Entry; until: number }>();
  /** Never before what was told already: a clock that was set back makes nothing shorter than nothing. */
  #at = 0;

  add(event: FiguresEvent): void {
    this.#at = Math.max(this.#at, event.at);
    const { rep } = event;
    switch (event.type) {
      case 'started':
        this.#enter(event.data.queue);
        break;
      case 'offered':
      case 'transfer-offered':
        if (rep) this.#ringing.set(rep, this.#at);
        break;
      case 'offer-expired':
        if (rep) {
          const { missed } = this.#entry;
          missed.set(rep, (missed.get(rep) ?? 0) + 1);
        }
        this.#rangOut(rep);
        break;
      case 'offer-declined':
      case 'offer-revoked':
        this.#rangOut(rep);
        break;
      case 'answered':
        this.#allRangOut();
        this.#leave('answered');
        this.#begin(rep, this.#at);
        break;
      case 'transfer-accepted':
        this.#allRangOut();
        this.#done();
        this.#goesOn(rep);
        break;
      case 'calling-back':
        this.#allRangOut();
        this.#begin(rep, null);
        break;
      case 'callback-answered':
        this.#talks(this.#at);
        break;
      case 'callback-outcome':
        // The talk was on the telephone; it is counted from when the rep took the callback.
        if (event.data.outcome === 'reached') this.#talks(this.#busy?.since ?? this.#at);
        break;
      case 'callback-missed':
        this.#done();
        break;
      case 'callback-asked':
        this.#leave('callback');
        this.#callback = true;
        break;
      case 'returned': {
        const talked = this.#busy !== null && this.#busy.talkSince !== null;
        this.#done();
        if (talked) this.#enter(this.#entry.queueId);
        break;
      }
      case 'moved':
        this.#allRangOut();
        this.#done();
        this.#leave('moved');
        this.#enter(event.data.to);
        break;
      case 'ended': {
        const { reason } = event.data;
        this.#allRangOut();
        this.#done();
        this.#leave(turnedAway.has(reason) ? 'turned-away' : reason === 'removed' ? 'removed' : 'abandoned');
        this.over = true;
        break;
      }
      case 'wrapped-up': {
        const talked = rep === null ? undefined : this.#talked.get(rep);
        if (rep === null || !talked) break;
        talked.entry.wrapMs += this.#at - talked.until;
        this.#span({ repId: rep, entry: talked.entry, is: 'handling', from: talked.until });
        this.#talked.delete(rep);
        break;
      }
      default:
        // What the shopper or the network did, and being on hold, which is a part of the talk; it changes nobody's place.
        break;
    }
  }

  get #entry(): Entry {
    const entry = this.entries.at(-1);
    if (!entry) throw new Error('a history begins with the start of its call');
    return entry;
  }

  #enter(queueId: QueueId): void {
    this.entries.push({
      ...{ queueId, at: this.#at, outcome: 'abandoned', waitedMs: 0, repId: null },
      ...{ talkMs: 0, wrapMs: 0, missed: new Map() },
    });
    this.#open = true;
    if (this.#callback) this.#leave('callback');
  }

  #leave(outcome: EntryOutcome): void {
    if (!this.#open) return;
    const entry = this.#entry;
    entry.outcome = outcome;
    entry.waitedMs = this.#at - entry.at;
    this.#open = false;
  }

  #begin(repId: RepId | null, talkSince: number | null): void {
    if (!repId) return;
    this.#busy = { repId, since: this.#at, talkSince };
    if (talkSince !== null) this.#talks(talkSince);
  }

  /** The talk is another rep's from now on. It stays with the entry, and the answer with whoever gave it. */
  #goesOn(repId: RepId | null): void {
    if (repId) this.#busy = { repId, since: this.#at, talkSince: this.#at };
  }

  #talks(since: number): void {
    if (!this.#busy) return;
    this.#busy.talkSince = since;
    this.#entry.repId = this.#busy.repId;
    this.#callback = false;
  }

  /** Whoever was busy with the call is not any more, but for after-call work. */
  #done(): void {
    const busy = this.#busy;
    if (!busy) return;
    this.#busy = null;
    const entry = this.#entry;
    this.#span({ repId: busy.repId, entry, is: 'handling', from: busy.since });
    if (busy.talkSince === null) return;
    entry.talkMs += this.#at - busy.talkSince;
    this.#talked.set(busy.repId, { entry, until: this.#at });
  }

  #rangOut(repId: RepId | null): void {
    const since = repId === null ? undefined : this.#ringing.get(repId);
    if (repId === null || since === undefined) return;
    this.#ringing.delete(repId);
    this.#span({ repId, entry: this.#entry, is: 'ringing', from: since });
  }

  #allRangOut(): void {
    for (const repId of [...this.#ringing.keys()]) this.#rangOut(repId);
  }

  /** Up to now. */
  #span({ repId, entry, is, from }: Omit<RepSpan, 'to'>): void {
    if (this.#at > from) this.spans.push({ repId, entry, is, from, to: this.#at });
  }
}
