/** What the HTTP side needs from the rest of the server: small interfaces, owned here, filled in by `main.ts`. */
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { AcmeReport } from '../../shared/api/server.ts';
import type { QueueId, RepId, SiteId } from '../../shared/ids.ts';
import type { Offered } from '../calls/routing/availability.ts';
import type { Transactions } from '../calls/transaction/transactions.ts';
import type { Config } from '../config.ts';
import type { RefusedOrigins } from '../demand/refused-origins.ts';
import type { UnmetDemand } from '../demand/unmet-demand.ts';
import type { Identity } from '../identity/identity.ts';
import type { Links } from '../identity/links.ts';
import type { Ports } from '../identity/own-origins.ts';
import type { SecondFactors } from '../identity/second-factors.ts';
import type { SignInProvider } from '../identity/sign-in-provider.ts';
import type { MediaPlane } from '../media/plane.ts';
import type { GuardedClient } from '../net/guarded-client.ts';
import type { Sounds } from '../sounds/sounds.ts';
import type { Database } from '../store/schema.ts';
import type { StoreTrouble } from '../store/store-error.ts';
import type { ConcurrencyBounds } from './concurrency-caps.ts';
import type { Metrics } from './metrics.ts';

/** The part of the media plane's figures that health and metrics show. */
export type MediaFigures = {
  workers: readonly { alive: boolean }[];
  legs: number;
  edges: number;
  pipes: number;
};

export type HttpDeps = {
  config: Pick<Config, 'publicUrl' | 'trustProxy' | 'metricsToken' | 'host'>;
  db: Kysely<Database>;
  /** What is wrong with the store now, without asking it. */
  storeTrouble: () => StoreTrouble | null;
  transactions: Transactions;
  identity: Identity;
  links: Links;
  secondFactors: SecondFactors;
  /** Null where none is set up. */
  provider: SignInProvider | null;
  sounds: Pick<Sounds, 'add' | 'giveUp'>;
  metrics: Metrics;
  log: Logger;
  /** Milliseconds UTC. */
  now: () => number;
  /** Where the built browser side is, with `demo/index.html`, `console/index.html`, `talk-to-us.js` and `assets/`. */
  distDir: string;
  /** The current origins of our own pages. */
  ownOrigins: () => ReadonlySet<string>;
  /** Where this server is found now, and what it proves itself with (PEM). */
  place: () => {
    ports: Ports;
    mediaPorts: { first: number; last: number };
    certificate: string;
    acme: AcmeReport | null;
  };
  /** The media plane, for trying the way of the sound; null where there is none. */
  trials: Pick<
    MediaPlane,
    'openLeg' | 'connect' | 'closeLeg' | 'hasLeg' | 'iceServers' | 'routerRtpCapabilities'
  > | null;
  /** Fetches pages of shops, for their owners. */
  shopPages: GuardedClient;
  refusedOrigins: RefusedOrigins;
  unmetDemand: UnmetDemand;
  /** What was deleted is in no file of the database any more; where the engine cleans up by itself, at once. */
  forgetBytes: () => Promise<void>;
  /** Every answer is compared with what the table of routes says of it, in tests. */
  checkAnswers?: boolean;
  /** Other bounds, for tests. */
  inHandCaps?: ConcurrencyBounds;
  /** What an address counts as where strangers are counted. */
  networkOf: (address: string) => string;
  /** What a click on that site would get that asks for that queue, or for the first. */
  reachability: (siteId: SiteId, queueId?: QueueId) => Promise<Offered>;
  /** The media plane's current figures. */
  mediaFigures: () => Promise<MediaFigures>;
  /** True from the moment the server was asked to stop. */
  shuttingDown: () => boolean;
  /** A rep signed out: make them offline and close their sockets. */
  signedOut: (repId: RepId) => Promise<void>;
  /** Some of their sessions have ended: close the sockets of those. */
  sessionsEnded: (repId: RepId) => Promise<void>;
};
