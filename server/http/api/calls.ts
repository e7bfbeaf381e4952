/** `/api/calls`: what became of calls. For admins and supervisors. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import type { CallId, SiteId } from '../../../shared/ids.ts';
import { listCalls, readStory } from '../../store/call-history.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { signedInRep } from '../rep-session.ts';
import { readInput } from '../request-rules.ts';

const pageQuery = z.object({
  siteId: z.string({ error: 'Say whose calls: siteId.' }).min(1),
  before: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export function callRoutes(router: Router, deps: HttpDeps): void {
  const askOverseer = async (ctx: Context) => {
    const { role } = await signedInRep(ctx, deps);
    if (role === 'rep') throw new HttpError('not-allowed', 'Only admins and supervisors can see calls.');
  };

  router.get('/api/calls', async ctx => {
    await askOverseer(ctx);
    const { siteId, ...page } = readInput({ ...ctx.query }, pageQuery);
    ctx.body = { calls: await listCalls(deps.db, { ...page, siteId: siteId as SiteId }) };
  });

  router.get('/api/calls/:callId', async ctx => {
    await askOverseer(ctx);
    const call = await readStory(deps.db, String(ctx.params.callId) as CallId);
    if (!call)
      throw new HttpError('not-found', 'There is no such call. It may be older than calls are kept.');
    ctx.body = { call };
  });
}
