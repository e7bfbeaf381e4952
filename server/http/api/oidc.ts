/** `/api/rep/oidc`: to the sign-in provider and back. Both are visited by the browser itself, so they answer with redirects. */
import type { Context } from 'koa';
import type { SignInProblem } from '../../../shared/domain.ts';
import type { RepId } from '../../../shared/ids.ts';
import { allowances, limits } from '../../../shared/limits.ts';
import { refuse } from '../../../shared/refusals.ts';
import { ProviderError, type ProviderPerson } from '../../identity/sign-in-provider.ts';
import { network } from '../../quota/network.ts';
import { Rate } from '../../quota/rate.ts';
import { recordAudit } from '../../store/audit.ts';
import { addIdentity, findIdentity } from '../../store/identities.ts';
import { membershipsOf } from '../../store/members.ts';
import { inTransaction } from '../../store/transaction.ts';
import { findUserByEmail } from '../../store/users.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { startRepSession } from '../rep-session.ts';
import type { Handlers } from './mount.ts';

const returnPath = '/api/rep/oidc/return';

/** The origin that the browser asked. `ctx.origin` is the header. */
const asked = (ctx: Context) => `${ctx.protocol}://${ctx.host}`;

const cookieName = (ctx: Context) => (ctx.secure ? '__Secure-talk-to-us-oidc' : 'talk-to-us-oidc');
/** Lax, since the browser comes back from another site. */
const flags = (ctx: Context) =>
  ({ httpOnly: true, sameSite: 'lax', path: '/api/rep/oidc', secure: ctx.secure, overwrite: true }) as const;

export function oidcHandlers(
  deps: HttpDeps,
): Handlers<'GET /api/rep/sign-in-ways' | 'GET /api/rep/oidc/start' | 'GET /api/rep/oidc/return'> {
  const { config, provider, ownOrigins, log } = deps;
  const returns = new Rate(allowances.providerReturns);
  const configured = () => {
    if (!provider) throw new HttpError('not-found', refuse('noProvider'));
    return provider;
  };
  /** Where people reach us. Never what a header says alone, or the provider would be asked to send people elsewhere. */
  const home = (ctx: Context) => {
    if (config.publicUrl) return config.publicUrl;
    if (!ownOrigins().has(asked(ctx))) throw new HttpError('origin-not-allowed');
    return asked(ctx);
  };
  /** Words are chosen by the page; the part after `#` reaches no server. */
  const tell = (ctx: Context, problem: SignInProblem): undefined => {
    ctx.redirect(`/rep#sign-in-problem=${problem}`);
  };

  return {
    'GET /api/rep/sign-in-ways': () => ({ provider: provider?.name ?? null }),

    async 'GET /api/rep/oidc/start'({ ctx, query: { there } }) {
      const { begin } = configured();
      const at = home(ctx);
      // The cookie has to be set where people come back to. Once: a proxy may show us another origin each time.
      if (at !== asked(ctx) && there === undefined) {
        ctx.redirect(`${at}/api/rep/oidc/start?there=1`);
        return;
      }
      try {
        const { address, flow } = await begin(at + returnPath);
        ctx.cookies.set(cookieName(ctx), flow, { ...flags(ctx), maxAge: limits.providerSignInMs });
        ctx.redirect(address.href);
      } catch (error) {
        tell(ctx, problemOf(error));
      }
    },

    async 'GET /api/rep/oidc/return'({ ctx }) {
      const { finish } = configured();
      const flow = ctx.cookies.get(cookieName(ctx)) ?? '';
      ctx.cookies.set(cookieName(ctx), '', { ...flags(ctx), maxAge: 0 });
      if (!returns.take(network(ctx.ip))) return tell(ctx, 'too-many');
      try {
        const person = await finish(flow, new URL(home(ctx) + returnPath + ctx.search));
        const found = await findRep(deps, person);
        if ('problem' in found) return tell(ctx, found.problem);
        // The provider answers for the second factor too.
        await startRepSession(ctx, deps, found.repId, false, null);
        log.info({ rep: found.repId }, 'rep signed in by the provider');
        ctx.redirect('/rep');
      } catch (error) {
        tell(ctx, problemOf(error));
      }
    },
  };
}

function problemOf(error: unknown): SignInProblem {
  if (!(error instanceof ProviderError)) throw error;
  return error.reason;
}

/** The member who that is: known from before, or by a verified e-mail address, which is only asked for the first time. */
async function findRep(
  { db, log, now }: Pick<HttpDeps, 'db' | 'log' | 'now'>,
  { issuer, subject, email, emailVerified }: ProviderPerson,
): Promise<{ repId: RepId } | { problem: SignInProblem }> {
  const known = await findIdentity(db, issuer, subject);
  if (!known && (email === null || !emailVerified)) return { problem: 'email-unverified' };
  const repId = known ?? (email === null ? null : ((await findUserByEmail(db, email))?.id ?? null));
  if (!repId) return { problem: 'not-invited' };
  const memberships = await membershipsOf(db, repId);
  if (memberships.length === 0) return { problem: 'disabled' };
  if (known) return { repId };
  const added = await inTransaction(db, async trx => {
    if (!(await addIdentity(trx, { issuer, subject, repId }, now()))) return false;
    const { name } = await trx
      .selectFrom('reps')
      .select('name')
      .where('id', '=', repId)
      .executeTakeFirstOrThrow();
    for (const { accountId } of memberships)
      await recordAudit(
        trx,
        { accountId, by: repId, action: 'member.provider-connected', target: name, after: { issuer } },
        now(),
      );
    return true;
  });
  if (added) log.info({ rep: repId }, 'sign-in provider connected');
  // Somebody else had that e-mail address at the provider before, unless two windows came back at once.
  else if ((await findIdentity(db, issuer, subject)) !== repId) return { problem: 'connected-elsewhere' };
  return { repId };
}
