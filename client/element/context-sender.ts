import type { CallHost } from './call-host.ts';
import { type CallContextInput, completeContext } from './context.ts';

/** Changes of the context within this are sent as one. */
const contextMs = 500;

/** What the page tells about the visit, on its way to the server. */
export class ContextSender {
  readonly #host: Pick<CallHost, 'context' | 'vocabulary'>;
  readonly #send: (context: CallContextInput) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Pick<CallHost, 'context' | 'vocabulary'>, send: (context: CallContextInput) => void) {
    this.#host = host;
    this.#send = send;
  }

  /** As the server accepts it. */
  get current(): CallContextInput {
    const { context, vocabulary } = this.#host;
    return completeContext(context(), { url: location.href, title: document.title }, vocabulary().tag);
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
