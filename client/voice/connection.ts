import { limits } from '../../shared/limits.ts';
import type {
  Answer,
  Answers,
  ErrorParams,
  HelloAnswer,
  Push,
  RequestInput,
  RequestType,
} from '../../shared/protocol.ts';
import { afterClose, type ErrorCode, endings, errorCodes } from '../../shared/wire.ts';
import { reconnectDelay } from './backoff.ts';
import { toJson } from './json.ts';

/**
 * What the server answered, or one of the browser's own: `timeout` (no answer in time),
 * `connection-lost` (the socket died with the request under way: it may or may not have been done),
 * `replaced` (the same window has connected anew).
 */
export type SignalingErrorCode = ErrorCode | 'timeout' | 'connection-lost' | 'replaced';

export class SignalingError extends Error {
  readonly code: SignalingErrorCode;
  /** Of the few that a client puts into words with figures or names. */
  readonly params: ErrorParams | undefined;

  constructor(
    code: SignalingErrorCode,
    message: string,
    options?: ErrorOptions & { params?: ErrorParams | undefined },
  ) {
    super(message, options);
    this.name = 'SignalingError';
    this.code = code;
    this.params = options?.params;
  }
}

export type ConnectionState = 'connecting' | 'open' | 'reconnecting' | 'closed';

/** `P`: what the server sends unasked on that connection. */
export type ConnectionOptions<P extends { push: string } = Push> = {
  /** `wss://…/signal`. */
  url: string;
  /** For the first attempt, one that was opened to this address ahead of time; taken over with all that becomes of it. */
  socket?: WebSocket | undefined;
  /**
   * Makes the first message, anew for each attempt (a rep's ticket works once). Rejecting with a
   * `SignalingError` whose code is of the kind `tell` or `fix` ends the connection; anything else is retried.
   */
  hello: () => Promise<RequestInput<'hello'>>;
  onState?: (state: ConnectionState) => void;
  /** After each successful `hello`, so after each reconnect too, and before any waiting request is sent. */
  onHello?: (answer: HelloAnswer) => void;
  onPush?: (push: P) => void;
  /** The server will not have us and trying again would not help. The connection is closed. */
  onRefused?: (error: SignalingError) => void;
  /** 0..1, for the jitter of reconnecting. */
  random?: () => number;
};

type Waiting = {
  type: RequestType;
  data: unknown;
  resolve: (data: unknown) => void;
  reject: (error: SignalingError) => void;
};

/**
 * The browser's end of the signaling socket: says `hello`, keeps a heartbeat, comes back by itself.
 *
 * A request made while there is no connection waits for one, for at most `requestTimeoutMs`. A request
 * that was under way when the socket died fails with `connection-lost`; it is not repeated, because only
 * the next view can tell whether it was done.
 */
export class SignalingConnection<P extends { push: string } = Push> {
  readonly #options: ConnectionOptions<P>;
  readonly #random: () => number;
  readonly #unsent = new Set<Waiting>();
  readonly #underWay = new Map<number, Waiting>();
  #state: ConnectionState = 'closed';
  #socket: WebSocket | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #beatTimer: ReturnType<typeof setInterval> | undefined;
  #attempt = 0;
  #early: WebSocket | undefined;
  /** Why there is no connection: whoever asks too late is told the same as who asked in time. */
  #ended = new SignalingError('connection-lost', 'Not connected.');
  #nextId = 1;
  /** Beats sent since anything was received. Counted, not timed: a sleeping tab's clock proves nothing. */
  #unansweredBeats = 0;
  #received = 0;

  constructor(options: ConnectionOptions<P>) {
    this.#options = options;
    this.#early = options.socket;
    this.#random = options.random ?? Math.random;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Starts connecting; does nothing when already connected or trying. */
  connect(): void {
    if (this.#state !== 'closed') return;
    this.#attempt = 0;
    globalThis.addEventListener?.('online', this.hurry);
    globalThis.document?.addEventListener('visibilitychange', this.hurry);
    globalThis.document?.addEventListener('resume', this.hurry);
    this.#setState('connecting');
    this.#open();
  }

  /** Ends the connection for good; waiting requests fail. May be called twice. */
  close(): void {
    this.#end(new SignalingError('connection-lost', 'The connection was closed.'));
  }

  /** Asks the server; rejects with a `SignalingError`. */
  request<T extends RequestType>(type: T, data: RequestInput<T>): Promise<Answers[T]> {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        this.#unsent.delete(waiting);
      };
      const waiting: Waiting = {
        type,
        data,
        resolve: answer => {
          done();
          resolve(answer as Answers[T]);
        },
        reject: error => {
          done();
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        for (const [id, other] of this.#underWay) if (other === waiting) this.#underWay.delete(id);
        waiting.reject(new SignalingError('timeout', `No answer to ${type} in time.`));
      }, limits.requestTimeoutMs);
      if (this.#state === 'closed') waiting.reject(this.#ended);
      else if (this.#state === 'open') this.#send(waiting);
      else this.#unsent.add(waiting);
    });
  }

  #open(): void {
    clearTimeout(this.#retryTimer);
    const early = this.#early;
    this.#early = undefined;
    const socket = early && early.readyState <= WebSocket.OPEN ? early : new WebSocket(this.#options.url);
    this.#socket = socket;
    // Fetched while the socket opens: a rep's ticket is a round trip of its own.
    const hello = this.#options.hello();
    hello.catch(() => {});
    const giveUp = setTimeout(() => this.#lost(socket), limits.requestTimeoutMs);
    const opened = async () => {
      try {
        const data = await hello;
        if (socket !== this.#socket) return;
        const answer = (await this.#sayHello(socket, data)) as HelloAnswer;
        if (socket === this.#socket) this.#welcomed(answer);
      } catch (error) {
        this.#notWelcome(socket, error);
      } finally {
        clearTimeout(giveUp);
      }
    };
    if (socket.readyState === WebSocket.OPEN) void opened();
    else socket.onopen = opened;
    socket.onmessage = event => {
      if (socket === this.#socket) this.#receive(String(event.data));
    };
    socket.onclose = event => {
      clearTimeout(giveUp);
      this.#lost(socket, event.code);
    };
  }

  #sayHello(socket: WebSocket, data: RequestInput<'hello'>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#underWay.set(id, { type: 'hello', data, resolve, reject });
      socket.send(toJson({ id, type: 'hello', data }));
    });
  }

  #welcomed(answer: HelloAnswer): void {
    this.#attempt = 0;
    this.#unansweredBeats = 0;
    clearInterval(this.#beatTimer);
    let lookedAt = Date.now();
    this.#beatTimer = setInterval(() => {
      const sinceMs = Date.now() - lookedAt;
      lookedAt += sinceMs;
      if (this.#unansweredBeats >= answer.heartbeatMisses) this.#lost(this.#socket);
      // The machine slept, or the page was frozen: what came of the socket is asked at once.
      else if (sinceMs > 2 * answer.heartbeatMs) this.#probe();
      else this.#beat();
    }, answer.heartbeatMs);
    this.#setState('open');
    this.#options.onHello?.(answer);
    for (const waiting of [...this.#unsent]) {
      this.#unsent.delete(waiting);
      this.#send(waiting);
    }
  }

  #notWelcome(socket: WebSocket, error: unknown): void {
    if (socket !== this.#socket) return;
    if (error instanceof SignalingError && error.code in errorCodes) {
      if (errorCodes[error.code as ErrorCode] !== 'retry') {
        this.#end(error);
        this.#options.onRefused?.(error);
        return;
      }
      // The server is there and says why it can do nothing: whoever waits is told that, not that time ran out.
      for (const waiting of this.#unsent) waiting.reject(error);
    }
    this.#lost(socket);
  }

  #beat(): void {
    this.#unansweredBeats++;
    this.request('beat', {}).catch(() => {});
  }

  #send(waiting: Waiting): void {
    const id = this.#nextId++;
    this.#underWay.set(id, waiting);
    this.#socket?.send(toJson({ id, type: waiting.type, data: waiting.data }));
  }

  #receive(text: string): void {
    this.#unansweredBeats = 0;
    this.#received++;
    const message = JSON.parse(text) as Answer | P;
    if ('push' in message) {
      // Until `hello` is answered a push has no view to belong to.
      if (this.#state === 'open') this.#options.onPush?.(message);
      return;
    }
    const waiting = this.#underWay.get(message.id);
    this.#underWay.delete(message.id);
    if (message.ok) waiting?.resolve(message.data);
    else waiting?.reject(new SignalingError(message.error.code, message.error.message, message.error));
  }

  /** The socket is gone or counts as gone; `code` is its close code if it had one. */
  #lost(socket: WebSocket | undefined, code = 1006): void {
    if (!socket || socket !== this.#socket) return;
    this.#drop(new SignalingError('connection-lost', 'The connection was lost.'));
    const ending = endings[code];
    if (ending) {
      const error = new SignalingError(ending, `The server closed the connection (${code}).`);
      this.#end(error);
      this.#options.onRefused?.(error);
      return;
    }
    const attempt = afterClose(code) === 'reconnect-late' ? Number.MAX_SAFE_INTEGER : this.#attempt++;
    this.#setState('reconnecting');
    this.#retryTimer = setTimeout(() => this.#open(), reconnectDelay(attempt, this.#random));
  }

  /** The network came back, the person did, or a frozen page: none waits out a back-off or a dead socket. */
  readonly hurry = ({ type }: { type: string }) => {
    if (type === 'visibilitychange' && document.visibilityState === 'hidden') return;
    if (this.#state === 'reconnecting' && !this.#socket) this.#open();
    if (this.#state === 'open') this.#probe();
  };

  /** A socket that does not answer soon is as good as lost. */
  #probe(): void {
    const socket = this.#socket;
    const received = this.#received;
    this.#beat();
    setTimeout(() => {
      if (this.#received === received) this.#lost(socket);
    }, limits.heartbeatMs / 2);
  }

  #drop(error: SignalingError): void {
    clearInterval(this.#beatTimer);
    clearTimeout(this.#retryTimer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    const failed = [...this.#underWay.values()];
    this.#underWay.clear();
    for (const waiting of failed) waiting.reject(error);
  }

  #end(error: SignalingError): void {
    this.#ended = error;
    globalThis.removeEventListener?.('online', this.hurry);
    globalThis.document?.removeEventListener('visibilitychange', this.hurry);
    globalThis.document?.removeEventListener('resume', this.hurry);
    this.#drop(error);
    for (const waiting of [...this.#unsent]) waiting.reject(error);
    this.#setState('closed');
  }

  #setState(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState?.(state);
  }
}
