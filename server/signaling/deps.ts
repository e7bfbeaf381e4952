import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Bus } from '../bus/bus.ts';
import type { AudioReconciler } from '../calls/audio/audio-reconciler.ts';
import type { Reservations } from '../calls/reservations.ts';
import type { Transactions } from '../calls/transaction/transactions.ts';
import type { RefusedOrigins } from '../demand/refused-origins.ts';
import type { UnmetDemand } from '../demand/unmet-demand.ts';
import type { Identity } from '../identity/identity.ts';
import type { MediaPlane } from '../media/plane.ts';
import type { Quota } from '../quota/quota.ts';
import type { StoreHealth } from '../store/health.ts';
import type { Database } from '../store/schema.ts';
import type { PushServices } from '../web-push/push-services.ts';
import type { Boards } from './boards.ts';
import type { Pushes } from './pushes.ts';
import type { Sessions } from './sessions.ts';

/** What the gateway measures. */
export type SignalingMetrics = {
  /** From `call.start` received to the shopper's microphone flowing, seconds. */
  callSetup: { observe(seconds: number): void };
  /** From the click to a rep's answer, seconds. */
  callWait: { observe(seconds: number): void };
  sockets: { set(labels: { role: 'shopper' | 'rep' | 'stranger' }, count: number): void };
};

/** What the gateway is given by the composition root. */
export type GatewayOptions = {
  db: Kysely<Database>;
  bus: Bus;
  transactions: Transactions;
  audio: AudioReconciler;
  reservations: Reservations;
  plane: MediaPlane;
  identity: Identity;
  pushServices: PushServices;
  /** Told of whom it could not let in, or could not serve. */
  refusedOrigins: Pick<RefusedOrigins, 'note'>;
  unmetDemand: Pick<UnmetDemand, 'note'>;
  /** What an address counts as where strangers are counted. */
  networkOf: (address: string) => string;
  health: StoreHealth;
  /** A proxy in front of us tells each client's address in `X-Forwarded-For`; its last entry is believed. */
  trustProxy: boolean;
  /** Origins of our own pages. */
  ownOrigins: () => ReadonlySet<string>;
  metrics: SignalingMetrics;
  now: () => number;
  log: Logger;
};

/** What request handlers work with. */
export type SignalingDeps = GatewayOptions & {
  sessions: Sessions;
  pushes: Pushes;
  boards: Boards;
  /** Open sockets of shoppers. */
  shoppers: Quota;
};
