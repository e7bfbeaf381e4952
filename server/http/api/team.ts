/** `/api/team`: who is on the team, and inviting somebody to it. */
import type Router from '@koa/router';
import { z } from 'zod';
import { linkUrl } from '../../identity/links.ts';
import { listTeam } from '../../store/accounts.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { signedInRep } from '../rep-session.ts';
import { inputs, readBody } from '../request-rules.ts';
import { asHttp } from './links.ts';

const invitationBody = z.object({ name: inputs.name, email: inputs.email });

export function teamRoutes(router: Router, deps: HttpDeps): void {
  router.get('/api/team', async ctx => {
    await signedInRep(ctx, deps);
    ctx.body = { reps: await listTeam(deps.db) };
  });

  router.post('/api/team/invitations', async ctx => {
    const rep = await signedInRep(ctx, deps);
    if (rep.role !== 'admin') throw new HttpError('not-allowed');
    const token = await deps.links.invite(readBody(ctx, invitationBody)).catch(asHttp);
    deps.log.info({ rep: rep.id }, 'somebody was invited');
    // The origin was checked to be one of our own, so the link leads back to where the admin is.
    ctx.body = { url: linkUrl(deps.config.publicUrl ?? ctx.get('origin'), token) };
  });
}
