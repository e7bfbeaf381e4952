/** `/api/team`: who is on the team, and inviting somebody to it. */
import type Router from '@koa/router';
import { z } from 'zod';
import { teamSettings } from '../../../shared/settings.ts';
import { linkUrl } from '../../identity/links.ts';
import { listTeam } from '../../store/accounts.ts';
import { listSkills } from '../../store/queues.ts';
import { listSites } from '../../store/sites.ts';
import { readTeamSettings, writeTeamSettings } from '../../store/team-settings.ts';
import { signedInAdmin } from '../admin.ts';
import type { HttpDeps } from '../deps.ts';
import { signedInRep } from '../rep-session.ts';
import { inputs, readBody } from '../request-rules.ts';
import { asHttp } from './links.ts';

const invitationBody = z.object({ name: inputs.name, email: inputs.email });

export function teamRoutes(router: Router, deps: HttpDeps): void {
  router.get('/api/team', async ctx => {
    await signedInRep(ctx, deps);
    const [reps, skills] = await Promise.all([listTeam(deps.db), listSkills(deps.db)]);
    ctx.body = { reps: reps.map(rep => ({ ...rep, skills: skills.get(rep.id) ?? [] })) };
  });

  router.get('/api/team/settings', async ctx => {
    await signedInRep(ctx, deps);
    ctx.body = await readTeamSettings(deps.db);
  });

  router.put('/api/team/settings', async ctx => {
    const rep = await signedInAdmin(ctx, deps);
    const settings = readBody(ctx, teamSettings.strict());
    const sites = await listSites(deps.db);
    // Through the transactions, so that every rep is shown the new list at once.
    await deps.transactions.change(
      sites.map(site => site.id),
      async change => {
        await writeTeamSettings(change.db, settings);
        for (const { id } of await listTeam(change.db))
          for (const site of sites) change.touch({ siteId: site.id, rep: id });
      },
    );
    deps.log.info({ rep: rep.id }, 'team settings changed');
    ctx.body = settings;
  });

  router.post('/api/team/invitations', async ctx => {
    const rep = await signedInAdmin(ctx, deps);
    const token = await deps.links.invite(readBody(ctx, invitationBody)).catch(asHttp);
    deps.log.info({ rep: rep.id }, 'somebody was invited');
    // The origin was checked to be one of our own, so the link leads back to where the admin is.
    ctx.body = { url: linkUrl(deps.config.publicUrl ?? ctx.get('origin'), token) };
  });
}
