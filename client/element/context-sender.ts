import type { CallHost } from './call-host.ts';
import { type CallContextInput, completeContext } from './context.ts';

/** Changes of the context within this are sent as one. */
const contextMs = 500;

/** What the page tells about the visit, on its way to the server. */
export class ContextSender {
  readonly #host: Pick<CallHost, 'context'>;
  readonly #send: (context: CallContextInput) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Pick<CallHost, 'context'>, send: (context: CallContextInput) => void) {
    this.#host = host;
    this.#send = send;
  }

  /** As the server accepts it. */
  get current(): CallContextInput {
    return completeContext(this.#host.context(), { url: location.href, title: document.title });
  }

  /** A page may change it with every key press. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#send(this.current);
    }, contextMs);
  }

  /** May be called twice. */
  close(): void {
    clearTimeout(this.#timer);
  }
}
