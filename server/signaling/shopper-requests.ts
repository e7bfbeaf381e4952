/** Requests that only shoppers make. */
import { shopperLeg } from '../../shared/ids.ts';
import { endCall } from '../calls/call-life.ts';
import { startCall, updateContext } from '../calls/shopper-commands.ts';
import type { Handler } from './handler.ts';
import type { ShopperSession } from './session.ts';

const start: Handler<'call.start', ShopperSession> = async (deps, session, data) => {
  const { door, conductor, plane, log } = deps;
  const receivedAt = performance.now();
  const call = await door.change([session.siteId], change =>
    startCall(change, {
      siteId: session.siteId,
      shopperId: session.shopperId,
      queueId: data.queueId,
      context: data.context,
    }),
  );
  log.info({ site: session.siteId, call: call.id }, 'call started');
  deps.sessions.setCall(session, call.id);
  session.setUpSince = receivedAt;
  try {
    // The music is wanted before the leg exists, so that the answer already carries it.
    await conductor.conduct(call.id);
    const media = await plane.openLeg(shopperLeg(call.id), data.rtpCapabilities);
    return { callId: call.id, media };
  } catch (error) {
    await door.change([session.siteId], change => endCall(change, call.id, 'media-failed'));
    throw error;
  } finally {
    deps.pushes.refreshSoon(session);
  }
};

const context: Handler<'call.context', ShopperSession> = async ({ door }, session, data) => {
  await door.change([session.siteId], change =>
    updateContext(change, session.siteId, session.shopperId, data.context),
  );
  return {};
};

export const shopperRequests = { 'call.start': start, 'call.context': context };
