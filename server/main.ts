/** The composition root: the only file that wires the parts together. Run by `npm start`. */
import '../tools/setup/check-node.mjs';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Logger } from 'pino';
import type { AcmeReport } from '../shared/api/server.ts';
import type { RepId } from '../shared/ids.ts';
import { limits } from '../shared/limits.ts';
import { createCertificateKeeper } from './acme/keeper.ts';
import type { Bus } from './bus/bus.ts';
import { createInProcessBus } from './bus/in-process.ts';
import { createAudioReconciler } from './calls/audio/audio-reconciler.ts';
import { bringFiguresUpToDate } from './calls/figures/rebuild.ts';
import { logCalls } from './calls/history/call-log.ts';
import { createReservations } from './calls/reservations.ts';
import { createKnownReachability } from './calls/routing/known-reachability.ts';
import { followMissedStep, readRowClock, watchClock } from './calls/timers/clock-watch.ts';
import { createPresenceReconciler } from './calls/timers/presence-reconciler.ts';
import { recover } from './calls/timers/recovery.ts';
import { createRetention } from './calls/timers/retention.ts';
import { createTimers } from './calls/timers/timers.ts';
import { type Clock, machineClock } from './calls/transaction/row-clock.ts';
import { createTransactions } from './calls/transaction/transactions.ts';
import { type Config, readConfig } from './config.ts';
import { createRefusedOrigins } from './demand/refused-origins.ts';
import { createUnmetDemand } from './demand/unmet-demand.ts';
import { createHttp } from './http/app.ts';
import { createMetrics } from './http/metrics.ts';
import { onPlainHttp } from './http/plain-http.ts';
import { createServers } from './http/servers.ts';
import { loadTls } from './http/tls.ts';
import { createIdentity } from './identity/identity.ts';
import { createLinks } from './identity/links.ts';
import { ownHosts, trackOwnOrigins } from './identity/own-origins.ts';
import { createSecondFactors } from './identity/second-factors.ts';
import { loadSecrets } from './identity/secrets.ts';
import { createSignInProvider } from './identity/sign-in-provider.ts';
import { createLog } from './log.ts';
import { createMediaPlane } from './media/mediasoup-plane.ts';
import { createGuardedClient } from './net/guarded-client.ts';
import { endOnSignals, explainFailure } from './process-life.ts';
import { network } from './quota/network.ts';
import { createGateway } from './signaling/gateway.ts';
import { createSignOuts } from './signaling/sign-outs.ts';
import { createSounds } from './sounds/sounds.ts';
import { welcomeText } from './start-message.ts';
import { mainAccount } from './store/members.ts';
import { migrate } from './store/migrate.ts';
import { openStore } from './store/open.ts';
import { regroup } from './store/routing-groups.ts';
import { allowOrigins, demoSiteKey, ensureDemoSite } from './store/sites.ts';
import { createCallbackPushes } from './web-push/callback-pushes.ts';
import { createPushServices } from './web-push/push-services.ts';

/** Whom push services may turn to about a server without a public address of its own. */
const contactWithoutAddress = 'mailto:operator@talk-to-us.invalid';

export type RunningServer = {
  ports: { http: number; https: number };
  /** The token of the first admin's one-time link, while there is no admin. */
  setUpToken: string | null;
  /** How it stood with the certificate at the start; null where none is asked for. */
  acme: AcmeReport | null;
  /** End everything this server started: sockets, workers, timers, files. Idempotent. */
  close(): Promise<void>;
};

/** What a test may put in the place of the real thing: the clock, the log, and where the internet would be. */
export type StartOptions = {
  clock?: Clock;
  log?: Logger;
  /** Compare every answer with what the table of routes says of it. */
  checkAnswers?: boolean;
  /** Shops' pages that may be looked at though they are in no public network. */
  trustedPages?: readonly string[];
};

/** Start a whole server. When a part cannot start, the parts before it are closed again and its error is thrown. */
export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  const clock = options.clock ?? machineClock;
  const log = options.log ?? createLog(config);
  const opened: (() => Promise<unknown> | unknown)[] = [];
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= (async () => {
      const failed: unknown[] = [];
      // Last opened, first closed; one that fails leaves none of the others open.
      for (const end of opened.reverse()) await (async () => end())().catch(error => failed.push(error));
      if (failed.length > 0) throw failed[0];
    })();
    return closing;
  };

  try {
    const store = await openStore(config, log);
    opened.push(() => store.close());
    const { db } = store;
    const migration = store.migrationDb();
    try {
      await migrate(migration.db);
      const figured = await bringFiguresUpToDate(migration.db);
      if (figured > 0) log.info({ calls: figured }, 'figures of earlier calls were made');
    } catch (error) {
      throw store.explain(error);
    } finally {
      await migration.close();
    }
    store.watch();
    const rowClock = await readRowClock(db, clock);
    const { now, unstepped } = rowClock;
    await ensureDemoSite(db, now(), randomUUID);
    await regroup(db);
    if (config.shopOrigins.length > 0) await allowOrigins(db, demoSiteKey, config.shopOrigins);
    const secrets = await loadSecrets(config.dataDir);
    const identity = createIdentity({ db, secrets, now: unstepped });
    const links = createLinks({ db, now: unstepped });
    const secondFactors = createSecondFactors({ db, secrets, now });
    const provider =
      config.oidc && createSignInProvider({ settings: config.oidc, db, secrets, now: unstepped, log });

    const { announcedAddresses: announced, publicUrl, acmeDomains: domains } = config;
    const hosts = ownHosts({ announced, publicUrl, domains });
    const tls = await loadTls({ certsDir: config.certsDir, hosts, now });
    if (tls.warning) log.warn(tls.warning);
    const keeper =
      domains.length === 0
        ? null
        : await createCertificateKeeper({
            domains,
            email: config.acmeEmail,
            directory: config.acmeDirectory,
            folder: path.join(config.dataDir, 'acme'),
            httpPort: () => servers.ports().http,
            now,
            onCertificate: pair => servers.useCertificate(pair),
            log,
          });

    const sounds = await createSounds({ db, folder: path.join(config.dataDir, 'uploads'), now, log });
    opened.push(() => sounds.close());

    const plane = await createMediaPlane({
      workers: config.workers,
      rtcPortBase: config.rtcPort,
      listenAddress: config.rtcListenAddress,
      announcedAddresses: config.announcedAddresses,
      iceServers: config.iceServers,
      loadPiece: id => sounds.packets(id),
      log,
    });
    opened.push(() => plane.close());

    const bus: Bus = createInProcessBus();
    opened.push(() => bus.close());
    const transactions = createTransactions({ store, bus, rowClock });
    logCalls(transactions, log);
    await followMissedStep(db, transactions, rowClock, log);
    await recover(db, transactions);
    const known = createKnownReachability(db, bus, now);
    opened.push(known.close);
    const reservations = await createReservations({ db, bus, markKey: secrets.tokenKey, log });
    opened.push(() => reservations.close());
    const repIsHere = (repId: RepId) => gateway.presence.repSession(repId) !== null;
    const audio = createAudioReconciler({ db, bus, transactions, plane, repIsHere, log });
    opened.push(() => audio.close());
    const due = createTimers({ db, transactions, bus, now, log, settled: () => reconciler.settled() });
    opened.push(() => due.close());

    const retention = createRetention({ db, now, steady: clock.steady, log });
    opened.push(() => retention.close());

    const ownOrigins = trackOwnOrigins({
      ports: () => servers.ports(),
      announced,
      publicUrl,
      domains,
      now: clock.steady,
    });
    const pushServices = createPushServices({
      secret: secrets.tokenKey,
      contact: publicUrl?.startsWith('https:') ? publicUrl : contactWithoutAddress,
      services: config.pushServices,
    });
    const refusedOrigins = createRefusedOrigins({ db, now, log });
    opened.push(() => refusedOrigins.close());
    const unmetDemand = createUnmetDemand({ db, now, log });
    opened.push(() => unmetDemand.close());
    const metrics = createMetrics();
    const gateway = createGateway({
      db,
      bus,
      transactions,
      audio,
      reservations,
      plane,
      identity,
      pushServices,
      refusedOrigins,
      unmetDemand,
      networkOf: network,
      health: store.health,
      trustProxy: config.trustProxy,
      ownOrigins,
      metrics,
      now,
      log,
    });

    const signOuts = createSignOuts({ db, now, transactions, identity, gateway });
    const reconciler = createPresenceReconciler({
      db,
      transactions,
      presence: gateway.presence,
      health: store.health,
      async also() {
        await signOuts.makeGood();
        await audio.reconcileAll();
      },
      log,
    });
    opened.push(() => reconciler.close());
    const clockWatch = watchClock({ db, transactions, rowClock, onStep: gateway.refreshAll, log });
    opened.push(() => clockWatch.close());

    const callbackPushes = createCallbackPushes({
      db,
      bus,
      transactions,
      pushServices,
      pageIsOpen: gateway.pageIsOpen,
      log,
    });
    opened.push(() => callbackPushes.close());

    let shuttingDown = false;
    const handler = createHttp({
      config,
      db,
      storeTrouble: () => store.health.trouble(),
      transactions,
      identity,
      links,
      secondFactors,
      provider,
      sounds,
      metrics,
      log,
      now,
      distDir: path.resolve(import.meta.dirname, '../dist'),
      ownOrigins,
      place: () => ({
        ports: servers.ports(),
        mediaPorts: { first: config.rtcPort, last: config.rtcPort + config.workers - 1 },
        certificate: (keeper?.pair() ?? tls).cert,
        acme: keeper?.report() ?? null,
      }),
      trials: plane,
      shopPages: createGuardedClient({
        names: 'any',
        trustedOrigins: options.trustedPages ?? [],
        timeoutMs: limits.shopPageMs,
        maxBytes: limits.shopPageBytes,
      }),
      refusedOrigins,
      unmetDemand,
      networkOf: network,
      reachability: known.read,
      mediaFigures: () => plane.stats(),
      shuttingDown: () => shuttingDown,
      checkAnswers: options.checkAnswers ?? false,
      forgetBytes: store.forgetBytes,
      signedOut: signOuts.signedOut,
      sessionsEnded: signOuts.sessionsEnded,
    });
    const servers = createServers({
      handler,
      ...(keeper ? { plainHandler: onPlainHttp(handler, { keeper, config }) } : {}),
      host: config.host,
      httpPort: config.port,
      httpsPort: config.httpsPort,
      tls: keeper?.pair() ?? tls,
      behindProxy: config.trustProxy,
    });
    opened.push(() => servers.close());
    opened.push(() => {
      shuttingDown = true;
      return gateway.close();
    });
    gateway.attach(servers.http);
    gateway.attach(servers.https);
    await servers.listen();
    due.start();
    const acme = keeper?.report() ?? null;
    if (keeper) {
      opened.push(() => keeper.close());
      keeper.start();
    }

    return { ports: servers.ports(), setUpToken: await links.ensureSetUp(mainAccount), acme, close };
  } catch (error) {
    await close();
    throw error;
  }
}

if (import.meta.main) {
  try {
    const config = readConfig(process.env);
    const log = createLog(config);
    const server = await startServer(config, { log });
    endOnSignals(server, log);
    process.stdout.write(welcomeText(config, server));
  } catch (error) {
    process.stderr.write(explainFailure(error));
    process.exit(1);
  }
}
