/** Requests that only shoppers make. */
import { randomUUID } from 'node:crypto';
import { type CallId, shopperLeg } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import { endCall } from '../calls/call-life.ts';
import { CallError } from '../calls/errors.ts';
import { startCall, updateContext } from '../calls/shopper-commands.ts';
import type { Handler } from './handler.ts';
import type { ShopperSession } from './session.ts';

/** The call's entry into the line and its media are made at the same time: a shopper waits for the slower, not for both. */
const start: Handler<'call.start', ShopperSession> = async (deps, session, data) => {
  const { door, conductor, plane, log } = deps;
  const receivedAt = performance.now();
  if (deps.sessions.callsFrom(session.socket.address) >= limits.callsPerAddress)
    throw new CallError(
      'too-many',
      'Too many calls from your network at once. Please try again in a moment.',
    );
  const { siteId, shopperId } = session;
  const callId = randomUUID() as string as CallId;
  const entering = door.change([siteId], change =>
    startCall(change, { callId, siteId, shopperId, queueId: data.queueId, context: data.context }),
  );
  // The music is wanted before the leg exists, so that the answer already carries it.
  conductor.expect(callId);
  const opening = plane.openLeg(shopperLeg(callId), data.rtpCapabilities);
  const [entered, opened] = await Promise.allSettled([entering, opening]);
  if (entered.status === 'rejected') {
    conductor.forget(callId);
    throw entered.reason;
  }
  log.info({ site: siteId, call: callId }, 'call started');
  if (opened.status === 'rejected') {
    await door.change([siteId], change => endCall(change, callId, 'media-failed'));
    throw opened.reason;
  }
  session.setUpSince = receivedAt;
  deps.sessions.setCall(session, callId);
  deps.pushes.refreshSoon(session);
  // A rep may ring already: what was added to the leg while the call entered the line is part of the answer.
  return { callId, media: { ...opened.value, hearing: plane.hearing(shopperLeg(callId)) } };
};

const context: Handler<'call.context', ShopperSession> = async ({ door }, session, data) => {
  await door.change([session.siteId], change =>
    updateContext(change, session.siteId, session.shopperId, data.context),
  );
  return {};
};

export const shopperRequests = { 'call.start': start, 'call.context': context };
