/** A call's life in plain words, one sentence for each step. */
import type { CallStep, CallStretch, CallSummary } from '../../../shared/api/calls.ts';
import { timer } from '../../ui/durations.ts';
import { reasonText } from '../../ui/texts.ts';
import { list, wordsOf } from '../../ui/words.ts';
import { dateTime } from './call-time.ts';
import { callsTexts } from './texts.ts';

const words = wordsOf('story');

/**
 * Who is spoken of: queues by id, and the name of the shopper, where there is one. Where a language has capital letters, the
 * shopper is the subject of the sentence and its first word, so that "The shopper" is as good there as a name.
 */
export type Cast = { queueName: (id: string) => string | undefined; shopper: string | undefined };

type People = { shopper: string; rep: string };
/** One of several sentences, each of which speaks of whom it needs. */
type Sentence = string | ((of: People) => string);

/** The sentence for a step; one that a newer server tells of and this page does not know is shown by its name. */
export function sentence({ type, repName, data }: CallStep, cast: Cast): string {
  const rep = repName ?? words.aRep;
  const shopper = cast.shopper ?? words.theShopper;
  const reason = typeof data.reason === 'string' ? data.reason : '';
  const queue = typeof data.to === 'string' ? cast.queueName(data.to) : undefined;
  /** Of a table by what a newer server may call otherwise. */
  const chosen = (table: { unknown: Sentence } & Record<string, Sentence>, key: unknown): string => {
    const found = typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;
    const one = found ?? table.unknown;
    return typeof one === 'string' ? one : one({ shopper, rep });
  };
  switch (type) {
    case 'started':
      return words.started({ shopper });
    case 'offered':
      return words.offered({ rep });
    case 'offer-declined':
      return reason ? words.declinedBecause({ rep, reason: reasonText(reason) }) : words.declined({ rep });
    case 'offer-expired':
      return words.expired({ rep });
    case 'offer-revoked':
      return words.revoked({ rep });
    case 'answered':
      return typeof data.waitedMs === 'number'
        ? words.answeredAfter({ rep, time: timer(data.waitedMs) })
        : words.answered({ rep });
    case 'removed':
      return reason ? words.removedBecause({ shopper, rep, reason }) : words.removed({ shopper, rep });
    case 'blocked':
      return blocked({ shopper, rep }, data.until, reason);
    case 'held':
      return words.held({ shopper, rep });
    case 'resumed':
      return words.resumed({ shopper, rep });
    case 'transfer-offered':
      return words.transferOffered({ rep });
    case 'transfer-accepted':
      return words.transferAccepted({ rep });
    case 'returned':
      return words.returned({ shopper });
    case 'moved':
      if (data.because === 'transfer')
        return queue
          ? words.transferred({ shopper, queue, rep })
          : words.transferredElsewhere({ shopper, rep });
      return queue ? moved(data.because, shopper, queue) : chosen(words.movedElsewhere, data.because);
    case 'boosted':
      return words.boosted({ shopper });
    case 'shopper-lost':
      return words.shopperLost({ shopper });
    case 'shopper-back':
      return words.shopperBack({ shopper });
    case 'rep-lost':
      return words.repLost({ rep });
    case 'rep-back':
      return words.repBack({ rep });
    case 'callback-asked':
      return chosen(words.callbackAsked, data.kind);
    case 'calling-back':
      return chosen(words.callingBack, data.kind);
    case 'push-allowed':
      return words.pushAllowed({ shopper });
    case 'push-sent':
      return words.pushSent({ shopper });
    case 'push-failed':
      return words.pushFailed({ shopper });
    case 'push-gone':
      return words.pushGone({ shopper });
    case 'callback-answered':
      return words.callbackAnswered({ shopper });
    case 'callback-missed':
      return typeof data.tries === 'number'
        ? words.callbackMissedTry({ shopper, n: data.tries })
        : words.callbackMissed({ shopper });
    case 'callback-outcome':
      return chosen(words.callbackOutcome, data.outcome);
    case 'ended':
      return chosen(words.ended, data.reason);
    case 'wrapped-up':
      return words.wrappedUp({ rep });
    default:
      return repName === null ? words.unknown({ type }) : words.unknownBy({ type, rep });
  }
}

function blocked(people: People, until: unknown, reason: string): string {
  const told = words.blocked;
  if (typeof until !== 'number') return reason ? told.goodBecause({ ...people, reason }) : told.good(people);
  const time = dateTime(until);
  return reason ? told.untilBecause({ ...people, time, reason }) : told.until({ ...people, time });
}

function moved(because: unknown, shopper: string, queue: string): string {
  const known = typeof because === 'string' && Object.hasOwn(words.moved, because);
  return words.moved[known ? (because as keyof typeof words.moved) : 'unknown']({ shopper, queue });
}

/** What became of a call, in a few words. */
export function outcome({ state, endReason, talkedMs, inTalk }: CallSummary): string {
  if (state !== 'ended' || endReason === null) return callsTexts.stateNow[state];
  if (talkedMs === null || !inTalk) return callsTexts.ended(endReason, talkedMs !== null);
  return endReason === 'shopper-lost' ? callsTexts.answeredThenLost : callsTexts.answered;
}

/** A stretch in words: who did what, and where. */
export function stretchWords({ is, queueName, repNames }: CallStretch): string {
  const { stretch } = words;
  const reps = repNames.length > 0 ? list(repNames) : null;
  switch (is) {
    case 'waiting':
      return queueName ? stretch.waitingIn({ queue: queueName }) : stretch.waiting;
    case 'ringing':
      return reps ? stretch.ringingFor({ reps }) : stretch.ringing;
    case 'calling-back':
      return reps ? stretch.calledBackBy({ reps }) : stretch.callingBack;
    case 'talking':
      return reps ? stretch.talkingWith({ reps }) : stretch.talking;
    case 'on-hold':
      return reps ? stretch.onHoldBy({ reps }) : stretch.onHold;
  }
  return is satisfies never;
}
