/** `/api/team`: who is on the team, what they may, where they are signed in, and what all of it shares. */
import type { AccountId, QueueId, RepId } from '../../../shared/ids.ts';
import { type Refusal, refuse } from '../../../shared/refusals.ts';
import {
  changeLanguages,
  disableMember,
  enableMember,
  removeMember,
} from '../../calls/commands/member-commands.ts';
import { changeSkills } from '../../calls/commands/queue-commands.ts';
import type { Change } from '../../calls/writing/change.ts';
import { linkUrl } from '../../identity/links.ts';
import { recordAudit, recordChange } from '../../store/audit.ts';
import { holdAccount } from '../../store/holds.ts';
import {
  findMember,
  hasOtherAdmin,
  membershipsOf,
  readLanguages,
  type Scope,
  sitesOf,
} from '../../store/members.ts';
import { skillsIn } from '../../store/queues.ts';
import { endRepSessions, listRepSessions } from '../../store/rep-sessions.ts';
import type { MemberRow, QueueMemberRow } from '../../store/schema.ts';
import { withSecondFactor } from '../../store/second-factors.ts';
import { readTeamSettings, writeTeamSettings } from '../../store/team-settings.ts';
import { inTransaction } from '../../store/transaction.ts';
import { listInvitations, listTeam, withdrawInvitation } from '../../store/users.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { asHttp } from './links.ts';
import type { Handlers } from './mount.ts';
import { shownSession } from './oneself.ts';

/** Throws `not-found` for an account that is not in the scope. */
export function accountIn({ accounts: [first, ...others] }: Scope, wanted?: AccountId): AccountId {
  const found = wanted === undefined || wanted === first ? first : others.find(one => one === wanted);
  if (found === undefined) throw new HttpError('not-found', refuse('noSuchAccount'));
  return found;
}

type Standing = Pick<MemberRow, 'role' | 'sites'>;
/** Could put everything right in the account. */
const runsTeam = ({ role, sites }: Standing) => role === 'admin' && sites === null;

const queuesIn = (kept: string | null): QueueId[] =>
  (JSON.parse(kept ?? '[]') as QueueMemberRow[]).map(row => row.queue_id);

const noSuchMember = () => new HttpError('not-found', refuse('noSuchMember'));

export function teamHandlers(
  deps: HttpDeps,
): Handlers<
  | 'GET /api/team'
  | 'PATCH /api/team/:repId'
  | 'DELETE /api/team/:repId'
  | 'POST /api/team/:repId/password-link'
  | 'DELETE /api/team/:repId/two-factor'
  | 'POST /api/team/:repId/sign-out'
  | 'GET /api/team/sessions'
  | 'GET /api/team/invitations'
  | 'POST /api/team/invitations'
  | 'DELETE /api/team/invitations/:invitationId'
  | 'GET /api/team/settings'
  | 'PUT /api/team/settings'
  | 'PUT /api/team/:repId/skills'
  | 'PUT /api/team/:repId/languages'
> {
  const { db, transactions, links, config, log, now } = deps;

  const listed = async (accounts: readonly AccountId[]) => {
    const [team, skillsOf] = await Promise.all([listTeam(db, accounts), skillsIn(db, accounts)]);
    const secured = await withSecondFactor(
      db,
      team.map(({ id }) => id),
    );
    return team.map(({ account_id: accountId, languages, sites, disabled_at, kept_queues, ...rep }) => ({
      ...rep,
      ...{
        accountId,
        sites: sites === null ? null : JSON.parse(sites),
        twoFactor: secured.has(rep.id),
        disabled: disabled_at !== null,
        keptQueues: queuesIn(kept_queues),
        skills: skillsOf(accountId, rep.id),
        languages: readLanguages({ languages }),
      },
    }));
  };
  /** To be called in a transaction: nobody else changes the account's members until it ends. */
  const heldMember = async (from: typeof db, accountId: AccountId, repId: RepId) => {
    await holdAccount(from, accountId);
    return memberIn(from, accountId, repId);
  };
  const memberIn = async (from: typeof db, accountId: AccountId, repId: RepId) => {
    const member = await findMember(from, accountId, repId);
    if (!member) throw noSuchMember();
    return member;
  };
  const nameOf = async (from: typeof db, repId: RepId) =>
    (await from.selectFrom('reps').select('name').where('id', '=', repId).executeTakeFirstOrThrow()).name;
  /** Whoever is taken away from must leave another admin behind. */
  const mustLeaveAnAdmin = async (from: typeof db, member: MemberRow, remains: Standing | null) => {
    if (!runsTeam(member) || member.disabled_at !== null || (remains && runsTeam(remains))) return;
    if (!(await hasOtherAdmin(from, member.account_id, member.rep_id))) throw new HttpError('last-admin');
  };
  /** A console that is open learns that its person may do something else now, in a call too. */
  const tellOneself = async (change: Change, accountId: AccountId, rep: RepId) => {
    for (const siteId of await sitesOf(change.db, accountId)) change.touch({ siteId, rep });
  };
  /** Out within a second wherever they are, once nothing is left that they may come in for. */
  const letOut = async (repId: RepId) => {
    if ((await membershipsOf(db, repId)).length > 0) return;
    await endRepSessions(db, repId);
    await deps.signedOut(repId);
  };
  /** One account's admin must not come by what another one keeps to itself. */
  const mustBeOurs = async ({ accounts }: Scope, repId: RepId, refusal?: Refusal) => {
    const elsewhere = (await membershipsOf(db, repId)).some(one => !accounts.includes(one.accountId));
    if (elsewhere) throw new HttpError('not-yours', refusal);
  };
  // The origin was checked to be one of our own, so the link leads back to where the admin is.
  const linkFor = (origin: string, token: string) => ({ url: linkUrl(config.publicUrl ?? origin, token) });

  return {
    async 'GET /api/team'({ scope }) {
      return { reps: await listed(scope.accounts) };
    },

    async 'PATCH /api/team/:repId'({ member: asker, scope, params: { repId }, query, body }) {
      const accountId = accountIn(scope, query.account);
      const { role, disabled, sites } = body;
      const ours = new Set(await sitesOf(db, accountId));
      if (sites?.some(site => !ours.has(site)))
        throw new HttpError('not-found', refuse('noSuchSite'), { field: 'sites' });
      await transactions.changeRep(repId, async change => {
        const before = await heldMember(change.db, accountId, repId);
        const whole = {
          ...{ accountId, by: asker.id, target: await nameOf(change.db, repId) },
        };
        if ((role && role !== before.role) || sites !== undefined) {
          const after = {
            role: role ?? before.role,
            sites: sites === undefined ? before.sites : sites && JSON.stringify(sites),
          };
          await mustLeaveAnAdmin(change.db, before, after);
          await change.db
            .updateTable('members')
            .set(after)
            .where('account_id', '=', accountId)
            .where('rep_id', '=', repId)
            .execute();
          const { role: was, sites: where } = before;
          await recordChange(
            change.db,
            { ...whole, action: 'member.role-changed', before: { role: was, sites: where }, after },
            now(),
          );
        }
        await tellOneself(change, accountId, repId);
        if (disabled === undefined || disabled === (before.disabled_at !== null)) return;
        if (disabled) {
          await mustLeaveAnAdmin(change.db, before, null);
          await disableMember(change, accountId, repId);
        } else await enableMember(change, accountId, repId);
        await recordAudit(
          change.db,
          { ...whole, action: disabled ? 'member.disabled' : 'member.enabled' },
          now(),
        );
      });
      if (disabled) await letOut(repId);
      log.info({ rep: asker.id, of: repId, changed: Object.keys(body) }, 'member changed');
      const member = (await listed([accountId])).find(one => one.id === repId);
      if (!member) throw noSuchMember();
      return { member };
    },

    async 'DELETE /api/team/:repId'({ member: asker, scope, params: { repId }, query }) {
      const accountId = accountIn(scope, query.account);
      await transactions.changeRep(repId, async change => {
        await mustLeaveAnAdmin(change.db, await heldMember(change.db, accountId, repId), null);
        await removeMember(change, accountId, repId);
        await tellOneself(change, accountId, repId);
        const target = await nameOf(change.db, repId);
        await recordAudit(change.db, { accountId, by: asker.id, action: 'member.removed', target }, now());
      });
      await letOut(repId);
      log.info({ rep: asker.id, of: repId }, 'member removed');
      return {};
    },

    async 'POST /api/team/:repId/password-link'({ ctx, member: asker, scope, params: { repId }, query }) {
      const accountId = accountIn(scope, query.account);
      await memberIn(db, accountId, repId);
      await mustBeOurs(scope, repId);
      const token = await links.newPassword(accountId, repId, asker.id).catch(asHttp);
      log.info({ rep: asker.id, of: repId }, 'link for a new password made');
      return linkFor(ctx.get('origin'), token);
    },

    async 'DELETE /api/team/:repId/two-factor'({ member: asker, scope, params: { repId }, query }) {
      const accountId = accountIn(scope, query.account);
      await memberIn(db, accountId, repId);
      // Not without the password, as whoever finds the admin's window open would do it.
      if (repId === asker.id) throw new HttpError('not-allowed', refuse('ownTwoFactor'));
      await mustBeOurs(scope, repId, refuse('othersTwoFactor'));
      const removed = await deps.secondFactors.remove(repId, async trx => {
        const deed = { accountId, by: asker.id, action: 'member.two-factor-removed' } as const;
        await recordAudit(trx, { ...deed, target: await nameOf(trx, repId) }, now());
      });
      if (!removed) return {};
      log.info({ rep: asker.id, of: repId }, 'second factor of a member removed');
      return {};
    },

    async 'POST /api/team/:repId/sign-out'({ member: asker, scope, params: { repId }, query }) {
      const accountId = accountIn(scope, query.account);
      await memberIn(db, accountId, repId);
      await inTransaction(db, async trx => {
        await endRepSessions(trx, repId);
        const target = await nameOf(trx, repId);
        await recordAudit(trx, { accountId, by: asker.id, action: 'member.signed-out', target }, now());
      });
      await deps.signedOut(repId);
      log.info({ rep: asker.id, of: repId }, 'member signed out everywhere');
      return {};
    },

    async 'GET /api/team/sessions'({ member, scope }) {
      const team = await listTeam(db, scope.accounts);
      const ids = [...new Set(team.map(one => one.id))];
      const sessions = await listRepSessions(db, ids, now());
      return { sessions: sessions.map(session => shownSession(session, member.sessionId)) };
    },

    async 'GET /api/team/invitations'({ scope }) {
      const invitations = await listInvitations(db, scope.accounts, now());
      return {
        invitations: invitations.map(row => ({
          ...{ id: row.token_hash, accountId: row.account_id, name: row.name ?? '', email: row.email ?? '' },
          ...{ role: row.role, queues: row.queues === null ? null : JSON.parse(row.queues) },
          ...{ createdAt: row.created_at, expiresAt: row.expires_at },
        })),
      };
    },

    async 'POST /api/team/invitations'({ ctx, member, scope, body: { account, ...person } }) {
      const accountId = accountIn(scope, account);
      if (person.queues && person.queues.length > 0) {
        const known = await db
          .selectFrom('queues')
          .innerJoin('sites', 'sites.id', 'queues.site_id')
          .select('queues.id')
          .where('sites.account_id', '=', accountId)
          .where('queues.id', 'in', person.queues)
          .where('queues.removed_at', 'is', null)
          .execute();
        if (known.length < new Set(person.queues).size)
          throw new HttpError('not-found', refuse('queueGone'), {
            field: 'queues',
          });
      }
      const token = await links.invite({ ...person, accountId }, member.id).catch(asHttp);
      log.info({ rep: member.id }, 'somebody was invited');
      return linkFor(ctx.get('origin'), token);
    },

    async 'DELETE /api/team/invitations/:invitationId'({ member, scope, params }) {
      await inTransaction(db, async trx => {
        const withdrawn = await withdrawInvitation(trx, params.invitationId, scope.accounts, now());
        if (!withdrawn) throw new HttpError('not-found', refuse('invitationGone'));
        const { account_id: accountId, name } = withdrawn;
        const deed = { accountId, by: member.id, action: 'member.invitation-withdrawn' } as const;
        await recordAudit(trx, { ...deed, target: name ?? '' }, now());
      });
      log.info({ rep: member.id }, 'invitation withdrawn');
      return {};
    },

    'GET /api/team/settings': ({ scope, query }) => readTeamSettings(db, accountIn(scope, query.account)),

    async 'PUT /api/team/settings'({ member, scope, query, body }) {
      const accountId = accountIn(scope, query.account);
      const sites = await sitesOf(db, accountId);
      // Through the transactions, so that every rep is shown the new list at once.
      const settings = await transactions.change(sites, async change => {
        await holdAccount(change.db, accountId);
        const before = await readTeamSettings(change.db, accountId);
        const settings = { ...body, twoFactor: body.twoFactor ?? before.twoFactor };
        await writeTeamSettings(change.db, accountId, settings);
        await recordChange(
          change.db,
          { accountId, by: member.id, action: 'team.changed', target: '', before, after: settings },
          now(),
        );
        for (const { id } of await listTeam(change.db, [accountId]))
          for (const siteId of sites) change.touch({ siteId, rep: id });
        return settings;
      });
      log.info({ rep: member.id }, 'team settings changed');
      return settings;
    },

    async 'PUT /api/team/:repId/skills'({ member, scope, params: { repId }, query, body: { skills } }) {
      const accountId = accountIn(scope, query.account);
      await transactions.changeRep(repId, async (change, sites) => {
        await heldMember(change.db, accountId, repId);
        const before = (await skillsIn(change.db, [accountId]))(accountId, repId);
        await changeSkills(change, sites, { accountId, repId }, skills);
        const target = await nameOf(change.db, repId);
        const after = (await skillsIn(change.db, [accountId]))(accountId, repId);
        await recordChange(
          change.db,
          { accountId, by: member.id, action: 'member.skills-changed', target, before, after },
          now(),
        );
      });
      log.info({ rep: member.id, of: repId }, 'skills changed');
      return { skills };
    },

    async 'PUT /api/team/:repId/languages'({ member, scope, params: { repId }, query, body: { languages } }) {
      const accountId = accountIn(scope, query.account);
      await transactions.changeRep(repId, async (change, sites) => {
        const before = readLanguages(await heldMember(change.db, accountId, repId));
        await changeLanguages(change, sites, { accountId, repId }, languages);
        const target = await nameOf(change.db, repId);
        await recordChange(
          change.db,
          { accountId, by: member.id, action: 'member.languages-changed', target, before, after: languages },
          now(),
        );
      });
      log.info({ rep: member.id, of: repId }, 'languages changed');
      return { languages };
    },
  };
}
