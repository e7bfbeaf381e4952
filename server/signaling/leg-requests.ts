/** Requests about the asker's own media connection and own call, whichever side they are on. */
import { callOfLeg, type LegId } from '../../shared/ids.ts';
import { repHangUp } from '../calls/commands/rep-commands.ts';
import { shopperHangUp } from '../calls/commands/shopper-commands.ts';
import { markMuted, noteQuality, type Speaker } from '../calls/commands/talk-commands.ts';
import { CallError } from '../calls/errors.ts';
import { repIdOf } from '../calls/model/call.ts';
import { type LoadedCall, loadCallOfRep, loadLiveCallOf } from '../calls/writing/call-rows.ts';
import type { Change } from '../calls/writing/change.ts';
import type { Handler } from './handler.ts';
import { nearLeg } from './near-leg.ts';
import { legOf, type Session } from './session.ts';
import type { Sessions } from './sessions.ts';

const open: Handler<'leg.open', Session> = async ({ plane, audio, sessions }, session, data) => {
  const leg = ownLeg(sessions, session);
  const media = await plane.openLeg(leg, data.rtpCapabilities, nearLeg(sessions, plane, session));
  const callId = callOfLeg(leg);
  // The call may have ended just before: its graph, stated again, closes the leg that came too late.
  if (callId) audio.reconcile(callId);
  return { media };
};

const connect: Handler<'leg.connect', Session> = async ({ plane, sessions }, session, data) => {
  await plane.connect(ownLeg(sessions, session), data.transportId, data.dtlsParameters);
  return {};
};

const produce: Handler<'leg.produce', Session> = async ({ plane, metrics, sessions }, session, data) => {
  const producerId = await plane.produce(ownLeg(sessions, session), data.rtpParameters);
  if (session.role === 'shopper' && session.setUpSince !== null) {
    metrics.callSetup.observe((performance.now() - session.setUpSince) / 1000);
    session.setUpSince = null;
  }
  return { producerId };
};

const restartIce: Handler<'leg.restart-ice', Session> = async ({ plane, sessions }, session, data) => ({
  iceParameters: await plane.restartIce(ownLeg(sessions, session), data.transportId),
});

const mute: Handler<'leg.mute', Session> = async (deps, session, data) => {
  const { sessions } = deps;
  await markMuted(deps, speaker(session), data.muted);
  // Asked for from another window: the silence is made where the microphone is.
  if (!sessions.holds(session))
    for (const window of sessions.ofSamePerson(session))
      if (sessions.holds(window)) window.socket.send({ push: 'muted', muted: data.muted });
  return {};
};

/** Kept with the session, since it is worth as much as the page that said it; a page that reconnects says it again. */
const microphone: Handler<'leg.microphone', Session> = async (
  { transactions, sessions },
  session,
  { state },
) => {
  ownLeg(sessions, session);
  session.microphone = state;
  await transactions.change([], async change => {
    const own = await callOf(change, session);
    if (own) change.touch({ siteId: own.call.siteId, call: own.call.id, rep: repIdOf(own.call) });
  });
  return {};
};

const quality: Handler<'leg.quality', Session> = async (deps, session, data) => {
  await noteQuality(deps, speaker(session), data);
  return {};
};

const hangUp: Handler<'call.hang-up', Session> = async ({ transactions }, session, { callId }) => {
  if (session.role === 'rep')
    await transactions.changeRep(session.repId, change => repHangUp(change, session.repId, callId));
  else
    await transactions.change([session.siteId], change =>
      shopperHangUp(change, session.siteId, session.shopperId, callId),
    );
  return {};
};

const speaker = (session: Session): Speaker =>
  session.role === 'rep'
    ? { repId: session.repId }
    : { siteId: session.siteId, shopperId: session.shopperId };

const callOf = ({ db }: Change, session: Session): Promise<LoadedCall | undefined> =>
  session.role === 'rep'
    ? loadCallOfRep(db, session.repId)
    : loadLiveCallOf(db, session.siteId, session.shopperId);

/** Throws `not-in-call`, or `in-use-elsewhere` where the call is in another window of the same person. */
function ownLeg(sessions: Sessions, session: Session): LegId {
  if (!sessions.holds(session)) throw new CallError('in-use-elsewhere', 'The call is in another window.');
  const leg = legOf(session);
  if (!leg) throw new CallError('not-in-call', 'You are not in a call.');
  return leg;
}

export const legRequests = {
  'leg.open': open,
  'leg.connect': connect,
  'leg.produce': produce,
  'leg.restart-ice': restartIce,
  'leg.mute': mute,
  'leg.microphone': microphone,
  'leg.quality': quality,
  'call.hang-up': hangUp,
};
