/** From a request's name to the command that carries it out, for those who may ask. */
import { type ZodError, z } from 'zod';
import { type RequestType, requests } from '../../shared/protocol.ts';
import { CallError } from '../calls/errors.ts';
import type { SignalingDeps } from './deps.ts';
import type { Handler } from './handler.ts';
import { legRequests } from './leg-requests.ts';
import { repRequests } from './rep-requests.ts';
import type { RepSession, Session, ShopperSession } from './session.ts';
import { shopperRequests } from './shopper-requests.ts';
import { takeOver } from './windows.ts';

/** Every request has a handler whose session fits the role that `requests` names. */
type Handlers = {
  [T in Exclude<RequestType, 'hello'>]: (typeof requests)[T]['role'] extends 'shopper'
    ? Handler<T, ShopperSession>
    : (typeof requests)[T]['role'] extends 'rep'
      ? Handler<T, RepSession>
      : Handler<T, Session>;
};

const handlers: Handlers = {
  ...shopperRequests,
  ...repRequests,
  ...legRequests,
  'session.take-over': takeOver,
  beat: async () => ({}),
};

/** Carry out a request after `hello`. Throws, at once or later, `unknown-type`, `not-allowed`, `bad-request` or what the command throws. */
export function dispatch(
  deps: SignalingDeps,
  session: Session,
  type: string,
  data: unknown,
): Promise<unknown> {
  if (!Object.hasOwn(handlers, type)) throw new CallError('unknown-type', `There is no request "${type}".`);
  const known = type as keyof Handlers;
  const { role } = requests[known];
  if (role !== 'both' && role !== session.role)
    throw new CallError('not-allowed', `"${type}" is not for a ${session.role}.`);
  const parsed = parse<unknown>(requests[known].data, data);
  // The table's type ties each name to its data and its role; both were checked on the lines above.
  const handle = handlers[known] as (
    deps: SignalingDeps,
    session: Session,
    data: unknown,
  ) => Promise<unknown>;
  return handle(deps, session, parsed);
}

/** Parse or throw `bad-request` with words that name the field. */
export function parse<T>(schema: z.ZodType<T>, data: unknown): T {
  const result = schema.safeParse(data);
  if (!result.success) throw new CallError('bad-request', explain(result.error));
  return result.data;
}

const explain = (error: ZodError) => z.prettifyError(error).slice(0, 500);
