/** The cookie that keeps a rep signed in. */
import type { Context } from 'koa';
import type { Rep } from '../../shared/api/people.ts';
import type { RepId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import { permissionsOf } from '../../shared/permissions.ts';
import { type Account, findAccount } from '../store/accounts.ts';
import type { HttpDeps } from './deps.ts';
import { HttpError } from './errors.ts';
import { isNoStranger } from './in-hand.ts';
import { markAsMember } from './proxy-watch.ts';

type SessionDeps = Pick<HttpDeps, 'db' | 'identity'>;

/**
 * Two names, since a browser lets no plain page replace a cookie that was set over TLS: whoever changed from
 * https to http on one host could otherwise not sign in. `__Host-` binds the cookie to exactly this host.
 */
const cookieName = (ctx: Context) => (ctx.secure ? '__Host-talk-to-us-rep' : 'talk-to-us-rep');

/** Lets nobody in: it says that a person has signed in here before, and stays when they sign out. */
const browserCookieName = (ctx: Context) => (ctx.secure ? '__Host-talk-to-us-browser' : 'talk-to-us-browser');

const flags = (ctx: Context) =>
  ({ httpOnly: true, sameSite: 'strict', path: '/', secure: ctx.secure, overwrite: true }) as const;

export function startRepSession(ctx: Context, { identity }: SessionDeps, repId: RepId): void {
  const token = identity.issueRepSession(repId);
  ctx.cookies.set(cookieName(ctx), token, { ...flags(ctx), maxAge: limits.repSignInMs });
  const browser = identity.issueKnownBrowser(repId);
  ctx.cookies.set(browserCookieName(ctx), browser, { ...flags(ctx), maxAge: limits.knownBrowserMs });
}

/** Who signed in with this browser last, and an id for the browser; null for none that we know. */
export const knownBrowser = (ctx: Context, { identity }: Pick<HttpDeps, 'identity'>) =>
  identity.readKnownBrowser(ctx.cookies.get(browserCookieName(ctx)) ?? '');

/** Ends the session for good and takes the cookie away. Returns whose it was. */
export async function endRepSession(ctx: Context, { identity }: SessionDeps): Promise<RepId | null> {
  const token = ctx.cookies.get(cookieName(ctx));
  ctx.cookies.set(cookieName(ctx), '', { ...flags(ctx), maxAge: 0 });
  if (!token) return null;
  return identity.endRepSession(token);
}

/** Who is asking. Role and name are read anew each time, so that a change of them counts at once. */
export async function signedInRep(ctx: Context, { db, identity }: SessionDeps): Promise<Account> {
  const token = ctx.cookies.get(cookieName(ctx));
  const repId = token ? await identity.readRepSession(token) : null;
  const account = repId ? await findAccount(db, repId) : null;
  if (!account) throw new HttpError('sign-in-needed');
  markAsMember(ctx);
  isNoStranger(ctx);
  return account;
}

/** What the one who is signed in is told about themselves. */
export const publicAccount = ({ id, name, email, role }: Account): Rep => ({
  ...{ id, name, email, role },
  may: permissionsOf(role),
});
