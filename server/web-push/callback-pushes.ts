/** Sends a push to each shopper who is rung while the page is closed. */
import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { callContext } from '../../shared/call-context.ts';
import type { CallId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import { type PushMessage, pushSubscription } from '../../shared/protocol.ts';
import type { Bus } from '../bus/bus.ts';
import { pushFailed, pushIsGone } from '../calls/commands/push.ts';
import type { Transactions } from '../calls/transaction/transactions.ts';
import { literal } from '../store/literals.ts';
import { repOfCall } from '../store/parties.ts';
import type { Database } from '../store/schema.ts';
import type { PushServices } from './push-services.ts';

/** Far more than ring at once. */
const callsRemembered = 10_000;

/** `close()` waits for work in hand. */
export type CallbackPushes = { close(): Promise<void> };

type CallbackPushesOptions = {
  db: Kysely<Database>;
  bus: Bus;
  transactions: Transactions;
  pushServices: PushServices;
  /** Whether the page of that call is connected, and so rings by itself. */
  pageIsOpen(callId: CallId): boolean;
  log: Logger;
};

export function createCallbackPushes({
  db,
  bus,
  transactions,
  pushServices,
  pageIsOpen,
  log,
}: CallbackPushesOptions): CallbackPushes {
  const concurrencyCaps = new Set<Promise<void>>();
  // The page may close in the very moment in which it begins to ring, and is asked for twice then: one push for each ringing.
  const pushed = new LRUCache<CallId, number>({ max: callsRemembered, ttl: limits.pushRingMs });

  const push = async (callId: CallId) => {
    if (pageIsOpen(callId)) return;
    const call = await db
      .selectFrom('calls')
      .innerJoin('reps', join => join.on('reps.id', '=', repOfCall))
      .select(['calls.site_id', 'calls.callback_push', 'calls.context', 'calls.ring_until', 'reps.name'])
      .where('calls.id', '=', callId)
      .where('calls.state', '=', literal.callingBack)
      .executeTakeFirst();
    if (!call?.callback_push || call.ring_until === null || pushed.get(callId) === call.ring_until) return;
    pushed.set(callId, call.ring_until);
    const { page } = callContext.parse(JSON.parse(call.context));
    const message: PushMessage = { talkToUs: 'calling-back', repName: call.name, page: page?.url ?? null };
    const subscription = pushSubscription.parse(JSON.parse(call.callback_push));
    const outcome = await pushServices.send(subscription, message).catch((error: unknown) => {
      // Only the words: a cause could carry the address of the subscription, which is a secret of that browser.
      log.warn({ reason: String(error), call: callId }, 'push to a closed page failed');
      return 'failed' as const;
    });
    if (outcome !== 'failed') log.info({ call: callId, outcome }, 'push to a closed page');
    await transactions.change([call.site_id], async change => {
      if (outcome === 'gone') await pushIsGone(change, callId, pageIsOpen(callId));
      else if (outcome === 'sent')
        change.record({ id: callId, siteId: call.site_id }, { type: 'push-sent', rep: null, data: {} });
      // A page that was opened meanwhile rings by itself.
      else if (!pageIsOpen(callId)) await pushFailed(change, callId, call.ring_until);
    });
  };

  const unsubscribe = bus.subscribe(({ pushTo }) => {
    for (const callId of pushTo) {
      const work = push(callId)
        // The ringing ends by itself, and the next try has another chance.
        .catch(error => log.warn({ reason: String(error), call: callId }, 'push not noted'))
        .finally(() => concurrencyCaps.delete(work));
      concurrencyCaps.add(work);
    }
  });

  return {
    async close() {
      unsubscribe();
      await Promise.all(concurrencyCaps);
    },
  };
}
