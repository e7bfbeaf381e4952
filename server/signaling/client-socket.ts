/** One WebSocket with the bounds that keep one client from hurting the others. */
import { type RawData, WebSocket } from 'ws';
import { limits } from '../../shared/limits.ts';
import type { Answer, Push } from '../../shared/protocol.ts';
import { closeCodes } from '../../shared/wire.ts';

/** A peer that does not finish the closing handshake is cut off after this, ms. */
const closeGraceMs = 1_000;

export class ClientSocket {
  readonly address: string;
  readonly origin: string | undefined;
  readonly #socket: WebSocket;
  #silentBeats = 0;
  #pings = 0;
  #sent = 0;
  #taken = 0;
  /** One for all messages: most of them are small and many. */
  readonly #took = () => {
    this.#taken++;
  };
  #stalled: NodeJS.Timeout | undefined;
  #closing = false;

  constructor(
    socket: WebSocket,
    peer: { address: string; origin: string | undefined },
    handlers: { onText: (text: string, bytes: number) => void; onClose: () => void },
  ) {
    this.#socket = socket;
    this.address = peer.address;
    this.origin = peer.origin;
    socket.on('message', (data: RawData, isBinary: boolean) => {
      // The closing handshake takes a moment, in which a flood must cost nothing.
      if (this.#closing) return;
      this.#silentBeats = 0;
      if (isBinary) this.close(closeCodes.badMessage, 'text frames only');
      else {
        const text = data.toString();
        handlers.onText(text, Buffer.isBuffer(data) ? data.length : Buffer.byteLength(text));
      }
    });
    socket.on('pong', () => {
      this.#silentBeats = 0;
    });
    // Answered here, since ws would keep an answer to each for a client that reads none of them.
    socket.on('ping', data => {
      if (this.#closing) return;
      if (++this.#pings > limits.requestBurst) this.close(closeCodes.tooMany, 'too many pings');
      else if (socket.bufferedAmount === 0) socket.pong(data);
    });
    // ws follows every error with 'close'; without a listener the process would end.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearTimeout(this.#stalled);
      handlers.onClose();
    });
  }

  /** Send, unless the client reads so slowly that it has to be let go. */
  send(message: Answer | Push): void {
    this.sendText(JSON.stringify(message));
  }

  /** The same for a message that is text already. */
  sendText(text: string): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    if (this.#socket.bufferedAmount > limits.maxBufferedBytes) {
      // A closing handshake would wait behind the very bytes that are not being read.
      this.#socket.terminate();
      return;
    }
    this.#sent++;
    this.#socket.send(text, this.#took);
    if (this.#socket.bufferedAmount > 0) this.#watch();
  }

  /** Something waits to be taken: see to it that some of it is, from time to time. */
  #watch(): void {
    if (this.#stalled) return;
    const taken = this.#taken;
    this.#stalled = setTimeout(() => {
      this.#stalled = undefined;
      if (this.#taken === this.#sent) return;
      if (this.#taken === taken) this.#socket.terminate();
      else this.#watch();
    }, limits.stalledSocketMs);
  }

  /** Ask the client to close, and listen to it no more; idempotent. */
  close(code: number, reason: string): void {
    if (this.#closing || this.#socket.readyState === WebSocket.CLOSED) return;
    this.#closing = true;
    this.#socket.close(code, reason);
    setTimeout(() => this.#socket.terminate(), closeGraceMs).unref();
  }

  /** To be called every `heartbeatMs`: asks who said nothing since the last time, and lets go of who stays silent. */
  beat(): void {
    this.#pings = 0;
    if (this.#silentBeats >= limits.heartbeatMisses) this.#socket.terminate();
    else if (this.#silentBeats > 0) this.#socket.ping();
    this.#silentBeats++;
  }
}
