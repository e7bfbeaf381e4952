/** Who signs out is out at once, whether or not that can be written down at the moment. */
import type { Kysely } from 'kysely';
import type { RepId } from '../../shared/ids.ts';
import { chooseStatus } from '../calls/commands/rep-commands.ts';
import type { Transactions } from '../calls/transaction/transactions.ts';
import type { Clock } from '../identity/clock-and-random.ts';
import type { Identity } from '../identity/identity.ts';
import { listRepSessions } from '../store/rep-sessions.ts';
import type { Database } from '../store/schema.ts';
import { StoreDown } from '../store/store-error.ts';
import type { Gateway } from './gateway.ts';

export type SignOuts = {
  /** Their sockets are closed and they are offline. */
  signedOut(repId: RepId): Promise<void>;
  /** Some of their sessions have ended: the sockets of those are closed, and the others go on. */
  sessionsEnded(repId: RepId): Promise<void>;
  /** Write down what could not be written while the store was away. */
  makeGood(): Promise<void>;
};

type SignOutsOptions = {
  db: Kysely<Database>;
  now: Clock;
  transactions: Transactions;
  identity: Pick<Identity, 'writeEndedSessions'>;
  gateway: Pick<Gateway, 'dropRep' | 'presence'>;
};

export function createSignOuts({ db, now, transactions, identity, gateway }: SignOutsOptions): SignOuts {
  const unwritten = new Set<RepId>();
  const makeOffline = (repId: RepId) =>
    transactions.changeRep(repId, (change, sites) => chooseStatus(change, sites, repId, 'offline'));
  return {
    async signedOut(repId) {
      gateway.dropRep(repId);
      try {
        await makeOffline(repId);
      } catch (error) {
        if (!(error instanceof StoreDown)) throw error;
        unwritten.add(repId);
      }
    },
    async sessionsEnded(repId) {
      const live = await listRepSessions(db, [repId], now());
      gateway.dropRep(repId, new Set(live.map(({ id }) => id)));
    },
    async makeGood() {
      await identity.writeEndedSessions();
      for (const repId of unwritten) {
        // Back already, by a new sign-in.
        if (gateway.presence.repSession(repId) === null) await makeOffline(repId);
        unwritten.delete(repId);
      }
    },
  };
}
