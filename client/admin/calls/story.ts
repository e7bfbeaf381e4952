/** A call's life in plain words, one sentence for each step. */
import type { CallStep, CallStretch, CallSummary } from '../../../shared/api/calls.ts';
import type { CallbackKind, CallbackOutcome, EndReason } from '../../../shared/domain.ts';
import { timer } from '../../ui/durations.ts';
import { adminTexts } from '../texts.ts';
import { dateTime } from './call-time.ts';

/** Who is spoken of: queues by id, and the name of the shopper. */
export type Cast = { queueName: (id: string) => string | undefined; shopper: string };

const outcomes: Record<CallbackOutcome, string> = {
  reached: 'reached them by phone.',
  'no-answer': 'dialled, but nobody answered.',
  'wrong-number': 'dialled, but it was a wrong number.',
};

const ends: Record<EndReason, (shopper: string, rep: string) => string> = {
  'shopper-hung-up': shopper => `${shopper} hung up.`,
  'rep-hung-up': (_, rep) => `${rep} hung up.`,
  'max-wait': shopper => `${shopper} had waited for too long, so the call ended.`,
  'no-rep': () => 'Nobody was on duty any more, so the call ended.',
  'no-answer': () => 'Nobody answered, so the call ended.',
  removed: shopper => `${shopper} was taken out of the line.`,
  'shopper-lost': shopper => `${shopper} did not come back, so the call ended.`,
  'callback-done': () => 'The callback was made.',
  'callback-failed': shopper => `${shopper} could not be reached, so the callback ended.`,
  'callback-expired': () => 'It became too late to call back.',
};

const because: Record<string, string> = {
  'max-wait': 'because the wait was too long',
  'no-rep': 'because nobody was on duty',
  full: 'because the line was full',
  closed: 'because it was closed',
};

const kinds: Record<CallbackKind, string> = { page: 'on the page', phone: 'by phone' };

/** The sentence for a step; one that a newer server tells of and this page does not know is shown by its name. */
export function sentence({ type, repName, data }: CallStep, { queueName, shopper }: Cast): string {
  const rep = repName ?? 'A rep';
  const where = (id: unknown) => (typeof id === 'string' ? queueName(id) : undefined) ?? 'another queue';
  switch (type) {
    case 'started':
      return `${shopper} pressed “Talk to us”.`;
    case 'offered':
      return `It rang for ${rep}.`;
    case 'offer-declined':
      return `${rep} declined${typeof data.reason === 'string' && data.reason ? `: ${data.reason}` : ''}.`;
    case 'offer-expired':
      return `${rep} did not answer and was set to away.`;
    case 'offer-revoked':
      return `It stopped ringing for ${rep}.`;
    case 'answered':
      return `${rep} answered${typeof data.waitedMs === 'number' ? ` after ${timer(data.waitedMs)}` : ''}.`;
    case 'removed':
      return `${rep} removed ${shopper} from the line${typeof data.reason === 'string' && data.reason ? `: ${data.reason}` : ''}.`;
    case 'blocked':
      return `${rep} blocked ${shopper}${typeof data.until === 'number' ? ` until ${dateTime(data.until)}` : ' for good'}${typeof data.reason === 'string' && data.reason ? `: ${data.reason}` : ''}.`;
    case 'returned':
      return `${shopper} went back to the same place in line.`;
    case 'moved':
      return data.because === 'transfer'
        ? `${rep} sent ${shopper} on to ${where(data.to)}.`
        : `${shopper} was sent on to ${where(data.to)}${reasonOf(data.because)}.`;
    case 'boosted':
      return `${shopper} was put further to the front.`;
    case 'shopper-lost':
      return `${shopper} lost the connection.`;
    case 'shopper-back':
      return `${shopper} was back.`;
    case 'rep-lost':
      return `${rep} lost the connection.`;
    case 'rep-back':
      return `${rep} was back.`;
    case 'callback-asked':
      return `${shopper} asked to be called back${entry(kinds, data.kind, ' ')}.`;
    case 'calling-back':
      return `${rep} began to call back${entry(kinds, data.kind, ' ')}.`;
    case 'push-allowed':
      return `${shopper} can be reached by a notification when the page is closed.`;
    case 'push-sent':
      return `The page was closed, so a notification was sent to ${shopper}.`;
    case 'push-failed':
      return `The notification to ${shopper} could not be sent.`;
    case 'push-gone':
      return `Notifications do not reach ${shopper} any more.`;
    case 'callback-answered':
      return `${shopper} answered the callback.`;
    case 'callback-missed':
      return `${shopper} could not be reached${typeof data.tries === 'number' ? ` (try ${data.tries})` : ''}.`;
    case 'callback-outcome':
      return entry(outcomes, data.outcome, `${rep} `) || `${rep} said what came of the callback.`;
    case 'ended':
      return (typeof data.reason === 'string' && own(ends, data.reason)?.(shopper, rep)) || 'The call ended.';
    case 'wrapped-up':
      return `${rep} finished the work after the call.`;
    default:
      return unknown(type, repName);
  }
}

/** `some-new-step` as `Some new step (Ana).` */
function unknown(type: string, repName: string | null): string {
  const words = type.replaceAll(/[-_]+/g, ' ').trim() || 'something happened';
  return `${words[0]?.toUpperCase()}${words.slice(1)}${repName ? ` (${repName})` : ''}.`;
}

const own = <T>(table: Record<string, T>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
const reasonOf = (value: unknown) => {
  const words = typeof value === 'string' ? own(because, value) : undefined;
  return words ? `, ${words}` : '';
};

/** `before` and the words of a table, where it has some. */
function entry(table: Record<string, string>, key: unknown, before: string): string {
  const words = typeof key === 'string' ? own(table, key) : undefined;
  return words ? `${before}${words}` : '';
}

/** What became of a call, in a few words. */
export function outcome({ state, endReason, talkedMs, inTalk }: CallSummary): string {
  if (state !== 'ended' || endReason === null) return adminTexts.stateNow[state];
  if (talkedMs === null) return adminTexts.endedUnanswered[endReason];
  if (!inTalk) return adminTexts.answeredThen(adminTexts.endedUnanswered[endReason]);
  return endReason === 'shopper-lost' ? adminTexts.answeredThenLost : adminTexts.answered;
}

/** A stretch in words: who did what, and where. */
export function stretchWords({ is, queueName, repNames }: CallStretch): string {
  const reps = repNames.join(', ') || 'a rep';
  switch (is) {
    case 'waiting':
      return queueName ? `Waited in ${queueName}` : 'Waited';
    case 'ringing':
      return `Rang for ${reps}`;
    case 'calling-back':
      return `${reps} called back`;
    case 'talking':
      return `Talked with ${reps}`;
  }
  return is satisfies never;
}
