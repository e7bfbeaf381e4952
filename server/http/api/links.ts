/** `/api/rep/links`: making one's account by a one-time link. Its token travels in bodies, which no proxy and no log keeps. */
import type Router from '@koa/router';
import { z } from 'zod';
import { LinkError } from '../../identity/links.ts';
import { passwordRules } from '../../identity/passwords.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { publicAccount, startRepSession } from '../rep-session.ts';
import { inputs, readBody } from '../request-rules.ts';
import type { SignInLimiter } from '../sign-in-limiter.ts';

const token = z.string({ error: 'Please open the link again.' }).max(200);
const lookBody = z.object({ token });

const accountBody = z.object({
  token,
  name: inputs.name,
  email: inputs.email,
  password: z
    .string({ error: 'Please choose a password.' })
    .min(
      passwordRules.minLength,
      `Please choose a longer password: at least ${passwordRules.minLength} characters.`,
    )
    .max(
      passwordRules.maxLength,
      `That password is too long: at most ${passwordRules.maxLength} characters.`,
    ),
});

export function linkRoutes(router: Router, deps: HttpDeps, limiter: SignInLimiter): void {
  router.post('/api/rep/links/look', async ctx => {
    limiter.tryLink(ctx.ip);
    const info = await deps.links.look(readBody(ctx, lookBody).token);
    if (!info) throw new HttpError('link-gone');
    // Empty where the person is to choose.
    ctx.body = { purpose: info.purpose, email: info.email ?? '', name: info.name ?? '' };
  });

  router.post('/api/rep/links/use', async ctx => {
    limiter.tryLink(ctx.ip);
    const { token, ...person } = readBody(ctx, accountBody);
    const account = await deps.links.use(token, person).catch(asHttp);
    startRepSession(ctx, deps, account.id);
    deps.log.info({ rep: account.id, role: account.role }, 'account made by a one-time link');
    ctx.body = { rep: publicAccount(account) };
  });
}

/** Why a link could not be made or used, in words for the person. */
export function asHttp(error: unknown): never {
  if (!(error instanceof LinkError)) throw error;
  switch (error.reason) {
    case 'gone':
      throw new HttpError('link-gone');
    case 'email-taken':
      throw new HttpError('email-taken', undefined, { field: 'email' });
    case 'other-email':
      throw new HttpError('bad-request', 'This invitation is for another e-mail address.', {
        field: 'email',
      });
  }
}
