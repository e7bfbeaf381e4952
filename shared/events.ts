/** The history of a call: what is appended to it, and what each event carries. Reports and timelines are folds over these. */
import type { CallbackKind, CallbackOutcome, EndReason } from './domain.ts';
import type { QueueId, RepId } from './ids.ts';

/** Why a call left a queue for another one. */
export type MoveReason = 'max-wait' | 'no-rep' | 'transfer';

type EventData = {
  /** The click. `queue`: the line that the call entered. */
  started: { queue: QueueId };
  offered: Record<never, never>;
  'offer-expired': Record<never, never>;
  'offer-declined': { reason?: string };
  'offer-revoked': Record<never, never>;
  /** `pickedUp`: taken out of turn. */
  answered: { waitedMs: number; pickedUp?: true };
  'calling-back': { kind: CallbackKind; pickedUp?: true };
  'callback-asked': { kind: CallbackKind };
  'callback-answered': Record<never, never>;
  /** `tries` so far, this one included. */
  'callback-missed': { tries: number };
  'callback-outcome': { outcome: CallbackOutcome };
  /** The shopper was put on hold. */
  held: Record<never, never>;
  resumed: Record<never, never>;
  /** Another rep was rung to take the talk over, on behalf of `from`. */
  'transfer-offered': { from: RepId };
  'transfer-accepted': { from: RepId };
  returned: Record<never, never>;
  moved: { from: QueueId; to: QueueId; because: MoveReason };
  'shopper-lost': Record<never, never>;
  'shopper-back': Record<never, never>;
  'rep-lost': Record<never, never>;
  'rep-back': Record<never, never>;
  'push-allowed': Record<never, never>;
  'push-sent': Record<never, never>;
  'push-failed': Record<never, never>;
  'push-gone': Record<never, never>;
  boosted: { boost: number };
  /** `until`: ms UTC, null for good. */
  blocked: { until: number | null; reason?: string };
  removed: { reason?: string };
  ended: { reason: EndReason };
  'wrapped-up': Record<never, never>;
};

export type HistoryEventType = keyof EventData;

/** `rep`: who did it, or to whom it happened; null for nobody. */
export type HistoryEvent = {
  [Type in HistoryEventType]: { type: Type; rep: RepId | null; data: EventData[Type] };
}[HistoryEventType];
