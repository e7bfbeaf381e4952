/** `/api/rep`: signing in and out, tickets for the socket, and what the desk shows. */
import { limits } from '../../../shared/limits.ts';
import { refuse } from '../../../shared/refusals.ts';
import { createOverviews } from '../../calls/views/overview.ts';
import { passwordFits } from '../../identity/passwords.ts';
import { isRecoveryCode } from '../../identity/second-factors.ts';
import { membershipsOf, scopeOf } from '../../store/members.ts';
import { findUserByEmail } from '../../store/users.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import {
  aboutOneself,
  endRepSession,
  knownBrowser,
  mustSetUpTwoFactor,
  startRepSession,
} from '../rep-session.ts';
import type { SignInLimiter } from '../sign-in-limiter.ts';
import type { Handlers } from './mount.ts';
import { lacksCode } from './two-factor.ts';

export function repHandlers(
  deps: HttpDeps,
  limiter: SignInLimiter,
): Handlers<
  'POST /api/rep/sign-in' | 'POST /api/rep/sign-out' | 'POST /api/rep/ticket' | 'GET /api/rep/overview'
> {
  const overviews = createOverviews(deps.db, deps.now);
  return {
    async 'POST /api/rep/sign-in'({ ctx, body: { email, password, code } }) {
      const browser = knownBrowser(ctx, deps);
      const room = limiter.enter(ctx.ip, browser !== null);
      try {
        const user = await findUserByEmail(deps.db, email);
        const known = user && browser?.repId === user.id ? browser.id : null;
        // Within the one check, so that a wrong code costs what a wrong password does.
        const found: { lacks: 'wrong-credentials' | 'code-needed' | 'wrong-code' | null } = {
          lacks: 'wrong-credentials',
        };
        const who = { address: ctx.ip, email, knownBrowser: known };
        await limiter.check(who, async () => {
          const fits = await passwordFits(user?.password_hash ?? null, password);
          if (!user || !fits) return false;
          found.lacks = await lacksCode(deps, limiter, { ...who, repId: user.id }, code);
          return found.lacks !== 'wrong-code';
        });
        if (!user || found.lacks === 'wrong-credentials') throw new HttpError('wrong-credentials');
        if (found.lacks) {
          // There is no next one to wait for.
          const ofRecovery = found.lacks === 'wrong-code' && code !== undefined && isRecoveryCode(code);
          const refusal = ofRecovery ? refuse('wrongRecoveryCode') : undefined;
          throw new HttpError(found.lacks, refusal, { field: 'code' });
        }
        // Told to whoever knows the password, and to nobody else.
        if ((await membershipsOf(deps.db, user.id)).length === 0) throw new HttpError('disabled');
        const setUpTwoFactor = await mustSetUpTwoFactor(deps, user.id);
        const shown = { passwordHash: user.password_hash, code: Boolean(code) };
        await startRepSession(ctx, deps, user.id, setUpTwoFactor, shown);
        deps.log.info({ rep: user.id }, 'rep signed in');
        return { rep: await aboutOneself(deps.db, user), setUpTwoFactor };
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

    'POST /api/rep/ticket': ({ member }) => ({ ticket: deps.identity.issueTicket(member.sessionId) }),

    async 'GET /api/rep/overview'({ member, query: { from } }) {
      if (from < deps.now() - limits.dayMs)
        throw new HttpError('bad-request', refuse('dayTooOld'), {
          field: 'from',
        });
      const { sites: overseen } = await scopeOf(deps.db, member.memberships, 'queues.serve-any');
      return overviews.read({ id: member.id, overseen }, from);
    },
  };
}
