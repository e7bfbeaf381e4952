/**
 * The client end of a signaling socket, with nothing hidden: frames go out as told and come in as they are. Whatever comes
 * has to be what the protocol's schemas say, in each test.
 */
import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import type {
  Answer,
  Answers,
  HeldBy,
  HelloAnswer,
  Push,
  RequestInput,
  RequestType,
} from '../../shared/protocol.ts';
import type { RepView, ShopperView } from '../../shared/views.ts';
import { protocolVersion, signalingPath } from '../../shared/wire.ts';
import { documentedAnswer, documentedPush } from './documented.ts';
import type { RepAccount } from './rep-account.ts';
import { patienceMs, until } from './until.ts';

/** The server's error answer, thrown. */
export class RefusedError extends Error {
  readonly code: string;
  constructor({ code, message }: { code: string; message: string }) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

export class SignalingClient<View extends ShopperView | RepView = ShopperView | RepView> {
  readonly socket: WebSocket;
  readonly pushes: Push[] = [];
  /** The newest view. */
  view: View | undefined;
  /** Which of the person's windows has the call. */
  heldBy: HeldBy | undefined;
  onPush: ((push: Push) => void) | undefined;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #nextId = 1;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', data => this.#received(JSON.parse(data.toString()) as Answer | Push));
  }

  /**
   * @param origin as a page of that origin would; `fromOrigin` sends another Origin header, and `address` is what a
   * proxy in front of the server would say of where it came from; `connection` is how it gets there, if not as `origin` says
   */
  static async open<View extends ShopperView | RepView>(
    origin: string,
    {
      fromOrigin = origin,
      address,
      connection = {},
    }: { fromOrigin?: string; address?: string | undefined; connection?: ClientOptions } = {},
  ): Promise<SignalingClient<View>> {
    const socket = new WebSocket(origin.replace(/^http/, 'ws') + signalingPath, {
      origin: fromOrigin,
      headers: address === undefined ? {} : { 'x-forwarded-for': address },
      rejectUnauthorized: false,
      ...connection,
    });
    const client = new SignalingClient<View>(socket);
    await once(socket, 'open');
    return client;
  }

  static async shopper(
    origin: string,
    options: {
      token?: string | undefined;
      keepsLeg?: boolean;
      siteKey?: string;
      address?: string;
      languages?: string[];
    } = {},
  ): Promise<{ client: SignalingClient<ShopperView>; hello: HelloAnswer }> {
    const { token, keepsLeg = false, siteKey = 'demo', address, languages = [] } = options;
    const client = await SignalingClient.open<ShopperView>(origin, { address });
    const hello = await client.request('hello', {
      protocolVersion,
      role: 'shopper',
      siteKey,
      languages,
      keepsLeg,
      ...(token ? { token } : {}),
    });
    client.view ??= hello.view as ShopperView;
    client.heldBy ??= hello.heldBy;
    return { client, hello };
  }

  static async rep(
    origin: string,
    account: RepAccount,
    keepsLeg = false,
    window: { resumes?: string; follows?: boolean } = {},
  ): Promise<{ client: SignalingClient<RepView>; hello: HelloAnswer }> {
    const client = await SignalingClient.open<RepView>(origin);
    const ticket = await account.ticket(origin);
    const hello = await client.request('hello', {
      protocolVersion,
      role: 'rep',
      ticket,
      keepsLeg,
      ...window,
    });
    client.view ??= hello.view as RepView;
    client.heldBy ??= hello.heldBy;
    return { client, hello };
  }

  /** @throws RefusedError with the server's code */
  request<T extends RequestType>(type: T, data: RequestInput<T>): Promise<Answers[T]> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      const lost = (code: number) => reject(new Error(`closed with ${code} before the answer`));
      this.#waiting.set(id, answer => {
        this.socket.off('close', lost);
        if (!answer.ok) return reject(new RefusedError(answer.error));
        try {
          resolve(documentedAnswer(type, answer.data));
        } catch (error) {
          reject(error);
        }
      });
      this.socket.once('close', lost);
      this.socket.send(JSON.stringify({ id, type, data }));
    });
  }

  /** Waits for a view that fits and returns it. */
  async until<V extends View>(fits: (view: View) => view is V, withinMs?: number): Promise<V>;
  async until(fits: (view: View) => boolean, withinMs?: number): Promise<View>;
  async until(fits: (view: View) => boolean, withinMs = patienceMs): Promise<View> {
    await until(() => this.view && fits(this.view), { withinMs, describe: () => this.view });
    return this.view as View;
  }

  /** The code with which the server closes the socket. */
  async closed(): Promise<number> {
    const [code] = (await once(this.socket, 'close')) as [number];
    return code;
  }

  /** Gone without a word, as when a cable is pulled. */
  cut(): void {
    this.socket.terminate();
  }

  close(): void {
    this.socket.close();
  }

  #received(message: Answer | Push): void {
    if ('push' in message) {
      this.pushes.push(documentedPush(message));
      if (message.push === 'view') {
        this.view = message.view as View;
        this.heldBy = message.heldBy;
      }
      this.onPush?.(message);
      return;
    }
    const settle = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    settle?.(message);
  }
}
