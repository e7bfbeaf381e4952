/** The cookie that keeps a rep signed in. */
import type { Context } from 'koa';
import type { Rep } from '../../shared/api/people.ts';
import type { RepId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import { spokenLanguages } from '../../shared/own-words.ts';
import { permissionsOf } from '../../shared/permissions.ts';
import { photoOf } from '../store/images.ts';
import { membershipsOf } from '../store/members.ts';
import type { Shown } from '../store/rep-sessions.ts';
import { needsTwoFactor } from '../store/team-settings.ts';
import { findUser, type User } from '../store/users.ts';
import { releaseSignedIn } from './concurrency-caps.ts';
import type { HttpDeps } from './deps.ts';
import { HttpError } from './errors.ts';
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

/**
 * Throws `wrong-credentials` when what they showed does not let them in any more. Windows of a session that ends for it are let
 * go.
 *
 * @param onlySetUp see `Identity.issueRepSession`, and `shown` too
 */
export async function startRepSession(
  ctx: Context,
  { identity, sessionsEnded }: Pick<HttpDeps, 'identity' | 'sessionsEnded'>,
  repId: RepId,
  onlySetUp: boolean,
  shown: Shown | null,
): Promise<void> {
  const issued = await identity.issueRepSession(repId, ctx.get('user-agent'), onlySetUp, shown);
  if (issued === null) throw new HttpError('wrong-credentials');
  if (issued.othersEnded) await sessionsEnded(repId);
  ctx.cookies.set(cookieName(ctx), issued.token, { ...flags(ctx), maxAge: limits.repSignInMs });
  const browser = identity.issueKnownBrowser(repId);
  ctx.cookies.set(browserCookieName(ctx), browser, { ...flags(ctx), maxAge: limits.knownBrowserMs });
}

/** Who signed in with this browser last, and an id for the browser; null for none that we know. */
export const knownBrowser = (ctx: Context, { identity }: Pick<HttpDeps, 'identity'>) =>
  identity.readKnownBrowser(ctx.cookies.get(browserCookieName(ctx)) ?? '');

/** Whether a team of theirs asks for a second factor and they have none. */
export const mustSetUpTwoFactor = async (
  { db, secondFactors }: Pick<HttpDeps, 'db' | 'secondFactors'>,
  repId: RepId,
): Promise<boolean> => (await needsTwoFactor(db, repId)) && !(await secondFactors.state(repId)).on;

/** Ends the session for good and takes the cookie away. Returns whose it was. */
export async function endRepSession(ctx: Context, { identity }: SessionDeps): Promise<RepId | null> {
  const token = ctx.cookies.get(cookieName(ctx));
  ctx.cookies.set(cookieName(ctx), '', { ...flags(ctx), maxAge: 0 });
  if (!token) return null;
  return identity.endRepSession(token);
}

/** Somebody who is signed in, and what they are in which account. */
export type Member = User & {
  sessionId: string;
  /** Has signed in with a password only, where a second factor is asked for. */
  onlySetUp: boolean;
  memberships: Awaited<ReturnType<typeof membershipsOf>>;
};

/**
 * Who is asking. Name and roles are read anew each time, so that a change of them counts at once; who is a member of
 * nothing any more is not signed in.
 */
export async function signedInRep(ctx: Context, { db, identity }: SessionDeps): Promise<Member> {
  const token = ctx.cookies.get(cookieName(ctx));
  const session = token ? await identity.readRepSession(token) : null;
  const user = session ? await findUser(db, session.repId) : null;
  const memberships = user ? await membershipsOf(db, user.id) : [];
  if (!session || !user || memberships.length === 0) throw new HttpError('sign-in-needed');
  markAsMember(ctx);
  releaseSignedIn(ctx);
  return { ...user, sessionId: session.sessionId, onlySetUp: session.onlySetUp, memberships };
}

/** What the one who is signed in is told about themselves. */
export async function aboutOneself(
  db: HttpDeps['db'],
  { id, name, email }: Pick<User, 'id' | 'name' | 'email'>,
): Promise<Rep> {
  const [memberships, photo] = await Promise.all([membershipsOf(db, id), photoOf(db, id)]);
  return {
    ...{ id, name, email, photo },
    may: [...new Set(memberships.flatMap(({ role }) => permissionsOf(role)))],
    accounts: memberships.map(({ accountId, name, role }) => ({ id: accountId, name, role })),
    languages: spokenLanguages.parse(memberships.flatMap(one => one.languages)),
  };
}
