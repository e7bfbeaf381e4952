import type { CSSResult } from 'lit';
import type { CallMemory } from './call-memory.ts';
import type { CallContextInput } from './context.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What the call needs from the element around it. */
export type CallHost = {
  readonly server: string;
  /** Address of its socket. */
  readonly signalingUrl: string;
  readonly site: string;
  /** Of the next call; the page may change it at any time. */
  queue(): string;
  /** The socket that was opened ahead of the voice code, once. */
  takeSocket(): WebSocket | undefined;
  /** A policy of the page keeps it from the server. */
  cutOff(): boolean;
  readonly memory: CallMemory;
  /** Address of the shop's own service worker that rings a closed page; empty without one. */
  serviceWorker(): string;
  /** Of the element that has the window. */
  vocabulary(): Vocabulary;
  /** What the page tells about the visit, as it is given. */
  context(): CallContextInput;
  /** What was fetched later brings its looks along. */
  adopt(styles: CSSResult): void;
  /** Something that is shown has changed. */
  changed(): void;
  /** Resolves when what was last changed has been painted. */
  painted(): Promise<void>;
  emit(name: 'call' | 'answer' | 'end' | 'error', detail: object): void;
};
