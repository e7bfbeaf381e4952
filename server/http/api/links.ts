/** `/api/rep/links`: making one's account by a one-time link. Its token travels in bodies, which no proxy and no log keeps. */

import { refuse } from '../../../shared/refusals.ts';
import { LinkError } from '../../identity/links.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { aboutOneself, mustSetUpTwoFactor, startRepSession } from '../rep-session.ts';
import type { SignInLimiter } from '../sign-in-limiter.ts';
import type { Handlers } from './mount.ts';

export function linkHandlers(
  deps: HttpDeps,
  limiter: SignInLimiter,
): Handlers<'POST /api/rep/links/look' | 'POST /api/rep/links/use'> {
  return {
    async 'POST /api/rep/links/look'({ ctx, body: { token } }) {
      limiter.tryLink(ctx.ip);
      const info = await deps.links.look(token);
      if (!info) throw new HttpError('link-gone');
      // Empty where the person is to choose.
      return { ...info, email: info.email ?? '', name: info.name ?? '' };
    },

    async 'POST /api/rep/links/use'({ ctx, body: { token, ...person } }) {
      limiter.tryLink(ctx.ip);
      const user = await deps.links.use(token, person).catch(asHttp);
      deps.log.info({ rep: user.id }, 'one-time link used');
      // A new password has ended all others.
      await deps.sessionsEnded(user.id);
      // A link is no way around the second factor.
      if ((await deps.secondFactors.state(user.id)).on)
        throw new HttpError('code-needed', refuse('signInWithCode'));
      const shown = { passwordHash: user.password_hash, code: false };
      await startRepSession(ctx, deps, user.id, await mustSetUpTwoFactor(deps, user.id), shown);
      return { rep: await aboutOneself(deps.db, user) };
    },
  };
}

/** Why a link could not be made or used, in words for the person. */
export function asHttp(error: unknown): never {
  if (!(error instanceof LinkError)) throw error;
  switch (error.reason) {
    case 'gone':
      throw new HttpError('link-gone');
    case 'wrong-password':
      throw new HttpError('wrong-credentials', refuse('notYourSignInPassword'), {
        field: 'password',
      });
    case 'email-taken':
      throw new HttpError('email-taken', undefined, { field: 'email' });
    case 'other-email':
      throw new HttpError('bad-request', refuse('otherEmail'), {
        field: 'email',
      });
  }
}
