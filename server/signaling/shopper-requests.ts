/** Requests that only shoppers make. */
import { randomUUID } from 'node:crypto';
import { type CallId, shopperLeg } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import { languageOf } from '../../shared/own-words.ts';
import type { LegMedia } from '../../shared/protocol.ts';
import {
  answerCallback,
  askForCallback,
  leaveLineForCallback,
  putOffCallback,
} from '../calls/commands/callbacks.ts';
import { allowPush } from '../calls/commands/push.ts';
import { shopperLost, startCall, updateContext } from '../calls/commands/shopper-commands.ts';
import { CallError } from '../calls/errors.ts';
import { loadLiveCallOf } from '../calls/writing/call-rows.ts';
import type { SignalingDeps } from './deps.ts';
import type { Handler } from './handler.ts';
import { nearLeg } from './near-leg.ts';
import type { ShopperSession } from './session.ts';

/**
 * The media first, then the line: the answer goes out as soon as the call is committed and on the disk, before anybody
 * is told of it. What takes longest for the shopper, connecting, begins that much earlier.
 */
const start: Handler<'call.start', ShopperSession> = async (deps, session, data) => {
  const { transactions, audio, plane } = deps;
  const receivedAt = performance.now();
  const { siteId, shopperId } = session;
  const asked = deps.reservations.ask('call', { address: session.socket.address, siteId });
  const callId = randomUUID() as string as CallId;
  // The music is wanted before the leg exists, so that the answer already carries it.
  audio.expect(callId);
  let media: LegMedia;
  try {
    media = await plane.openLeg(
      shopperLeg(callId),
      data.rtpCapabilities,
      nearLeg(deps.sessions, plane, session),
    );
    await transactions.change(
      [siteId],
      change =>
        startCall(change, {
          ...{ callId, siteId, shopperId, queueId: data.queueId, context: data.context },
          networkMark: asked.mark,
        }),
      { publishAfterMs: limits.setUpHeadStartMs },
    );
  } catch (error) {
    asked.refused(error);
    audio.forget(callId);
    throw error;
  }
  asked.granted(callId);
  // The socket may have closed while the call began; its loss found no call to park then.
  if (!deps.sessions.has(session))
    await transactions.change([siteId], change => shopperLost(change, siteId, shopperId));
  session.setUpSince = receivedAt;
  // The call is in the window in which it was asked for: there the microphone is.
  const moves = !deps.sessions.holds(session) && deps.sessions.hold(session);
  if (moves) for (const window of deps.sessions.ofSamePerson(session)) deps.pushes.refreshSoon(window);
  deps.sessions.setCall(session, callId);
  return { callId, media: asHeardNow(deps, media) };
};

/** What is heard may have changed since the leg was opened, which a page that does not know the leg yet was told in vain. */
const asHeardNow = ({ plane }: SignalingDeps, media: LegMedia): LegMedia => ({
  ...media,
  hearing: plane.hearing(media.legId),
});

/** A click that led to no call is demand that was not met. */
const countRefusals =
  (handler: Handler<'call.start', ShopperSession>): Handler<'call.start', ShopperSession> =>
  async (deps, session, data) => {
    try {
      return await handler(deps, session, data);
    } catch (error) {
      const { siteId, socket } = session;
      const network = deps.networkOf(socket.address);
      if (error instanceof CallError)
        deps.unmetDemand.note({ siteId, queueId: data.queueId, code: error.code, network });
      throw error;
    }
  };

const context: Handler<'call.context', ShopperSession> = async ({ transactions }, session, data) => {
  // The page speaks another language now: so do the words of the shop that it is shown.
  const language = languageOf(data.context.language);
  if (language) session.languages = [language];
  await transactions.change([session.siteId], change =>
    updateContext(change, session.siteId, session.shopperId, data.context),
  );
  return {};
};

const askCallback: Handler<'callback.request', ShopperSession> = async (deps, session, data) => {
  const { transactions, pushServices } = deps;
  const { siteId, shopperId } = session;
  const phone = data.kind === 'phone' ? data.phone : null;
  const asked = deps.reservations.ask(data.kind, { address: session.socket.address, siteId });
  const asks = transactions.change([siteId], async change => {
    const waits = await loadLiveCallOf(change.db, siteId, shopperId);
    if (waits || data.kind === 'page')
      return leaveLineForCallback(change, siteId, shopperId, {
        kind: data.kind,
        phone,
        networkMark: asked.mark,
      });
    const callId = randomUUID() as string as CallId;
    const { queueId, context } = data;
    const wanted = { callId, siteId, shopperId, queueId, context, networkMark: asked.mark };
    return askForCallback(change, wanted, data.phone);
  });
  const call = await asks.catch(error => {
    asked.refused(error);
    throw error;
  });
  asked.granted(call.id);
  // Whoever only looked at the shop was found by no call when the change was published.
  deps.sessions.setCall(session, call.id);
  deps.pushes.refreshSoon(session);
  return { callId: call.id, pushKey: pushServices.publicKey };
};

const push: Handler<'callback.push', ShopperSession> = async (
  { transactions, pushServices },
  session,
  data,
) => {
  const { siteId, shopperId } = session;
  const { callId, subscription } = data;
  if (!pushServices.knows(subscription.endpoint))
    throw new CallError(
      'bad-request',
      'This server does not know that push service; see PUSH_SERVICES. The open page rings all the same.',
    );
  await transactions.change([siteId], change => allowPush(change, siteId, shopperId, callId, subscription));
  return {};
};

/** The media first, as when a call starts: the rep is waiting already. */
const answerBack: Handler<'callback.answer', ShopperSession> = async (deps, session, data) => {
  const { transactions, audio, plane } = deps;
  const { siteId, shopperId } = session;
  const { callId } = data;
  const own = await loadLiveCallOf(deps.db, siteId, shopperId);
  if (own?.call.id !== callId) throw new CallError('not-found', 'That call is not yours or is over.');
  const near = nearLeg(deps.sessions, plane, session);
  const media = await plane.openLeg(shopperLeg(callId), data.rtpCapabilities, near);
  try {
    await transactions.change([siteId], change => answerCallback(change, siteId, shopperId, callId));
  } catch (error) {
    audio.reconcile(callId);
    throw error;
  }
  deps.sessions.setCall(session, callId);
  return { callId, media: asHeardNow(deps, media) };
};

const putOff: Handler<'callback.put-off', ShopperSession> = async ({ transactions }, session, data) => {
  const { siteId, shopperId } = session;
  await transactions.change([siteId], change => putOffCallback(change, siteId, shopperId, data.callId));
  return {};
};

export const shopperRequests = {
  'call.start': countRefusals(start),
  'call.context': context,
  'callback.request': askCallback,
  'callback.push': push,
  'callback.answer': answerBack,
  'callback.put-off': putOff,
};
