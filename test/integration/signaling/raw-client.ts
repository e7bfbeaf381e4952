/** A socket that says whatever a test wants, well-formed or not. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Answer, Push } from '../../../shared/protocol.ts';
import { protocolVersion, signalingPath } from '../../../shared/wire.ts';
import { until } from '../../support/until.ts';

export const shopperHello = { protocolVersion, role: 'shopper', siteKey: 'demo' };

export class RawClient {
  readonly socket: WebSocket;
  readonly answers: Answer[] = [];
  readonly pushes: Push[] = [];
  /** The close code, once closed. */
  closed: number | undefined;
  #next: (outcome: Answer | number) => void = () => undefined;

  /**
   * @param from the Origin header; `none` sends none
   * @param address what a proxy in front of the server would say of where it came from
   */
  static async open(origin: string, from: string | undefined = origin, address?: string): Promise<RawClient> {
    const client = new RawClient(
      new WebSocket(origin.replace(/^http/, 'ws') + signalingPath, {
        ...(from === 'none' ? {} : { origin: from }),
        headers: address === undefined ? {} : { 'x-forwarded-for': address },
      }),
    );
    await once(client.socket, 'open');
    return client;
  }

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', data => {
      const message = JSON.parse(data.toString()) as Answer | Push;
      if ('push' in message) this.pushes.push(message);
      else {
        this.answers.push(message);
        this.#next(message);
      }
    });
    // A reset is a close, too.
    socket.on('error', () => undefined);
    socket.on('close', code => {
      this.closed = code;
      this.#next(code);
    });
  }

  /** Sends as it is; objects as JSON. Resolves with the next answer, or with the code if the socket is closed instead. */
  say(message: string | object): Promise<Answer | number> {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no answer to ${text.slice(0, 500)}`)), 5_000);
      this.#next = outcome => {
        clearTimeout(late);
        resolve(outcome);
      };
      if (this.closed === undefined) this.socket.send(text);
      else this.#next(this.closed);
    });
  }

  /** The code with which the server closes the socket. */
  async untilClosed(withinMs?: number): Promise<number> {
    return until(() => this.closed, withinMs === undefined ? {} : { withinMs });
  }

  close(): void {
    this.socket.terminate();
  }
}
