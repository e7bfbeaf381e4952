import type { MicrophoneState } from '../../../shared/domain.ts';
import type { OfferId } from '../../../shared/ids.ts';
import type { CallCard, RepView } from '../../../shared/views.ts';

/** Something that happens once, where the view only says what is. */
export type Effect =
  | { type: 'ring-start'; offerId: OfferId; call: CallCard }
  | { type: 'ring-stop' }
  | { type: 'chime'; sound: 'connected' | 'ended' | 'shopper-lost' | 'shopper-back' | 'attention' }
  /** Said politely to a screen reader. */
  | { type: 'say'; what: Saying };

export type Saying =
  | { about: 'status'; status: RepView['status']; reason: RepView['statusReason'] }
  | { about: 'ringing'; call: CallCard }
  | { about: 'talking'; call: CallCard }
  | { about: 'offer-gone' }
  | { about: 'wrap-up' }
  | { about: 'shopper-lost' }
  | { about: 'shopper-back' }
  | { about: 'shopper-muted'; muted: boolean }
  | { about: 'shopper-microphone'; state: MicrophoneState }
  | { about: 'muted'; muted: boolean }
  | { about: 'hold' }
  | { about: 'transferred' }
  | { about: 'transfer-failed'; failure: TransferFailure };

type TransferFailure = NonNullable<Extract<RepView['work'], { state: 'talking' }>['transferFailed']>;

const offerOf = (view: RepView | null) => (view?.work.state === 'ringing' ? view.work.offerId : null);

/**
 * What a change of view asks for. `null` stands for "not connected": nothing rings on a stale view, and what is
 * still ringing on return rings again.
 */
export function effects(before: RepView | null, after: RepView | null): Effect[] {
  return [...ringing(before, after), ...(before && after ? talking(before, after) : [])];
}

function ringing(before: RepView | null, after: RepView | null): Effect[] {
  const was = offerOf(before);
  const is = offerOf(after);
  if (was === is) return [];
  const list: Effect[] = [];
  if (was) list.push({ type: 'ring-stop' });
  if (after?.work.state === 'ringing') {
    const { offerId, call } = after.work;
    list.push({ type: 'ring-start', offerId, call }, { type: 'say', what: { about: 'ringing', call } });
  } else if (was && after?.work.state === 'idle' && before?.status === after.status) {
    // Declined by this rep or taken by another; a missed call changes the status too and is told as that.
    list.push({ type: 'say', what: { about: 'offer-gone' } });
  }
  return list;
}

function talking(before: RepView, after: RepView): Effect[] {
  const list: Effect[] = [];
  const was = before.work;
  const is = after.work;
  const sameCall =
    was.state === 'talking' && is.state === 'talking' && was.call.callId === is.call.callId
      ? { was, is }
      : null;

  if (is.state === 'talking' && !sameCall) {
    list.push(
      { type: 'chime', sound: 'connected' },
      { type: 'say', what: { about: 'talking', call: is.call } },
    );
  }
  if (was.state === 'talking' && is.state !== 'talking') list.push({ type: 'chime', sound: 'ended' });
  if (was.state !== 'wrap-up' && is.state === 'wrap-up')
    list.push({ type: 'say', what: { about: is.reason === 'transferred' ? 'transferred' : 'wrap-up' } });

  if (sameCall) {
    const { was, is } = sameCall;
    if (was.shopperLost !== is.shopperLost) {
      const about = is.shopperLost ? 'shopper-lost' : 'shopper-back';
      list.push({ type: 'chime', sound: about }, { type: 'say', what: { about } });
    }
    if (was.shopperMuted !== is.shopperMuted)
      list.push({ type: 'say', what: { about: 'shopper-muted', muted: is.shopperMuted } });
    if (was.shopperMicrophone !== is.shopperMicrophone)
      list.push({ type: 'say', what: { about: 'shopper-microphone', state: is.shopperMicrophone } });
    const failure = is.transferFailed;
    if (failure && failure.at !== was.transferFailed?.at)
      list.push(
        { type: 'chime', sound: 'attention' },
        { type: 'say', what: { about: 'transfer-failed', failure } },
      );
    else if ((was.onHoldSince === null) !== (is.onHoldSince === null))
      list.push({
        type: 'say',
        what: is.onHoldSince === null ? { about: 'talking', call: is.call } : { about: 'hold' },
      });
    if (was.muted !== is.muted) list.push({ type: 'say', what: { about: 'muted', muted: is.muted } });
  }

  if (before.status !== after.status) {
    const { status, statusReason: reason } = after;
    list.push({ type: 'say', what: { about: 'status', status, reason } });
  }
  return list;
}
