/**
 * Makes the rows follow who is really here. Comings and goings are noted as they happen; what could not be noted while
 * the store was away is found by comparing, not by remembering.
 */
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { CallId, RepId, ShopperId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { StoreHealth } from '../../store/health.ts';
import { literal } from '../../store/literals.ts';
import type { CallRow, Database, RepRow } from '../../store/schema.ts';
import { StoreDown } from '../../store/store-error.ts';
import { repConnected, repLost, repMicrophone } from '../commands/rep-commands.ts';
import { shopperConnected, shopperLost } from '../commands/shopper-commands.ts';
import type { Transactions } from '../transaction/transactions.ts';
import { toEachLiveCall } from './recovery.ts';

/** Who is connected, and who can be heard: what memory knows. */
export type Presence = {
  /** The session that holds the rep, or null. */
  repSession(repId: RepId): string | null;
  shopperIsHere(shopperId: ShopperId): boolean;
  /** The rep's microphone reaches us. */
  canBeHeard(repId: RepId): boolean;
};

type ReconcileOptions = { db: Kysely<Database>; transactions: Transactions; presence: Presence };

/** One look at everybody who is, or seems to be, connected. */
async function reconcile({ db, transactions, presence }: ReconcileOptions): Promise<void> {
  const reps = await db.selectFrom('reps').select(['id', 'session_id', 'media_ready']).execute();
  for (const seen of reps)
    if (repDiffers(seen, presence))
      await transactions.changeRep(seen.id, async (change, sites) => {
        const rep = await change.db
          .selectFrom('reps')
          .select(['id', 'session_id', 'media_ready'])
          .where('id', '=', seen.id)
          .executeTakeFirstOrThrow();
        if (sessionDiffers(rep, presence)) {
          const live = presence.repSession(rep.id);
          if (live !== null) await repConnected(change, sites, rep.id, live, true);
          else if (rep.session_id !== null) await repLost(change, sites, rep.id, rep.session_id);
        }
        if (microphoneDiffers(rep, presence))
          await repMicrophone(change, sites, rep.id, presence.canBeHeard(rep.id));
      });

  let after = '' as CallId;
  for (;;) {
    const calls = await db
      .selectFrom('calls')
      .select(['id', 'site_id', 'shopper_id', 'parked_until', 'callback_kind', 'callback_push'])
      .where('state', '<>', literal.ended)
      .where('id', '>', after)
      .orderBy('id')
      .limit(callsAtOnce)
      .execute();
    for (const call of calls)
      if (shopperDiffers(call, presence))
        await transactions.change([call.site_id], change =>
          presence.shopperIsHere(call.shopper_id)
            ? shopperConnected(change, call.site_id, call.shopper_id)
            : shopperLost(change, call.site_id, call.shopper_id),
        );
    const last = calls.at(-1);
    if (!last || calls.length < callsAtOnce) return;
    after = last.id;
  }
}

/** Calls compared in one go; others get their turn in between. */
const callsAtOnce = 500;

type Rep = Pick<RepRow, 'id' | 'session_id' | 'media_ready'>;

const repDiffers = (rep: Rep, presence: Presence) =>
  sessionDiffers(rep, presence) || microphoneDiffers(rep, presence);

const sessionDiffers = ({ id, session_id: noted }: Rep, presence: Presence) =>
  noted !== presence.repSession(id);

const microphoneDiffers = ({ id, media_ready }: Rep, presence: Presence) =>
  (media_ready === 1) !== presence.canBeHeard(id);

type Call = Pick<CallRow, 'shopper_id' | 'parked_until' | 'callback_kind' | 'callback_push'>;

function shopperDiffers(call: Call, presence: Presence): boolean {
  if (presence.shopperIsHere(call.shopper_id)) return call.parked_until !== null;
  // A telephone needs no page, and who can be reached by a push needs none that is open.
  return call.parked_until === null && call.callback_kind !== 'phone' && call.callback_push === null;
}

/**
 * What ran out while nobody could do anything about it: what rang rings anew, and who could not come back gets the time
 * for it again.
 */
async function forgiveOutage(db: Kysely<Database>, transactions: Transactions): Promise<void> {
  const sites = await db.selectFrom('sites').select('id').orderBy('id').execute();
  await transactions.change(
    sites.map(site => site.id),
    async change => {
      await toEachLiveCall(change, { type: 'outage-over' });
      for (const { id } of sites) change.route(id);
      await change.db
        .updateTable('reps')
        .set({ lost_until: change.now + limits.repGraceMs })
        .where('lost_until', '<', change.now + limits.repGraceMs)
        .execute();
    },
  );
}

export type Reconciler = {
  /** False while the store is away, and until what was missed meanwhile is made good: nothing is due before. */
  settled(): boolean;
  close(): Promise<void>;
};

/** How often rows and people are compared without any reason, and how soon again after a failure, ms. */
const everyMs = 30_000;
const againMs = 1_000;

/** @param also what else is to be made good when the store is back; may be called again */
export function createPresenceReconciler(
  options: ReconcileOptions & { health: StoreHealth; also: () => Promise<void>; log: Logger },
): Reconciler {
  const { db, transactions, health, also, log } = options;
  let owed = false;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let closed = false;

  const work = async () => {
    const afterOutage = owed;
    if (health.trouble()) return;
    // The people first: who is here has nothing to be forgiven.
    await reconcile(options);
    if (!afterOutage) return;
    await forgiveOutage(db, transactions);
    await also();
    owed = false;
  };
  const look = () => {
    clearTimeout(timer);
    if (closed || working) return;
    working = work()
      .catch(err => {
        if (!(err instanceof StoreDown))
          log.error({ err }, 'rows and people could not be compared, trying again');
      })
      .finally(() => {
        working = undefined;
        if (!closed) timer = setTimeout(look, owed ? againMs : everyMs);
      });
  };
  const unsubscribe = health.onChange(trouble => {
    owed = true;
    if (!trouble) look();
  });
  timer = setTimeout(look, everyMs);

  return {
    settled: () => !owed,
    async close() {
      closed = true;
      unsubscribe();
      clearTimeout(timer);
      await working;
    },
  };
}
