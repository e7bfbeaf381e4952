/** `/api/rep`: signing in and out, who I am, tickets for the socket, and what the desk shows. */
import { limits } from '../../../shared/limits.ts';
import { createOverviews } from '../../calls/views/overview.ts';
import { passwordFits } from '../../identity/passwords.ts';
import { findAccountByEmail } from '../../store/accounts.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { endRepSession, knownBrowser, publicAccount, startRepSession } from '../rep-session.ts';
import type { SignInLimiter } from '../sign-in-limiter.ts';
import type { Handlers } from './mount.ts';

export function repHandlers(
  deps: HttpDeps,
  limiter: SignInLimiter,
): Handlers<
  | 'GET /api/rep/me'
  | 'POST /api/rep/sign-in'
  | 'POST /api/rep/sign-out'
  | 'POST /api/rep/ticket'
  | 'GET /api/rep/overview'
> {
  const overviews = createOverviews(deps.db, deps.now);
  return {
    'GET /api/rep/me': ({ member }) => ({ rep: publicAccount(member) }),

    async 'POST /api/rep/sign-in'({ ctx, body: { email, password } }) {
      const browser = knownBrowser(ctx, deps);
      const room = limiter.enter(ctx.ip, browser !== null);
      try {
        const account = await findAccountByEmail(deps.db, email);
        const known = account && browser?.repId === account.id ? browser.id : null;
        const fits = await limiter.check({ address: ctx.ip, email, knownBrowser: known }, () =>
          passwordFits(account?.password_hash ?? null, password),
        );
        if (!account || !fits) throw new HttpError('wrong-credentials');
        startRepSession(ctx, deps, account.id);
        deps.log.info({ rep: account.id }, 'rep signed in');
        return { rep: publicAccount(account) };
      } finally {
        room.release();
      }
    },

    async 'POST /api/rep/sign-out'({ ctx }) {
      const repId = await endRepSession(ctx, deps);
      if (repId) {
        await deps.signedOut(repId);
        deps.log.info({ rep: repId }, 'rep signed out');
      }
      return {};
    },

    'POST /api/rep/ticket': ({ member }) => ({ ticket: deps.identity.issueTicket(member.id) }),

    'GET /api/rep/overview'({ member, query: { from } }) {
      if (from < deps.now() - limits.dayMs)
        throw new HttpError('bad-request', 'A day that began so long ago is in the history only.', {
          field: 'from',
        });
      return overviews.read(member, from);
    },
  };
}
