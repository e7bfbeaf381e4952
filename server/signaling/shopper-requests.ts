/** Requests that only shoppers make. */
import { randomUUID } from 'node:crypto';
import { type CallId, shopperLeg } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import { CallError } from '../calls/errors.ts';
import { shopperLost, startCall, updateContext } from '../calls/shopper-commands.ts';
import type { Handler } from './handler.ts';
import type { ShopperSession } from './session.ts';

/**
 * The media first, then the line: the answer goes out in the very turn of the event loop in which the call is
 * committed, before anybody is told of it. What takes longest for the shopper, connecting, begins that much earlier.
 */
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
  // The music is wanted before the leg exists, so that the answer already carries it.
  conductor.expect(callId);
  try {
    const media = await plane.openLeg(shopperLeg(callId), data.rtpCapabilities);
    await door.change(
      [siteId],
      change =>
        startCall(change, { callId, siteId, shopperId, queueId: data.queueId, context: data.context }),
      { tellAfterMs: limits.setUpHeadStartMs },
    );
    log.info({ site: siteId, call: callId }, 'call started');
    // The socket may have closed while the call began; its loss found no call to park then.
    if (!deps.sessions.has(session))
      await door.change([siteId], change => shopperLost(change, siteId, shopperId));
    session.setUpSince = receivedAt;
    deps.sessions.setCall(session, callId);
    return { callId, media };
  } catch (error) {
    conductor.forget(callId);
    throw error;
  }
};

const context: Handler<'call.context', ShopperSession> = async ({ door }, session, data) => {
  await door.change([session.siteId], change =>
    updateContext(change, session.siteId, session.shopperId, data.context),
  );
  return {};
};

export const shopperRequests = { 'call.start': start, 'call.context': context };
