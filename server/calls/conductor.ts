/** Makes the media plane's edges follow the calls: reads what changed, and states the wanted graph. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import {
  type CallId,
  callOfLeg,
  type QueueId,
  repLeg,
  repOfLeg,
  type SiteId,
  shopperLeg,
} from '../../shared/ids.ts';
import type { Bus } from '../bus/bus.ts';
import type { MediaPlane } from '../media/plane.ts';
import { literal } from '../store/literals.ts';
import { readQueueSettings } from '../store/queue-settings.ts';
import type { Database } from '../store/schema.ts';
import { StoreDown } from '../store/store-error.ts';
import { type AudibleCall, audioGraph, musicSource } from './audio-graph.ts';

export type Conductor = {
  /** A call with this id is about to start: its music is wanted already. `forget` it if it does not. */
  expect(callId: CallId): void;
  forget(callId: CallId): void;
  /** State the wanted graph of a call as it is now, ahead of the next change; for an ended call, close its leg. */
  conduct(callId: CallId): void;
  /** The wanted graph of everything anew: changes may have gone by unread. */
  conductAll(): Promise<void>;
  /** Waits for work in hand. */
  close(): Promise<void>;
};

type ConductorOptions = { db: Kysely<Database>; bus: Bus; plane: MediaPlane; log: Logger };

export function createConductor({ db, bus, plane, log }: ConductorOptions): Conductor {
  // One call's graph is read and stated in turn: two changes in flight must not overtake each other.
  const inHand = new Map<CallId, Promise<void>>();

  // The store's monitor tells its own trouble, once; everything is conducted anew when it is over.
  const failed = (error: unknown, about: Record<string, string>, what: string) => {
    if (!(error instanceof StoreDown)) log.error({ err: error, ...about }, what);
  };

  const conduct = (callId: CallId): void => {
    const next = (inHand.get(callId) ?? Promise.resolve()).then(async () => {
      const call = await readAudibleCall(db, callId);
      if (!call) return;
      plane.want(callId, audioGraph(call));
      if (call.state === 'ended' || (call.silent && call.state !== 'calling-back'))
        plane.closeLeg(shopperLeg(callId));
    });
    const settled = next
      .catch(error => failed(error, { call: callId }, 'audio graph not applied'))
      .finally(() => {
        if (inHand.get(callId) === settled) inHand.delete(callId);
      });
    inHand.set(callId, settled);
  };

  let closed = false;
  const others = new Set<Promise<void>>();
  const track = (work: Promise<void>) => {
    const tracked = work.finally(() => others.delete(tracked));
    others.add(tracked);
  };

  const unsubscribe = bus.subscribe(change => {
    for (const callId of change.callIds) conduct(callId);
    for (const repId of change.repIds) closeLegOfAbsentRep(repId);
    for (const queueId of change.musicOf)
      track(
        conductLine(change.siteId, queueId).catch(error =>
          failed(error, { queue: queueId }, 'changed hold music not applied'),
        ),
      );
  });

  /** A talk's silent music follows with the next change of that call. */
  const conductLine = async (siteId: SiteId, queueId: QueueId) => {
    const line = await db
      .selectFrom('calls')
      .select('id')
      .where('site_id', '=', siteId)
      .where('queue_id', '=', queueId)
      .where('state', 'in', [...literal.inLine])
      .execute();
    for (let from = 0; from < line.length && !closed; from += callsAtOnce) {
      const some = line.slice(from, from + callsAtOnce);
      for (const { id } of some) conduct(id);
      await Promise.all(some.map(({ id }) => inHand.get(id)));
      await nextTurn();
    }
  };

  const closeLegOfAbsentRep = (repId: Parameters<typeof repLeg>[0]) => {
    if (!plane.hasLeg(repLeg(repId))) return;
    const closing = db
      .selectFrom('reps')
      .select(['session_id', 'lost_until'])
      .where('id', '=', repId)
      .executeTakeFirst()
      .then(rep => {
        if (!rep || (rep.session_id === null && rep.lost_until === null)) plane.closeLeg(repLeg(repId));
      })
      .catch(error => failed(error, { rep: repId }, 'leg of an absent rep not closed'));
    track(closing);
  };

  return {
    conduct,
    async conductAll() {
      const live = await db.selectFrom('calls').select('id').where('state', '<>', literal.ended).execute();
      for (const { id } of live) conduct(id);
      for (const leg of plane.legs()) {
        const [callId, repId] = [callOfLeg(leg), repOfLeg(leg)];
        if (callId) conduct(callId);
        if (repId) closeLegOfAbsentRep(repId);
      }
    },
    expect(callId) {
      plane.want(callId, audioGraph(expectedCall(callId)));
    },
    forget(callId) {
      plane.want(callId, []);
      plane.closeLeg(shopperLeg(callId));
    },
    async close() {
      closed = true;
      unsubscribe();
      await Promise.all([...inHand.values(), ...others]);
    },
  };
}

/** Calls conducted in one go when a queue's music changes; others get their turn in between. */
const callsAtOnce = 100;

/** What a call looks like when it has just begun. Which queue it will be in, and so its music, is not known yet. */
const expectedCall = (id: CallId): AudibleCall => ({
  id,
  state: 'waiting',
  repId: null,
  ringing: [],
  silent: false,
  music: musicSource(null),
  repLost: false,
});

async function readAudibleCall(db: Kysely<Database>, callId: CallId): Promise<AudibleCall | undefined> {
  const call = await db
    .selectFrom('calls')
    .innerJoin('queues', 'queues.id', 'calls.queue_id')
    .leftJoin('reps', 'reps.id', 'calls.rep_id')
    .select([
      'calls.id',
      'calls.state',
      'calls.rep_id',
      'calls.callback_kind',
      'queues.settings',
      'reps.session_id',
      'reps.media_ready',
    ])
    .where('calls.id', '=', callId)
    .executeTakeFirst();
  if (!call) return undefined;
  const ringing = await db
    .selectFrom('offers')
    .select('rep_id')
    .where('call_id', '=', callId)
    .where('state', '=', literal.live)
    .execute();
  return {
    id: call.id,
    state: call.state,
    repId: call.rep_id,
    ringing: ringing.map(offer => offer.rep_id),
    silent: call.callback_kind !== null,
    music: musicSource(readQueueSettings(call).music),
    repLost: call.rep_id !== null && (call.session_id === null || call.media_ready !== 1),
  };
}
