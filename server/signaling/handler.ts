import type { Answers, RequestData, RequestType } from '../../shared/protocol.ts';
import type { SignalingDeps } from './deps.ts';
import type { Session } from './session.ts';

/** Carries out one type of request. Throws `CallError` or `MediaError` for what the client can understand. */
export type Handler<T extends RequestType, S extends Session> = (
  deps: SignalingDeps,
  session: S,
  data: RequestData<T>,
) => Promise<Answers[T]>;
