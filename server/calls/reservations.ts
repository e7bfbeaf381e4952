/**
 * The caps on live calls and callbacks. Room is taken before anything is done for one, and kept until the call ends,
 * whoever is connected meanwhile and from where. The database knows which calls live: what is held follows it after a
 * restart, and whenever it is not sure what became of a change.
 */
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { CallbackKind } from '../../shared/domain.ts';
import type { CallId, SiteId } from '../../shared/ids.ts';
import { allowances, type Cap, caps, limits } from '../../shared/limits.ts';
import type { Bus } from '../bus/bus.ts';
import { MediaError } from '../media/plane.ts';
import { networkMark } from '../quota/network.ts';
import { Quota, QuotaFull, type Reservation } from '../quota/quota.ts';
import { Rate } from '../quota/rate.ts';
import { literal } from '../store/literals.ts';
import type { Database } from '../store/schema.ts';
import { CallError } from './errors.ts';

/** What a live call is counted as. A callback that was answered goes on as what it was asked for. */
export type ReservedKind = 'call' | CallbackKind;

/** Room for one that is not in the database yet. */
export type Asked = {
  /** Whose network it is, as it is to be kept with the call. */
  readonly mark: string;
  /** The call lives: the room is its own until it ends, in the place of what it had. */
  granted(callId: CallId): void;
  /** It was not made, for this reason. */
  refused(reason: unknown): void;
};

export type Reservations = {
  /**
   * Take room for a call or callback, before anything is awaited.
   *
   * @throws CallError `too-many`
   */
  ask(kind: ReservedKind, asker: { address: string; siteId: SiteId }): Asked;
  /** Make what is held equal to what lives. Done by itself once in a while, and when a change is in doubt. */
  reconcile(): Promise<void>;
  /** How many are counted, also those that are only asked for. */
  open(kind: ReservedKind): number;
  close(): Promise<void>;
};

type ReservationsOptions = {
  db: Kysely<Database>;
  bus: Bus;
  /** The key of the marks that stand for networks. */
  markKey: Uint8Array;
  log: Logger;
  /** Other bounds, for tests. */
  caps?: Readonly<Record<'calls' | 'pageCallbacks' | 'phoneCallbacks', Cap>>;
};

const words: Record<ReservedKind, Record<QuotaFull['scope'], string>> = {
  call: {
    network: 'Too many calls from your network at once. Please try again in a moment.',
    site: 'Too many people are calling right now. Please try again in a moment.',
    all: 'Too many people are calling right now. Please try again in a moment.',
  },
  page: {
    network: 'Too many people of your network wait for a call already. Please try again later.',
    site: 'Too many people wait to be called back right now. Please try again later.',
    all: 'Too many people wait to be called back right now. Please try again later.',
  },
  phone: {
    network: 'Too many numbers were left from your network. Please try again later.',
    site: 'Too many people wait to be called back right now. Please try again later.',
    all: 'Too many people wait to be called back right now. Please try again later.',
  },
};

/** Counts the calls that live already, and from then on those that begin and end. */
export async function createReservations(options: ReservationsOptions): Promise<Reservations> {
  const { db, bus, markKey, log, caps: bounds = caps } = options;
  const quotas: Record<ReservedKind, Quota> = {
    call: new Quota('calls', bounds.calls),
    page: new Quota('callbacks to a page', bounds.pageCallbacks),
    phone: new Quota('callbacks by telephone', bounds.phoneCallbacks),
  };
  const rates: Partial<Record<ReservedKind, Rate>> = {
    call: new Rate(allowances.calls),
    phone: new Rate(allowances.phoneCallbacks),
  };
  const held = new Map<CallId, { kind: ReservedKind; reservation: Reservation }>();
  /** What came and went while the database was being read, which it may have seen or not. */
  let meanwhile: Set<CallId> | null = null;
  let reading: Promise<void> | null = null;
  let again = false;

  const give = (callId: CallId) => {
    meanwhile?.add(callId);
    held.get(callId)?.reservation.release();
    held.delete(callId);
  };

  const read = async () => {
    meanwhile = new Set();
    try {
      const rows = await db
        .selectFrom('calls')
        .select(['id', 'site_id', 'callback_kind', 'caller_network'])
        .where('state', '<>', literal.ended)
        .execute();
      const live = new Set<CallId>();
      for (const { id, site_id: siteId, callback_kind, caller_network: mark } of rows) {
        live.add(id);
        const kind = callback_kind ?? 'call';
        // A call that has become a callback is counted as one.
        if (held.get(id)?.kind === kind || meanwhile.has(id)) continue;
        held.get(id)?.reservation.release();
        held.set(id, { kind, reservation: quotas[kind].hold({ network: mark, siteId }) });
      }
      for (const id of [...held.keys()]) if (!live.has(id) && !meanwhile.has(id)) give(id);
    } finally {
      meanwhile = null;
    }
  };

  /** One reading at a time; what is asked for during one is a reading of its own, since it may have come too late. */
  const reconcile = (): Promise<void> => {
    if (reading) again = true;
    reading ??= (async () => {
      do {
        again = false;
        await read();
      } while (again);
    })().finally(() => {
      reading = null;
    });
    return reading;
  };
  const tryToReconcile = () => {
    reconcile().catch(err => log.warn({ err }, 'caps on calls not compared with the calls, trying again'));
  };

  const unsubscribe = bus.subscribe(({ endedIds }) => {
    for (const id of endedIds) give(id);
  });
  await reconcile();
  const timer = setInterval(tryToReconcile, limits.reservationsEveryMs);
  timer.unref();

  return {
    ask(kind, { address, siteId }) {
      const mark = networkMark(markKey, address);
      const reservation = reserve(quotas[kind], kind, { network: mark, siteId });
      if (rates[kind]?.take(mark) === false) {
        reservation.release();
        throw new CallError('too-many', words[kind].network);
      }
      return {
        mark,
        granted(callId) {
          give(callId);
          held.set(callId, { kind, reservation });
        },
        refused(reason) {
          reservation.release();
          // What is no refusal of ours may have been committed all the same.
          if (!(reason instanceof CallError || reason instanceof MediaError)) tryToReconcile();
        },
      };
    },
    reconcile,
    open: kind => quotas[kind].open(),
    async close() {
      unsubscribe();
      clearInterval(timer);
      await reading?.catch(() => undefined);
    },
  };
}

function reserve(
  quota: Quota,
  kind: ReservedKind,
  claimant: { network: string; siteId: SiteId },
): Reservation {
  try {
    return quota.reserve(claimant);
  } catch (error) {
    if (!(error instanceof QuotaFull)) throw error;
    throw new CallError('too-many', words[kind][error.scope]);
  }
}
