/** Makes the media plane's edges follow the calls: states the graph of what a transaction made of them, right after its commit. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import {
  type CallId,
  callOfLeg,
  type LegId,
  type QueueId,
  type RepId,
  repLeg,
  repOfLeg,
  type SiteId,
  shopperLeg,
} from '../../../shared/ids.ts';
import type { Bus } from '../../bus/bus.ts';
import type { MediaPlane } from '../../media/plane.ts';
import { literal } from '../../store/literals.ts';
import type { Database } from '../../store/schema.ts';
import { StoreDown } from '../../store/store-error.ts';
import type { Transactions } from '../transaction/transactions.ts';
import { type LoadedCall, loadCall } from '../writing/call-rows.ts';
import { audibleCall, audioGraph, edgesAtStart, musicSource } from './audio-graph.ts';

export type AudioReconciler = {
  /** A call with this id is about to start: its music is wanted already. `forget` it if it does not. */
  expect(callId: CallId): void;
  forget(callId: CallId): void;
  /** State the wanted graph of a call as it is now, ahead of the next change; for an ended call, close its leg. */
  reconcile(callId: CallId): void;
  /** The wanted graph of everything anew: changes may have gone by unread. */
  reconcileAll(): Promise<void>;
  /** Waits for work in hand. */
  close(): Promise<void>;
};

type AudioReconcilerOptions = {
  db: Kysely<Database>;
  bus: Bus;
  transactions: Pick<Transactions, 'onCommit'>;
  plane: MediaPlane;
  /** Whether the rep's console is connected. */
  repIsHere(repId: RepId): boolean;
  log: Logger;
};

export function createAudioReconciler(options: AudioReconcilerOptions): AudioReconciler {
  const { db, bus, transactions, plane, repIsHere, log } = options;
  // One call's graph is read and stated in turn: two changes in flight must not overtake each other.
  const concurrencyCaps = new Map<CallId, Promise<void>>();

  // The store's monitor tells its own trouble, once; everything is reconciled anew when it is over.
  const failed = (error: unknown, about: Record<string, string>, what: string) => {
    if (!(error instanceof StoreDown)) log.error({ err: error, ...about }, what);
  };

  const isAudible = (leg: LegId) => {
    const repId = repOfLeg(leg);
    return repId !== null && repIsHere(repId) && plane.hasMicrophone(leg);
  };
  /** Calls in which somebody has muted a microphone, which is written beside the changes of the call. */
  const marked = new Set<CallId>();
  const state = ({ call, settings }: LoadedCall): void => {
    if (call.state === 'ended') marked.delete(call.id);
    const audible = audibleCall(call, musicSource(settings.music), isAudible);
    plane.want(call.id, audioGraph(audible).edges);
    // While a callback is being answered, its leg is made before the call is a talk.
    if (audible.parties.length === 0 && call.state !== 'calling-back') plane.closeLeg(shopperLeg(call.id));
  };

  /** What was stated of a call while it was being read is newer than what was read. */
  const newest = new Map<CallId, LoadedCall>();
  const reconcile = (callId: CallId): void => {
    const next = (concurrencyCaps.get(callId) ?? Promise.resolve()).then(async () => {
      for (;;) {
        const stated = newest.get(callId);
        const loaded = await loadCall(db, callId);
        if (newest.get(callId) !== stated) continue;
        if (loaded) state(loaded);
        return;
      }
    });
    const settled = next
      .catch(error => failed(error, { call: callId }, 'audio graph not applied'))
      .finally(() => {
        if (concurrencyCaps.get(callId) !== settled) return;
        concurrencyCaps.delete(callId);
        newest.delete(callId);
      });
    concurrencyCaps.set(callId, settled);
  };

  let closed = false;
  const others = new Set<Promise<void>>();
  const track = (work: Promise<void>) => {
    const tracked = work.finally(() => others.delete(tracked));
    others.add(tracked);
  };

  transactions.onCommit(calls => {
    for (const [callId, call] of calls) {
      if (concurrencyCaps.has(callId)) newest.set(callId, call);
      state(call);
      // The change may have read the call before the microphone was muted.
      if (marked.has(callId)) reconcile(callId);
    }
  });
  const unsubscribe = bus.subscribe(change => {
    for (const mark of change.marks) if ('muted' in mark) marked.add(mark.callId);
    for (const callId of change.heardAnew) reconcile(callId);
    for (const repId of change.repIds) closeLegOfAbsentRep(repId);
    for (const queueId of change.musicOf)
      track(
        reconcileLine(change.siteId, queueId).catch(error =>
          failed(error, { queue: queueId }, 'changed hold music not applied'),
        ),
      );
  });

  /** A talk's silent music follows with the next change of that call. */
  const reconcileLine = async (siteId: SiteId, queueId: QueueId) => {
    const line = await db
      .selectFrom('calls')
      .select('id')
      .where('site_id', '=', siteId)
      .where('queue_id', '=', queueId)
      .where('state', 'in', [...literal.inLine])
      .execute();
    for (let from = 0; from < line.length && !closed; from += callsAtOnce) {
      const some = line.slice(from, from + callsAtOnce);
      for (const { id } of some) reconcile(id);
      await Promise.all(some.map(({ id }) => concurrencyCaps.get(id)));
      await nextTurn();
    }
  };

  const closeLegOfAbsentRep = (repId: Parameters<typeof repLeg>[0]) => {
    if (repIsHere(repId) || !plane.hasLeg(repLeg(repId))) return;
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
    reconcile,
    async reconcileAll() {
      const live = await db.selectFrom('calls').select('id').where('state', '<>', literal.ended).execute();
      for (const { id } of live) reconcile(id);
      for (const leg of plane.legs()) {
        const [callId, repId] = [callOfLeg(leg), repOfLeg(leg)];
        if (callId) reconcile(callId);
        if (repId) closeLegOfAbsentRep(repId);
      }
    },
    expect(callId) {
      plane.want(callId, edgesAtStart(shopperLeg(callId)));
    },
    forget(callId) {
      plane.want(callId, []);
      plane.closeLeg(shopperLeg(callId));
    },
    async close() {
      closed = true;
      unsubscribe();
      await Promise.all([...concurrencyCaps.values(), ...others]);
    },
  };
}

/** Calls reconciled in one go when a queue's music changes; others get their turn in between. */
const callsAtOnce = 100;
