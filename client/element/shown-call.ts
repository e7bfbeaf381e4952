import type { MicrophoneState } from '../../shared/domain.ts';
import type { CallId } from '../../shared/ids.ts';
import type { Answers, RequestInput, RequestType } from '../../shared/protocol.ts';
import type { CallHost } from './call-host.ts';
import type { Problem, Screen } from './states.ts';

/** A call as those see it who draw or ring for only some of its states; `ShopperCall` is one. */
export type ShownCall = {
  readonly host: CallHost;
  readonly screen: Screen;
  /** It is in another tab. */
  readonly elsewhere: boolean;
  /** The shopper looks at how to be called back. */
  readonly choosing: boolean;
  readonly reconnecting: boolean;
  readonly muted: boolean;
  readonly silenced: boolean;
  readonly microphoneLost: boolean;
  readonly microphone: MicrophoneState;
  /** A number may be left although nobody can take the call. */
  readonly takesNumber: boolean;
  /** The server's clock, milliseconds. */
  readonly now: number;
  ask<T extends RequestType>(type: T, data: RequestInput<T>): Promise<Answers[T]>;
  callMeBack(phone?: string): Promise<Answers['callback.request']>;
  answerBack(callId: CallId): Promise<void>;
  choose(choosing: boolean): void;
  duck(level: number): void;
  mute(muted: boolean): void;
  hangUp(): void;
  listen(): void;
  bringHere(): void;
  findMicrophone(): Promise<void>;
  fail(problem: Problem): void;
};
