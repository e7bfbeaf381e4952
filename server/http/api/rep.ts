/** `/api/rep`: signing in and out, who I am, and tickets for the socket. */
import type Router from '@koa/router';
import { z } from 'zod';
import { passwordFits, passwordRules } from '../../identity/passwords.ts';
import { findAccountByEmail } from '../../store/accounts.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { endRepSession, knownBrowser, publicAccount, signedInRep, startRepSession } from '../rep-session.ts';
import { inputs, readBody } from '../request-rules.ts';
import type { SignInLimiter } from '../sign-in-limiter.ts';

const signInBody = z.object({
  email: inputs.email,
  password: z
    .string({ error: 'Please write your password.' })
    .min(1, 'Please write your password.')
    .max(passwordRules.maxLength, 'That password is too long.'),
});

export function repRoutes(router: Router, deps: HttpDeps, limiter: SignInLimiter): void {
  router.get('/api/rep/me', async ctx => {
    ctx.body = { rep: publicAccount(await signedInRep(ctx, deps)) };
  });

  router.post('/api/rep/sign-in', async ctx => {
    const { email, password } = readBody(ctx, signInBody);
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
      ctx.body = { rep: publicAccount(account) };
    } finally {
      room.release();
    }
  });

  router.post('/api/rep/sign-out', async ctx => {
    const repId = await endRepSession(ctx, deps);
    if (repId) {
      await deps.signedOut(repId);
      deps.log.info({ rep: repId }, 'rep signed out');
    }
    ctx.body = {};
  });

  router.post('/api/rep/ticket', async ctx => {
    const rep = await signedInRep(ctx, deps);
    ctx.body = { ticket: deps.identity.issueTicket(rep.id) };
  });
}
