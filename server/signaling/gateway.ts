/** The WebSocket gateway: lets sockets in within bounds, and carries what the media plane tells to their owners. */
import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { type CallId, type RepId, repLeg, repOfLeg } from '../../shared/ids.ts';
import { caps, limits } from '../../shared/limits.ts';
import { closeCodes, signalingPath } from '../../shared/wire.ts';
import { repMicrophone } from '../calls/commands/rep-commands.ts';
import type { Presence } from '../calls/timers/presence-reconciler.ts';
import { clientAddress, network } from '../quota/network.ts';
import { Quota, QuotaFull } from '../quota/quota.ts';
import { StoreDown } from '../store/store-error.ts';
import { Boards } from './boards.ts';
import { Client } from './client.ts';
import type { GatewayOptions, SignalingDeps } from './deps.ts';
import { Pushes } from './pushes.ts';
import { Sessions } from './sessions.ts';

export type Gateway = {
  /** Take the WebSocket upgrades of this server. */
  attach(server: HttpServer | HttpsServer): void;
  /** Whether the page of the shopper in that call is connected. */
  pageIsOpen(callId: CallId): boolean;
  /** The rep signed out: their sockets are closed, `but` those of sessions that go on. */
  dropRep(repId: RepId, but?: ReadonlySet<string>): void;
  /** Show everybody their view anew where it differs. */
  refreshAll(): void;
  /** Who is connected, for whoever compares that with the database. */
  presence: Presence;
  /** Let nobody in any more, say good-bye, and finish what is in hand. Idempotent. */
  close(): Promise<void>;
};

export function createGateway(options: GatewayOptions): Gateway {
  const { log, metrics, plane, transactions, health } = options;
  const sessions = new Sessions();
  const pushes = new Pushes({ ...options, sessions });
  const shoppers = new Quota('sockets of shoppers', caps.shoppers);
  const boards = new Boards(options);
  const deps: SignalingDeps = { ...options, sessions, pushes, boards, shoppers };
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.maxMessageBytes,
    perMessageDeflate: false,
    autoPong: false,
  });
  const sockets = new Quota('sockets', caps.sockets);
  const unknown = new Quota('sockets before hello', caps.strangers);
  const clients = new Set<Client>();
  let concurrencyCaps = 0;
  let nothingInHand = () => {};
  // One timer for all: a process that a hundred quiet callers woke by turns would hardly sleep.
  const heartbeat = setInterval(() => {
    for (const client of clients) client.beat();
  }, limits.heartbeatMs);
  let closing = false;

  const unsubscribe = health.onChange(trouble => {
    if (trouble) pushes.showStoreDown();
    else {
      pushes.storeIsBack();
      boards.refreshAll();
    }
  });

  const over = () => {
    if (--concurrencyCaps === 0) nothingInHand();
  };
  const track = (work: Promise<unknown>, failure: string) => {
    concurrencyCaps++;
    work.then(over, error => {
      over();
      // The store's monitor has told why, once; what failed is made good when it is back.
      if (!(error instanceof StoreDown)) log.error({ err: error }, failure);
    });
  };

  const countSockets = () => {
    const { shoppers, reps } = sessions.counts;
    metrics.sockets.set({ role: 'shopper' }, shoppers);
    metrics.sockets.set({ role: 'rep' }, reps);
    metrics.sockets.set({ role: 'stranger' }, unknown.open());
  };

  const letIn = (request: IncomingMessage, socket: Duplex, head: Buffer, address: string) => {
    const claimant = { network: network(address) };
    // Before the handshake, and until this very connection is over, whatever becomes of the handshake.
    const open = sockets.reserve(claimant);
    socket.once('close', () => open.release());
    const stranger = unknown.reserve(claimant);
    socket.once('close', () => stranger.release());
    server.handleUpgrade(request, socket, head, webSocket => {
      countSockets();
      const stopCounting = boundBytes(socket, webSocket);
      const client = new Client(
        deps,
        webSocket,
        { address, origin: request.headers.origin },
        {
          track,
          onSession() {
            stopCounting();
            stranger.release();
            countSockets();
          },
          onGone() {
            clients.delete(client);
            stranger.release();
            countSockets();
          },
        },
      );
      clients.add(client);
    });
  };

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A peer that resets the connection here must not end the process.
    socket.on('error', () => undefined);
    const address = clientAddress(request, options.trustProxy);
    if (closing) return refuse(socket, '503 Service Unavailable');
    if (request.url?.split('?')[0] !== signalingPath) return refuse(socket, '404 Not Found');
    try {
      letIn(request, socket, head, address);
    } catch (error) {
      if (!(error instanceof QuotaFull)) throw error;
      refuse(socket, error.scope === 'network' ? '429 Too Many Requests' : '503 Service Unavailable');
    }
  };

  plane.on('hearing', (legId, hearing) => {
    sessions.byLeg(legId)?.socket.send({ push: 'hearing', legId, hearing });
  });
  plane.on('lost', (legId, reason) => {
    log.warn({ leg: legId, reason }, 'leg lost');
    sessions.byLeg(legId)?.socket.send({ push: 'leg-lost', legId });
  });
  plane.on('microphone', (legId, ready) => {
    const repId = repOfLeg(legId);
    if (!repId || closing) return;
    // Noted for absent reps too: one who comes back to a leg that died meanwhile must not be rung.
    track(
      transactions.changeRep(repId, (change, sites) => repMicrophone(change, sites, repId, ready)),
      'microphone not noted',
    );
  });

  return {
    attach(httpServer) {
      httpServer.on('upgrade', upgrade);
    },
    pageIsOpen: callId => sessions.windowsIn(callId).length > 0,
    dropRep(repId, but) {
      for (const { socket, signInId } of [...sessions.windowsOfRep(repId), ...boards.of(repId)])
        if (!but?.has(signInId)) socket.close(closeCodes.signedOut, 'signed out');
    },
    refreshAll() {
      pushes.refreshAll();
      boards.refreshAll();
    },
    presence: {
      repSession: repId => sessions.rep(repId)?.id ?? null,
      shopperIsHere: shopperId => sessions.hasShopper(shopperId),
      canBeHeard: repId => plane.hasMicrophone(repLeg(repId)),
    },
    async close() {
      if (closing) return;
      closing = true;
      clearInterval(heartbeat);
      unsubscribe();
      // In the database everybody stays connected: the next start gives each a grace period to come back.
      sessions.clear();
      for (const client of clients) client.close();
      await pushes.close();
      await boards.close();
      if (concurrencyCaps > 0)
        await new Promise<void>(resolve => {
          nothingInHand = resolve;
        });
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

/**
 * Cuts off a stranger who sends more than a hello: of a frame that never ends, all would be kept. One that says that it
 * is too long is refused by its header already. Returns what ends the counting.
 */
function boundBytes(socket: Duplex, webSocket: WebSocket): () => void {
  let bytes = 0;
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= limits.maxStrangerBytes) return;
    // What ws itself refuses is told why, a moment later.
    setImmediate(() => webSocket.readyState === WebSocket.OPEN && webSocket.terminate());
  };
  socket.on('data', count);
  return () => socket.off('data', count);
}

/** Who does not close it is not waited for. */
function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
