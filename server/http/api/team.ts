/** `/api/team`: who is on the team, inviting somebody to it, and what all of it shares. */
import { changeSkills } from '../../calls/commands/queue-commands.ts';
import { linkUrl } from '../../identity/links.ts';
import { listTeam } from '../../store/accounts.ts';
import { listSkills } from '../../store/queues.ts';
import { listSites } from '../../store/sites.ts';
import { readTeamSettings, writeTeamSettings } from '../../store/team-settings.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { asHttp } from './links.ts';
import type { Handlers } from './mount.ts';

export function teamHandlers({
  db,
  transactions,
  links,
  config,
  log,
}: HttpDeps): Handlers<
  | 'GET /api/team'
  | 'POST /api/team/invitations'
  | 'GET /api/team/settings'
  | 'PUT /api/team/settings'
  | 'PUT /api/team/:repId/skills'
> {
  return {
    async 'GET /api/team'() {
      const [reps, skills] = await Promise.all([listTeam(db), listSkills(db)]);
      return { reps: reps.map(rep => ({ ...rep, skills: skills.get(rep.id) ?? [] })) };
    },

    async 'POST /api/team/invitations'({ ctx, member, body }) {
      const token = await links.invite(body).catch(asHttp);
      log.info({ rep: member.id }, 'somebody was invited');
      // The origin was checked to be one of our own, so the link leads back to where the admin is.
      return { url: linkUrl(config.publicUrl ?? ctx.get('origin'), token) };
    },

    'GET /api/team/settings': () => readTeamSettings(db),

    async 'PUT /api/team/settings'({ member, body: settings }) {
      const sites = await listSites(db);
      // Through the transactions, so that every rep is shown the new list at once.
      await transactions.change(
        sites.map(site => site.id),
        async change => {
          await writeTeamSettings(change.db, settings);
          for (const { id } of await listTeam(change.db))
            for (const site of sites) change.touch({ siteId: site.id, rep: id });
        },
      );
      log.info({ rep: member.id }, 'team settings changed');
      return settings;
    },

    async 'PUT /api/team/:repId/skills'({ member, params: { repId }, body: { skills } }) {
      if (!(await listTeam(db)).some(rep => rep.id === repId))
        throw new HttpError('not-found', 'This rep is not on the team any more.');
      await transactions.changeRep(repId, (change, sites) => changeSkills(change, sites, repId, skills));
      log.info({ rep: member.id, of: repId }, 'skills changed');
      return { skills };
    },
  };
}
