import type { Context } from 'koa';
import type { Account } from '../store/accounts.ts';
import type { HttpDeps } from './deps.ts';
import { HttpError } from './errors.ts';
import { signedInRep } from './rep-session.ts';

/** Who is asking, if that is an admin. Throws `sign-in-needed` or `not-allowed`. */
export async function signedInAdmin(ctx: Context, deps: Pick<HttpDeps, 'db' | 'identity'>): Promise<Account> {
  const rep = await signedInRep(ctx, deps);
  if (rep.role !== 'admin') throw new HttpError('not-allowed');
  return rep;
}
