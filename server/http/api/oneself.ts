/** `/api/rep/me`, `/password` and `/sessions`: one's own sign-in data, and where one is signed in. */
import type { RepSession } from '../../../shared/api/people.ts';
import { refuse } from '../../../shared/refusals.ts';
import { changeLanguages } from '../../calls/commands/member-commands.ts';
import { hashPassword } from '../../identity/passwords.ts';
import { endRepSession, endRepSessions, listRepSessions } from '../../store/rep-sessions.ts';
import type { RepSessionRow } from '../../store/schema.ts';
import { findUserByEmail } from '../../store/users.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { aboutOneself } from '../rep-session.ts';
import type { Handlers } from './mount.ts';
import type { OwnDeeds } from './own-deeds.ts';

export const shownSession = (session: RepSessionRow, own: string): RepSession => ({
  ...{ id: session.id, repId: session.rep_id, here: session.id === own, browser: session.browser },
  ...{ createdAt: session.created_at, seenAt: session.seen_at },
});

export function oneselfHandlers(
  { db, transactions, log, now, sessionsEnded }: HttpDeps,
  { mustKnow, note }: OwnDeeds,
): Handlers<
  | 'GET /api/rep/me'
  | 'PATCH /api/rep/me'
  | 'PUT /api/rep/password'
  | 'GET /api/rep/sessions'
  | 'DELETE /api/rep/sessions'
  | 'DELETE /api/rep/sessions/:sessionId'
> {
  return {
    async 'GET /api/rep/me'({ member }) {
      return { rep: await aboutOneself(db, member) };
    },

    async 'PATCH /api/rep/me'({ ctx, member, body: { name, languages, email, password = '' } }) {
      if (email !== undefined && email !== member.email) {
        await mustKnow(ctx, member, password);
        const taken = () => new HttpError('email-taken', undefined, { field: 'email' });
        if (await findUserByEmail(db, email)) throw taken();
        const change = db.updateTable('reps').set({ email }).where('id', '=', member.id).execute();
        // Somebody was quicker: the index is what decides.
        await change.catch(async error => {
          throw (await findUserByEmail(db, email)) ? taken() : error;
        });
        await note(member, { action: 'member.email-changed', before: member.email, after: email });
        log.info({ rep: member.id }, 'e-mail address changed');
      }
      if (name !== undefined && name !== member.name) {
        await db.updateTable('reps').set({ name }).where('id', '=', member.id).execute();
        await note(member, { action: 'member.renamed', before: member.name, after: name });
        log.info({ rep: member.id }, 'name changed');
      }
      const before = (await aboutOneself(db, member)).languages;
      if (languages !== undefined && String(languages) !== String(before)) {
        await transactions.changeRep(member.id, (change, sites) =>
          changeLanguages(change, sites, { repId: member.id }, languages),
        );
        await note(member, { action: 'member.languages-changed', before, after: languages });
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
      await db.updateTable('reps').set({ password_hash }).where('id', '=', member.id).execute();
      // Whoever knew the old one is out; this window goes on.
      await endRepSessions(db, member.id, member.sessionId);
      await sessionsEnded(member.id);
      await note(member, { action: 'member.password-changed' });
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
