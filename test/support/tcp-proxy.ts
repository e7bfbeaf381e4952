/** A way to a server that can be broken as real ways are: by silence, or by cutting everything that goes through. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export type TcpProxy = {
  port: number;
  /** Take connections and everything that comes on them, and pass nothing on. */
  swallow(): void;
  /** End every connection, and refuse new ones. */
  cut(): void;
  /** Pass on again, what was swallowed being lost. */
  mend(): void;
  close(): Promise<void>;
};

export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  let state: 'whole' | 'silent' | 'cut' = 'whole';
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  };
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer(near => {
    keep(near);
    if (state === 'cut') {
      near.resetAndDestroy();
      return;
    }
    const far = connect(targetPort, '127.0.0.1');
    keep(far);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', chunk => {
        if (state === 'whole') to.write(chunk);
      });
      from.on('close', () => {
        if (state !== 'silent') to.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    swallow() {
      state = 'silent';
    },
    cut() {
      state = 'cut';
      cutAll();
    },
    mend() {
      state = 'whole';
    },
    async close() {
      cutAll();
      server.close();
      await once(server, 'close');
    },
  };
}
