/** Lets an event happen to a call: the transition, then all that is written and told of it. The one writer (design rule 2). */
import type { CallId, QueueId } from '../../../shared/ids.ts';
import type { ErrorCode } from '../../../shared/protocol.ts';
import { CallError } from '../errors.ts';
import { noteWaiting } from '../line/wait-due.ts';
import { type Call, repIdOf, type WaitingCall } from '../model/call.ts';
import type { CallEvent, MemberChange, Outcome, Refusal, Transition } from '../model/events.ts';
import { beginning, transition } from '../model/transition.ts';
import { type LoadedCall, loadCall, saveCall, toQueue } from './call-rows.ts';
import type { Change } from './change.ts';
import { countToday } from './counts.ts';
import { setStatus } from './rep-status.ts';

const words: Record<Refusal, [ErrorCode, string]> = {
  over: ['not-found', 'That call is not yours or is over.'],
  'not-party': ['not-found', 'That call is not yours or is over.'],
  'being-transferred': ['rep-busy', 'A colleague is rung to take this talk over. Take it back first.'],
  'not-ringing': ['offer-gone', 'This call is no longer ringing for you.'],
  'not-in-line': [
    'offer-gone',
    'This call does not wait any more: it was taken by somebody else, or is over.',
  ],
  'shopper-away': [
    'unreachable',
    'This shopper is not there at the moment: the page is closed or the connection lost. They keep their place.',
  ],
  'not-calling-back': ['offer-gone', 'We are no longer ringing you. You have kept your place.'],
  'not-a-page-callback': ['not-found', 'That callback is not yours or is over.'],
};

/** What the event made of the call. Throws `CallError` when it does not apply. */
export async function apply(change: Change, loaded: LoadedCall, event: CallEvent): Promise<Call> {
  const done = await happens(change, loaded, event);
  if ('refused' in done) throw new CallError(...words[done.refused]);
  return done.call;
}

/** The same where an event that does not apply is nothing to speak of. @returns whether it applied */
export async function applyIfItFits(change: Change, loaded: LoadedCall, event: CallEvent): Promise<boolean> {
  return !('refused' in (await happens(change, loaded, event)));
}

async function happens(change: Change, loaded: LoadedCall, event: CallEvent): Promise<Transition> {
  const { call, settings } = loaded;
  const done = transition(call, event, { now: change.now, settings });
  if (!('refused' in done)) await write(change, call, done, loaded);
  return done;
}

/** The same by the call's id; one that is not there any more is nothing to speak of either. */
export async function applyTo(change: Change, callId: CallId, event: CallEvent): Promise<boolean> {
  const loaded = change.made(callId) ?? (await loadCall(change.db, callId));
  return loaded !== undefined && applyIfItFits(change, loaded, event);
}

/** A call that was not there before. */
export const begin = (
  change: Change,
  { call, ...queue }: LoadedCall & { call: WaitingCall },
): Promise<void> => write(change, null, beginning(call), queue);

type Queue = Omit<LoadedCall, 'call'>;

async function write(change: Change, before: Call | null, outcome: Outcome, queue: Queue): Promise<void> {
  const { db, now } = change;
  const { call, history, members, counted, needsPush } = outcome;
  await saveCall(db, before, outcome, now);
  for (const member of members) await saveMember(change, call, member);
  for (const one of counted) await countToday(change, call.siteId, one);
  for (const event of history) change.record(call, event);
  const moved = before !== null && before.place.queueId !== call.place.queueId;
  const current = moved ? await readQueue(db, call.place.queueId) : queue;
  await noteWaiting(db, call, current, now);
  change.became({ ...current, call });
  touch(change, before, call, members);
  if (needsPush) change.touch({ siteId: call.siteId, push: call.id });
}

async function readQueue(db: Change['db'], queueId: QueueId): Promise<Queue> {
  const row = await db
    .selectFrom('queues')
    .select(['settings', 'no_rep_since', 'wait_due'])
    .where('id', '=', queueId)
    .executeTakeFirstOrThrow();
  return toQueue(row);
}

async function saveMember(change: Change, call: Call, member: MemberChange): Promise<void> {
  const { repId, work, idleFromNow, wrapUp, missedOffer } = member;
  await change.db
    .updateTable('reps')
    .set({
      work,
      ...(idleFromNow ? { idle_since: change.now } : {}),
      wrap_up_call_id: wrapUp ? call.id : null,
      wrap_up_until: wrapUp ? change.now + wrapUp.ms : null,
      wrap_up_open: wrapUp?.open ? 1 : 0,
    })
    .where('id', '=', repId)
    .execute();
  // It rings nobody who is not there.
  if (missedOffer) await setStatus(change, repId, { status: 'away', reason: 'no-answer' });
}

/** Those in the call always; those around it when anybody's place or freedom may have changed. */
function touch(change: Change, before: Call | null, call: Call, members: readonly MemberChange[]): void {
  const { siteId, id } = call;
  const own = before?.state !== 'ended' && call.state === 'ended' ? { ended: id } : { call: id };
  change.touch({ siteId, ...own, rep: repIdOf(call) });
  for (const { repId } of members) change.touch({ siteId, rep: repId });
  if (before && members.length === 0 && sameInLine(before, call)) return;
  change.touch({ siteId, queue: call.place.queueId });
  if (before) change.touch({ siteId, queue: before.place.queueId });
  change.route(siteId);
}

/** Neither the place nor what may be offered of it differs; nor does what the list of those who wait shows. */
function sameInLine(before: Call, after: Call): boolean {
  if (before.state !== after.state) return false;
  if (!('callback' in before && 'callback' in after)) return before.place === after.place;
  const parked = (call: Call) => ('parkedUntil' in call ? call.parkedUntil : null);
  const held = (call: Call) => ('heldUntil' in call ? call.heldUntil : null);
  const offers = (call: Call) => ('offers' in call ? call.offers.length : 0);
  const kept = (call: Call) => ('keptFor' in call ? call.keptFor : null);
  return (
    before.place === after.place &&
    before.callback === after.callback &&
    before.context === after.context &&
    parked(before) === parked(after) &&
    held(before) === held(after) &&
    kept(before) === kept(after) &&
    offers(before) === offers(after)
  );
}
