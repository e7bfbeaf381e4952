/** Requests that only reps make. */

import type { CallId } from '../../shared/ids.ts';
import { blockCaller } from '../calls/commands/blocks.ts';
import { callbackOutcome } from '../calls/commands/callbacks.ts';
import { holdShopper } from '../calls/commands/hold.ts';
import { transferCall } from '../calls/commands/move.ts';
import { acceptOffer, declineOffer } from '../calls/commands/offers.ts';
import { chooseStatus, finishWrapUp, missedSeen } from '../calls/commands/rep-commands.ts';
import { readColleagues, takeBackTransfer, transferToRep } from '../calls/commands/transfer-to-rep.ts';
import { pickUp, removeEntry, siteOfCall } from '../calls/commands/waiting-entries.ts';
import type { Change } from '../calls/writing/change.ts';
import { sitesOfRep } from '../store/sites.ts';
import type { SignalingDeps } from './deps.ts';
import type { Handler } from './handler.ts';
import type { RepSession } from './session.ts';

const status: Handler<'rep.status', RepSession> = async ({ transactions, log }, { repId }, data) => {
  await transactions.changeRep(repId, (change, sites) =>
    chooseStatus(change, sites, repId, data.status, data.note),
  );
  log.info({ rep: repId, status: data.status }, 'status chosen');
  return {};
};

const seen: Handler<'missed.seen', RepSession> = async ({ transactions }, { repId }, data) => {
  await transactions.changeRep(repId, (change, sites) => missedSeen(change, sites, repId, data.at));
  return {};
};

const accept: Handler<'offer.accept', RepSession> = async ({ transactions, metrics }, { repId }, data) => {
  const call = await transactions.changeRep(repId, change => acceptOffer(change, repId, data.offerId));
  // Of a callback the shopper is still to be reached, and has not been kept waiting.
  // Nor has the shopper of a talk that was sent on.
  if (call.state === 'talking' && !call.handed)
    metrics.callWait.observe((call.answeredAt - call.place.queuedAt) / 1000);
  return { callId: call.id };
};

const decline: Handler<'offer.decline', RepSession> = async ({ transactions }, { repId }, data) => {
  await transactions.changeRep(repId, change => declineOffer(change, repId, data.offerId, data.reason));
  return {};
};

const wrapUp: Handler<'wrap-up.finish', RepSession> = async ({ transactions }, { repId }, data) => {
  await transactions.changeRep(repId, (change, sites) => finishWrapUp(change, sites, repId, data.note));
  return {};
};

const hold: Handler<'call.hold', RepSession> = async ({ transactions }, { repId }, data) => {
  await transactions.changeRep(repId, change => holdShopper(change, repId, data.callId, data.hold));
  return {};
};

const transfer: Handler<'call.transfer', RepSession> = async ({ transactions }, { repId }, data) => {
  await transactions.changeRep(repId, change =>
    transferCall(change, repId, data.callId, data.queueId, data.note),
  );
  return {};
};

const transferToColleague: Handler<'call.transfer-to-rep', RepSession> = async (
  { transactions },
  { repId },
  { callId, repId: to, note },
) => {
  await transactions.changeRep(repId, change => transferToRep(change, repId, callId, { repId: to, note }));
  return {};
};

const takeBack: Handler<'call.take-back', RepSession> = async ({ transactions }, { repId }, data) => {
  await transactions.changeRep(repId, change => takeBackTransfer(change, repId, data.callId));
  return {};
};

const colleagues: Handler<'call.colleagues', RepSession> = async ({ db }, { repId }, { callId }) => ({
  colleagues: await readColleagues(db, repId, callId),
});

const outcome: Handler<'callback.outcome', RepSession> = async ({ transactions }, { repId }, data) => {
  await transactions.changeRep(repId, change => callbackOutcome(change, repId, data.callId, data.outcome));
  return {};
};

/** Supervisors serve lines of sites whose queues are not their own: the call's site is held too. */
async function changeEntry<T>(
  { db, transactions }: SignalingDeps,
  session: RepSession,
  callId: CallId,
  work: (change: Change) => Promise<T>,
): Promise<T> {
  const site = await siteOfCall(db, callId);
  const sites = new Set(await sitesOfRep(db, session.repId));
  if (site) sites.add(site);
  return transactions.change([...sites].sort(), work);
}

const pickUpEntry: Handler<'queue.pick-up', RepSession> = async (deps, session, { callId }) => {
  const { repId } = session;
  const call = await changeEntry(deps, session, callId, change => pickUp(change, repId, callId));
  if (call.state === 'talking') deps.metrics.callWait.observe((call.answeredAt - call.place.queuedAt) / 1000);
  return { callId };
};

const remove: Handler<'queue.remove', RepSession> = async (deps, session, { callId, reason }) => {
  const { repId } = session;
  await changeEntry(deps, session, callId, change => removeEntry(change, repId, callId, reason));
  return {};
};

const block: Handler<'caller.block', RepSession> = async (deps, session, wish) => {
  const { repId } = session;
  await changeEntry(deps, session, wish.callId, change => blockCaller(change, repId, wish));
  return {};
};

export const repRequests = {
  'rep.status': status,
  'missed.seen': seen,
  'offer.accept': accept,
  'offer.decline': decline,
  'call.hold': hold,
  'call.transfer': transfer,
  'call.transfer-to-rep': transferToColleague,
  'call.take-back': takeBack,
  'call.colleagues': colleagues,
  'callback.outcome': outcome,
  'queue.pick-up': pickUpEntry,
  'queue.remove': remove,
  'caller.block': block,
  'wrap-up.finish': wrapUp,
};
