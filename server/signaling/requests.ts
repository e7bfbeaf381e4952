/** From a request's name to the command that carries it out, for those who may ask. */
import { type ZodError, z } from 'zod';
import { may, type Permission, permissions } from '../../shared/permissions.ts';
import { type RequestType, requests } from '../../shared/protocol.ts';
import { refusalIn } from '../../shared/refusals.ts';
import { inEnglish } from '../../shared/refusals-in-english.ts';
import { CallError } from '../calls/errors.ts';
import { mayAnywhere } from '../store/members.ts';
import type { SignalingDeps } from './deps.ts';
import type { Handler } from './handler.ts';
import { legRequests } from './leg-requests.ts';
import { repRequests } from './rep-requests.ts';
import type { RepSession, Session, ShopperSession } from './session.ts';
import { shopperRequests } from './shopper-requests.ts';
import { takeOver } from './windows.ts';

/** Whose session it is that comes with a permission. */
type SessionWith<P extends Permission> = [(typeof permissions)[P][number]] extends ['shopper']
  ? ShopperSession
  : 'shopper' extends (typeof permissions)[P][number]
    ? Session
    : RepSession;

/** Every request has a handler whose session fits the permission that `requests` names. */
type Handlers = {
  [T in Exclude<RequestType, 'hello'>]: Handler<T, SessionWith<(typeof requests)[T]['may']>>;
};

const handlers: Handlers = {
  ...shopperRequests,
  ...repRequests,
  ...legRequests,
  'session.take-over': takeOver,
  'board.watch': async () => {
    throw new CallError('bad-request', 'The board is watched on a connection of its own, see `hello`.');
  },
  beat: async () => ({}),
};

/** Carry out a request after `hello`. Throws `unknown-type`, `not-allowed`, `bad-request` or what the command throws. */
export async function dispatch(
  deps: SignalingDeps,
  session: Session,
  type: string,
  data: unknown,
): Promise<unknown> {
  if (!Object.hasOwn(handlers, type)) throw new CallError('unknown-type', `There is no request "${type}".`);
  const known = type as keyof Handlers;
  const { may: permission } = requests[known];
  if (!(await allowed(deps, session, permission)))
    throw new CallError('not-allowed', `"${type}" is for: ${permissions[permission].join(', ')}.`);
  const parsed = parse<unknown>(requests[known].data, data);
  // The table's type ties each name to its data and its session; both were checked on the lines above.
  const handle = handlers[known] as (
    deps: SignalingDeps,
    session: Session,
    data: unknown,
  ) => Promise<unknown>;
  return handle(deps, session, parsed);
}

/** Whether that is for them at all. Of which sites and calls is for the command to look at, inside its transaction. */
const allowed = async ({ db }: SignalingDeps, session: Session, permission: Permission): Promise<boolean> =>
  session.role === 'shopper' ? may('shopper', permission) : mayAnywhere(db, session.repId, permission);

/** Parse or throw `bad-request` with words that name the field. */
export function parse<T>(schema: z.ZodType<T>, data: unknown): T {
  const result = schema.safeParse(data);
  if (!result.success) throw new CallError('bad-request', explain(result.error));
  return result.data;
}

/** For developers: what schemas say as refusals, in English. */
function explain({ issues }: ZodError): string {
  const english = issues.map(issue => {
    const own = refusalIn(issue.message);
    return own ? { ...issue, message: inEnglish(own) } : issue;
  });
  return z.prettifyError({ issues: english }).slice(0, 500);
}
