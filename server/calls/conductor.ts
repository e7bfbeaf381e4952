/** Makes the media plane's edges follow the calls: reads what changed, and states the wanted graph. */
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { type CallId, repLeg, shopperLeg } from '../../shared/ids.ts';
import type { Bus } from '../bus/bus.ts';
import type { MediaPlane } from '../media/plane.ts';
import type { Database } from '../store/schema.ts';
import { type AudibleCall, audioGraph } from './audio-graph.ts';

export type Conductor = {
  /** State the wanted edges of one call now, ahead of the bus: `call.start` needs the music in its answer. */
  conduct(callId: CallId): Promise<void>;
  /** Waits for work in hand. */
  close(): Promise<void>;
};

type ConductorOptions = { db: Kysely<Database>; bus: Bus; plane: MediaPlane; log: Logger };

export function createConductor({ db, bus, plane, log }: ConductorOptions): Conductor {
  // One call's graph is read and stated in turn: two changes in flight must not overtake each other.
  const inHand = new Map<CallId, Promise<void>>();

  const conduct = (callId: CallId): Promise<void> => {
    const next = (inHand.get(callId) ?? Promise.resolve()).then(async () => {
      const call = await readAudibleCall(db, callId);
      if (!call) return;
      plane.want(callId, audioGraph(call));
      if (call.state === 'ended') plane.closeLeg(shopperLeg(callId));
    });
    const settled = next.catch(error => log.error({ err: error, call: callId }, 'audio graph not applied'));
    inHand.set(callId, settled);
    settled.finally(() => {
      if (inHand.get(callId) === settled) inHand.delete(callId);
    });
    return next;
  };

  const unsubscribe = bus.subscribe(change => {
    for (const callId of change.callIds) conduct(callId).catch(() => undefined);
    for (const repId of change.repIds) closeLegOfAbsentRep(repId);
  });

  const closeLegOfAbsentRep = (repId: Parameters<typeof repLeg>[0]) => {
    if (!plane.hasLeg(repLeg(repId))) return;
    db.selectFrom('reps')
      .select(['session_id', 'lost_until'])
      .where('id', '=', repId)
      .executeTakeFirst()
      .then(rep => {
        if (!rep || (rep.session_id === null && rep.lost_until === null)) plane.closeLeg(repLeg(repId));
      })
      .catch(error => log.error({ err: error, rep: repId }, 'leg of an absent rep not closed'));
  };

  return {
    conduct,
    async close() {
      unsubscribe();
      await Promise.all(inHand.values());
    },
  };
}

async function readAudibleCall(db: Kysely<Database>, callId: CallId): Promise<AudibleCall | undefined> {
  const call = await db
    .selectFrom('calls')
    .leftJoin('reps', 'reps.id', 'calls.rep_id')
    .select(['calls.id', 'calls.queue_id', 'calls.state', 'calls.rep_id', 'reps.session_id'])
    .where('calls.id', '=', callId)
    .executeTakeFirst();
  if (!call) return undefined;
  const ringing = await db
    .selectFrom('offers')
    .select('rep_id')
    .where('call_id', '=', callId)
    .where('state', '=', 'live')
    .execute();
  return {
    id: call.id,
    queueId: call.queue_id,
    state: call.state,
    repId: call.rep_id,
    ringing: ringing.map(offer => offer.rep_id),
    repLost: call.rep_id !== null && call.session_id === null,
  };
}
