/** What all that people do to their own sign-in data needs: their password, and an entry in the audit log. */
import type { Context } from 'koa';
import type { Kysely } from 'kysely';
import { refuse } from '../../../shared/refusals.ts';
import { passwordFits } from '../../identity/passwords.ts';
import { type AuditRecord, recordAudit } from '../../store/audit.ts';
import type { Database } from '../../store/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { knownBrowser, type Member } from '../rep-session.ts';
import type { SignInLimiter } from '../sign-in-limiter.ts';

export type OwnAccountChanges = {
  /** Throws `wrong-credentials`. Somebody at an open window guesses no better than a stranger does. */
  mustKnow(ctx: Context, member: Member, password: string, field?: string): Promise<void>;
  /** Note it in each account of the person, in the transaction of the change. */
  note(
    trx: Kysely<Database>,
    member: Pick<Member, 'id' | 'name' | 'memberships'>,
    deed: Pick<AuditRecord, 'action' | 'before' | 'after'>,
  ): Promise<void>;
};

export const createOwnAccountChanges = (deps: HttpDeps, limiter: SignInLimiter): OwnAccountChanges => ({
  async mustKnow(ctx, member, password, field = 'password') {
    const browser = knownBrowser(ctx, deps);
    const known = browser?.repId === member.id ? browser.id : null;
    const asked = { address: ctx.ip, email: member.email, knownBrowser: known };
    const fits = await limiter.check(asked, () => passwordFits(member.password_hash, password));
    if (!fits) throw new HttpError('wrong-credentials', refuse('notYourPassword'), { field });
  },

  async note(trx, member, deed) {
    for (const { accountId } of member.memberships)
      await recordAudit(trx, { accountId, by: member.id, target: member.name, ...deed }, deps.now());
  },
});
