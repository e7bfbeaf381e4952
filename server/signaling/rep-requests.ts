/** Requests that only reps make. */
import { callbackOutcome } from '../calls/commands/callbacks.ts';
import { transferCall } from '../calls/commands/move.ts';
import { chooseStatus, finishWrapUp, missedSeen } from '../calls/commands/rep-commands.ts';
import { acceptOffer, declineOffer } from '../calls/life/offers.ts';
import type { Handler } from './handler.ts';
import type { RepSession } from './session.ts';

const status: Handler<'rep.status', RepSession> = async ({ door, log }, { repId }, data) => {
  await door.changeRep(repId, (change, sites) => chooseStatus(change, sites, repId, data.status, data.note));
  log.info({ rep: repId, status: data.status }, 'status chosen');
  return {};
};

const seen: Handler<'missed.seen', RepSession> = async ({ door }, { repId }, data) => {
  await door.changeRep(repId, (change, sites) => missedSeen(change, sites, repId, data.at));
  return {};
};

const accept: Handler<'offer.accept', RepSession> = async ({ door, metrics, log }, { repId }, data) => {
  const call = await door.changeRep(repId, change => acceptOffer(change, repId, data.offerId));
  const about = { site: call.site_id, call: call.id, rep: repId };
  // Of a callback the shopper is still to be reached, and has not been kept waiting.
  if (call.answered_at === null) log.info(about, 'callback taken');
  else {
    const waitedMs = call.answered_at - call.queued_at;
    metrics.callWait.observe(waitedMs / 1000);
    log.info({ ...about, waitedMs }, 'call answered');
  }
  return { callId: call.id };
};

const decline: Handler<'offer.decline', RepSession> = async ({ door, log }, { repId }, data) => {
  await door.changeRep(repId, change => declineOffer(change, repId, data.offerId, data.reason));
  log.info({ rep: repId, offer: data.offerId }, 'offer declined');
  return {};
};

const wrapUp: Handler<'wrap-up.finish', RepSession> = async ({ door }, { repId }, data) => {
  await door.changeRep(repId, (change, sites) => finishWrapUp(change, sites, repId, data.note));
  return {};
};

const transfer: Handler<'call.transfer', RepSession> = async ({ door, log }, { repId }, data) => {
  await door.changeRep(repId, change => transferCall(change, repId, data.callId, data.queueId));
  log.info({ rep: repId, call: data.callId, queue: data.queueId }, 'call transferred');
  return {};
};

const outcome: Handler<'callback.outcome', RepSession> = async ({ door, log }, { repId }, data) => {
  await door.changeRep(repId, change => callbackOutcome(change, repId, data.callId, data.outcome));
  log.info({ rep: repId, call: data.callId, outcome: data.outcome }, 'callback made');
  return {};
};

export const repRequests = {
  'rep.status': status,
  'missed.seen': seen,
  'offer.accept': accept,
  'offer.decline': decline,
  'call.transfer': transfer,
  'callback.outcome': outcome,
  'wrap-up.finish': wrapUp,
};
