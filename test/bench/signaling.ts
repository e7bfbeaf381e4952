/** A client's socket for benchmarks: the product's envelope, nothing else, to our server and to the bare one alike. */
import { once } from 'node:events';
import { WebSocket } from 'ws';

export type Message = Record<string, unknown>;

export class BenchSocket {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, { resolve: (data: never) => void; reject: (error: Error) => void }>();
  #nextId = 1;
  onPush: (push: Message) => void = () => {};

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', text => {
      const message = JSON.parse(String(text)) as Message & { id: number; ok: boolean; data: never };
      if ('push' in message) return this.onPush(message);
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.ok) waiting?.resolve(message.data);
      else waiting?.reject(new Error(JSON.stringify(message.error)));
    });
    socket.on('close', (code, reason) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`closed with ${code} (${reason})`));
      this.#waiting.clear();
    });
  }

  /** @param from local address of the client: a server counts calls and sockets by address */
  static async open(origin: string, path: string, from = '127.0.0.1'): Promise<BenchSocket> {
    const socket = new WebSocket(origin.replace('http', 'ws') + path, { origin, localAddress: from });
    const client = new BenchSocket(socket);
    await once(socket, 'open');
    return client;
  }

  request<T>(type: string, data: unknown): Promise<T> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, type, data }));
    });
  }

  close(): void {
    this.#socket.close();
  }
}
