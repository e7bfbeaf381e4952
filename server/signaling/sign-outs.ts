/** Who signs out is out at once, whether or not that can be written down at the moment. */
import type { RepId } from '../../shared/ids.ts';
import { chooseStatus } from '../calls/commands/rep-commands.ts';
import type { Transactions } from '../calls/transaction/transactions.ts';
import type { Identity } from '../identity/identity.ts';
import { StoreDown } from '../store/store-error.ts';
import type { Gateway } from './gateway.ts';

export type SignOuts = {
  /** Their sockets are closed and they are offline. */
  signedOut(repId: RepId): Promise<void>;
  /** Write down what could not be written while the store was away. */
  makeGood(): Promise<void>;
};

type SignOutsOptions = {
  transactions: Transactions;
  identity: Pick<Identity, 'writeEndedSessions'>;
  gateway: Pick<Gateway, 'dropRep' | 'presence'>;
};

export function createSignOuts({ transactions, identity, gateway }: SignOutsOptions): SignOuts {
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
