/** `/api/rep/me`, `/password` and `/sessions`: one's own sign-in data, and where one is signed in. */
import type { RepSession } from '../../../shared/api/people.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { refuse } from '../../../shared/refusals.ts';
import { changeLanguages } from '../../calls/commands/member-commands.ts';
import { hashPassword } from '../../identity/passwords.ts';
import { holdAccount, holdPerson } from '../../store/holds.ts';
import { findMember, readLanguages } from '../../store/members.ts';
import { endRepSession, endRepSessions, listRepSessions } from '../../store/rep-sessions.ts';
import type { RepSessionRow } from '../../store/schema.ts';
import { inTransaction } from '../../store/transaction.ts';
import { findUser, findUserByEmail } from '../../store/users.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { aboutOneself, type Member } from '../rep-session.ts';
import type { Handlers } from './mount.ts';
import type { OwnAccountChanges } from './own-account-changes.ts';

export const shownSession = (session: RepSessionRow, own: string): RepSession => ({
  ...{ id: session.id, repId: session.rep_id, here: session.id === own, browser: session.browser },
  ...{ createdAt: session.created_at, seenAt: session.seen_at },
});

export function oneselfHandlers(
  { db, transactions, log, now, sessionsEnded }: HttpDeps,
  { mustKnow, note }: OwnAccountChanges,
): Handlers<
  | 'GET /api/rep/me'
  | 'PATCH /api/rep/me'
  | 'PUT /api/rep/password'
  | 'GET /api/rep/sessions'
  | 'DELETE /api/rep/sessions'
  | 'DELETE /api/rep/sessions/:sessionId'
> {
  /** Noted as it followed what was there, which may be something else than when the request began. */
  const changeOneself = (
    member: Member,
    wanted: { name: string } | { email: string },
    action: 'member.renamed' | 'member.email-changed',
  ) =>
    inTransaction(db, async trx => {
      await holdPerson(trx, member.id);
      const [[key, after] = ['name', '']] = Object.entries(wanted);
      const before = (await findUser(trx, member.id))?.[key as 'name' | 'email'];
      if (before === after) return;
      await trx.updateTable('reps').set(wanted).where('id', '=', member.id).execute();
      await note(trx, member, { action, before, after });
    });
  const ofAccount = ({ memberships }: Member, accountId: AccountId) =>
    memberships.filter(one => one.accountId === accountId);

  return {
    async 'GET /api/rep/me'({ member }) {
      return { rep: await aboutOneself(db, member) };
    },

    async 'PATCH /api/rep/me'({ ctx, member, body: { name, languages, email, password = '' } }) {
      if (email !== undefined && email !== member.email) {
        await mustKnow(ctx, member, password);
        const taken = () => new HttpError('email-taken', undefined, { field: 'email' });
        if (await findUserByEmail(db, email)) throw taken();
        await changeOneself(member, { email }, 'member.email-changed').catch(async error => {
          // Somebody was quicker: the index is what decides.
          throw (await findUserByEmail(db, email)) ? taken() : error;
        });
        log.info({ rep: member.id }, 'e-mail address changed');
      }
      if (name !== undefined && name !== member.name) {
        await changeOneself(member, { name }, 'member.renamed');
        log.info({ rep: member.id }, 'name changed');
      }
      if (languages !== undefined) {
        await transactions.changeRep(member.id, async (change, sites) => {
          for (const { accountId } of member.memberships.toSorted((a, b) =>
            a.accountId < b.accountId ? -1 : 1,
          ))
            await holdAccount(change.db, accountId);
          for (const { accountId } of member.memberships) {
            const row = await findMember(change.db, accountId, member.id);
            const before = row ? readLanguages(row) : languages;
            if (String(before) === String(languages)) continue;
            await changeLanguages(change, sites, { accountId, repId: member.id }, languages);
            const deed = { action: 'member.languages-changed', before, after: languages } as const;
            await note(change.db, { ...member, memberships: ofAccount(member, accountId) }, deed);
          }
        });
        log.info({ rep: member.id }, 'languages changed');
      }
      return {
        rep: await aboutOneself(db, {
          ...{ id: member.id, name: name ?? member.name, email: email ?? member.email },
        }),
      };
    },

    async 'PUT /api/rep/password'({ ctx, member, body: { current, password } }) {
      await mustKnow(ctx, member, current, 'current');
      const password_hash = await hashPassword(password);
      await inTransaction(db, async trx => {
        const { numUpdatedRows } = await trx
          .updateTable('reps')
          .set({ password_hash })
          .where('id', '=', member.id)
          // Another one was chosen meanwhile, which is to be known then.
          .where('password_hash', '=', member.password_hash)
          .executeTakeFirst();
        if (numUpdatedRows === 0n)
          throw new HttpError('wrong-credentials', refuse('notYourPassword'), { field: 'current' });
        // Whoever knew the old one is out; this window goes on.
        await endRepSessions(trx, member.id, member.sessionId);
        await note(trx, member, { action: 'member.password-changed' });
      });
      await sessionsEnded(member.id);
      log.info({ rep: member.id }, 'password changed');
      return {};
    },

    async 'GET /api/rep/sessions'({ member }) {
      const sessions = await listRepSessions(db, [member.id], now());
      return { sessions: sessions.map(session => shownSession(session, member.sessionId)) };
    },

    async 'DELETE /api/rep/sessions'({ member }) {
      await endRepSessions(db, member.id, member.sessionId);
      await sessionsEnded(member.id);
      log.info({ rep: member.id }, 'signed out everywhere else');
      return {};
    },

    async 'DELETE /api/rep/sessions/:sessionId'({ member, params: { sessionId } }) {
      const own = await listRepSessions(db, [member.id], now());
      if (!own.some(({ id }) => id === sessionId) || !(await endRepSession(db, sessionId)))
        throw new HttpError('not-found', refuse('sessionEnded'));
      await sessionsEnded(member.id);
      return {};
    },
  };
}
