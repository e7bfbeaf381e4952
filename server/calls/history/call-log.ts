/** Each step in a call's life is one line of the log, whoever or whatever took it: a person, a timer, a lost connection, a restart. */
import type { Logger } from 'pino';
import type { HistoryEventType } from '../../../shared/events.ts';
import type { Transactions } from '../transaction/transactions.ts';

const words: Record<HistoryEventType, string> = {
  started: 'call started',
  offered: 'call rings',
  'offer-expired': 'offer missed',
  'offer-declined': 'offer declined',
  'offer-revoked': 'offer taken back',
  answered: 'call answered',
  'calling-back': 'callback begun',
  'callback-asked': 'callback asked for',
  'callback-answered': 'callback answered',
  'callback-missed': 'callback not answered',
  'callback-outcome': 'callback made',
  held: 'shopper on hold',
  resumed: 'shopper taken back',
  'transfer-offered': 'talk offered to another rep',
  'transfer-accepted': 'talk taken over',
  returned: 'call back in its place',
  moved: 'call moved to another queue',
  'shopper-lost': 'shopper lost',
  'shopper-back': 'shopper back',
  'rep-lost': 'rep lost',
  'rep-back': 'rep back',
  'push-allowed': 'push allowed',
  'push-sent': 'push sent',
  'push-failed': 'push failed',
  'push-gone': 'push gone',
  boosted: 'call moved in its line',
  blocked: 'caller blocked',
  removed: 'call removed from its line',
  ended: 'call ended',
  'wrapped-up': 'after-call work done',
};

/** What people wrote is about people, and stays out of the log. */
const written: ReadonlySet<HistoryEventType> = new Set(['removed', 'blocked', 'offer-declined']);

export function logCalls(transactions: Pick<Transactions, 'onCommit'>, log: Logger): void {
  transactions.onCommit((_, history) => {
    for (const { account, call, event } of history) {
      const { reason, ...data } = event.data as Record<string, unknown>;
      const told = reason === undefined || written.has(event.type) ? data : { ...data, reason };
      const about = { account, site: call.siteId, call: call.id, ...(event.rep ? { rep: event.rep } : {}) };
      log.child(about).info(told, words[event.type]);
    }
  });
}
