/** The two listeners, HTTP and HTTPS, of one handler. Sockets are attached to them by whoever wants `upgrade`. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { caps } from '../../shared/limits.ts';
import { network } from '../quota/network.ts';
import { Quota, QuotaFull } from '../quota/quota.ts';
import { httpLimits } from './limits.ts';

/** A port could not be opened; the message says what to do about it. */
export class ListenError extends Error {
  readonly reason: 'port-taken' | 'port-forbidden' | 'address-missing' | 'other';
  readonly port: number;
  constructor(reason: ListenError['reason'], port: number, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ListenError';
    this.reason = reason;
    this.port = port;
  }
}

export type Servers = {
  /** Listen for `upgrade` on both. */
  readonly http: Server;
  readonly https: Server;
  /** The ports in use; with port 0, known after `listen`. */
  ports(): { http: number; https: number };
  /** Open both ports, or neither. Throws `ListenError`. */
  listen(): Promise<void>;
  /** New connections are proved with this certificate from now on; those that are open go on. */
  useCertificate(tls: { key: string; cert: string }): void;
  /** Stop listening and end every connection at once, upgraded ones too. Idempotent. */
  close(): Promise<void>;
};

export function createServers(options: {
  handler: RequestListener;
  /** What comes without encryption, if something else than `handler` is to answer that. */
  plainHandler?: RequestListener;
  host: string;
  httpPort: number;
  httpsPort: number;
  tls: { key: string; cert: string };
  /** All connections come from a proxy: none of its clients is known by the connection. */
  behindProxy?: boolean;
}): Servers {
  const { handler, plainHandler = handler, host, httpPort, httpsPort, tls, behindProxy = false } = options;
  const bounds = {
    headersTimeout: httpLimits.headersTimeoutMs,
    // The longest of all; what is no upload has less time, see `arrivesInTime`.
    requestTimeout: httpLimits.uploadTimeoutMs,
    keepAliveTimeout: httpLimits.keepAliveMs,
    connectionsCheckingInterval: httpLimits.connectionsCheckedEveryMs,
  };
  const http = createServer(bounds, plainHandler);
  const https = createTlsServer(
    { ...bounds, ...tls, ...tlsBounds, handshakeTimeout: httpLimits.headersTimeoutMs },
    handler,
  );
  const connections = new Quota('connections', caps.connections);
  for (const server of [http, https]) boundConnections(server, connections, behindProxy);
  const ends = [endAll(http), endAll(https)];
  let closing: Promise<void> | undefined;

  const portOf = (server: Server, wanted: number) => (server.address() as AddressInfo | null)?.port ?? wanted;
  const close = () => {
    closing ??= Promise.all(ends.map(end => end())).then(() => undefined);
    return closing;
  };

  return {
    http,
    https,
    ports: () => ({ http: portOf(http, httpPort), https: portOf(https, httpsPort) }),
    async listen() {
      try {
        await open(http, host, httpPort, 'PORT');
        await open(https, host, httpsPort, 'HTTPS_PORT');
      } catch (error) {
        await close();
        throw error;
      }
    },
    useCertificate: ({ key, cert }) => https.setSecureContext({ key, cert, ...tlsBounds }),
    close,
  };
}

const tlsBounds = { minVersion: 'TLSv1.2' } as const;

/** A connection too many is ended before anything is read from it. */
function boundConnections(server: Server, connections: Quota, behindProxy: boolean): void {
  server.on('connection', socket => {
    try {
      const from = behindProxy ? '' : network(socket.remoteAddress ?? '');
      const room = connections.reserve({ network: from });
      socket.once('close', () => room.release());
    } catch (error) {
      if (!(error instanceof QuotaFull)) throw error;
      socket.destroy();
    }
  });
}

/**
 * Ends a server and all that is connected to it. The sockets are counted here, since Node forgets those that
 * were upgraded, and its `close` would wait for them.
 */
function endAll(server: Server): () => Promise<void> {
  const sockets = new Set<Socket>();
  server.on('connection', socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return () =>
    new Promise(resolve => {
      // The only error it can give is that the server does not listen, and then it is closed already.
      server.close(() => resolve());
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
    });
}

function open(server: Server, host: string, port: number, option: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (cause: NodeJS.ErrnoException) => reject(inWords(cause, host, port, option));
    server.once('error', failed);
    server.listen({ host, port }, () => {
      server.off('error', failed);
      resolve();
    });
  });
}

function inWords(cause: NodeJS.ErrnoException, host: string, port: number, option: string): ListenError {
  const fail = (reason: ListenError['reason'], message: string) =>
    new ListenError(reason, port, message, { cause });
  switch (cause.code) {
    case 'EADDRINUSE':
      return fail(
        'port-taken',
        `Port ${port} is in use. Stop the other program or start with ${option}=${port < 65_535 ? port + 1 : port - 1}`,
      );
    case 'EACCES':
      return fail(
        'port-forbidden',
        `This user may not open port ${port}. Start with a port above 1023, such as ${option}=${port + 8000}, or let every user of this machine open it: sudo sysctl -w net.ipv4.ip_unprivileged_port_start=${port}`,
      );
    case 'EAFNOSUPPORT':
      return fail(
        'address-missing',
        `This machine has no IPv6, so that it cannot listen on ${host}. Start with HOST=0.0.0.0`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return fail('address-missing', `This machine has no address ${host}. Start with HOST=0.0.0.0`);
    default:
      return fail('other', `Port ${port} could not be opened on ${host}: ${cause.message}`);
  }
}
