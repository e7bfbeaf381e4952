/** `/api/rep/two-factor`: one's own second factor. */
import { encodeQR } from 'qr';
import type { RepId } from '../../../shared/ids.ts';
import { refuse } from '../../../shared/refusals.ts';
import { endRepSessions, liftOnlySetUp } from '../../store/rep-sessions.ts';
import { needsTwoFactor } from '../../store/team-settings.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import type { SignInLimiter, SignInTry } from '../sign-in-limiter.ts';
import type { Handlers } from './mount.ts';
import type { OwnAccountChanges } from './own-account-changes.ts';

/** What somebody whose password was right lacks to be let in; null for nothing. */
export async function lacksCode(
  { secondFactors }: Pick<HttpDeps, 'secondFactors'>,
  limiter: SignInLimiter,
  who: SignInTry & { repId: RepId },
  code: string | undefined,
): Promise<'code-needed' | 'wrong-code' | null> {
  if (!code) return (await secondFactors.check(who.repId, undefined)) === 'off' ? null : 'code-needed';
  const right = await limiter.checkCode(
    who,
    async () => (await secondFactors.check(who.repId, code)) !== 'wrong',
  );
  return right ? null : 'wrong-code';
}

export function twoFactorHandlers(
  { db, secondFactors, sessionsEnded, log }: HttpDeps,
  { mustKnow, note }: OwnAccountChanges,
): Handlers<
  | 'GET /api/rep/two-factor'
  | 'POST /api/rep/two-factor'
  | 'PUT /api/rep/two-factor'
  | 'POST /api/rep/two-factor/off'
  | 'POST /api/rep/two-factor/recovery-codes'
> {
  return {
    async 'GET /api/rep/two-factor'({ member: { id } }) {
      return { ...(await secondFactors.state(id)), required: await needsTwoFactor(db, id) };
    },

    async 'POST /api/rep/two-factor'({ ctx, member, body: { password } }) {
      await mustKnow(ctx, member, password);
      const { secret, uri } = await secondFactors.begin(member);
      return { secret, uri, qr: encodeQR(uri, 'svg') };
    },

    async 'PUT /api/rep/two-factor'({ member, body: { code } }) {
      const recoveryCodes = await secondFactors.confirm(member.id, code, async trx => {
        await liftOnlySetUp(trx, member.sessionId);
        // Whoever came in without it is out; this window goes on.
        await endRepSessions(trx, member.id, member.sessionId);
        await note(trx, member, { action: 'member.two-factor-on' });
      });
      if (recoveryCodes === 'wrong') throw new HttpError('wrong-code', undefined, { field: 'code' });
      if (recoveryCodes === 'none') throw new HttpError('not-found', refuse('beginAgain'));
      await sessionsEnded(member.id);
      log.info({ rep: member.id }, 'two-factor sign-in switched on');
      return { recoveryCodes };
    },

    async 'POST /api/rep/two-factor/off'({ ctx, member, body: { password } }) {
      await mustKnow(ctx, member, password);
      if (await needsTwoFactor(db, member.id)) throw new HttpError('two-factor-required');
      await secondFactors.remove(member.id, trx => note(trx, member, { action: 'member.two-factor-off' }));
      log.info({ rep: member.id }, 'two-factor sign-in switched off');
      return {};
    },

    async 'POST /api/rep/two-factor/recovery-codes'({ ctx, member, body: { password } }) {
      await mustKnow(ctx, member, password);
      const recoveryCodes = await secondFactors.renewRecoveryCodes(member.id, trx =>
        note(trx, member, { action: 'member.recovery-codes' }),
      );
      if (!recoveryCodes) throw new HttpError('not-found', refuse('noTwoFactor'));
      log.info({ rep: member.id }, 'new recovery codes made');
      return { recoveryCodes };
    },
  };
}
