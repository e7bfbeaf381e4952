/** `/api/calls`: what became of calls. For admins and supervisors. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import type { CallId, SiteId } from '../../../shared/ids.ts';
import { boostCall } from '../../calls/commands/priority.ts';
import { listCalls, readStory } from '../../store/call-history.ts';
import type { HttpDeps } from '../deps.ts';
import { callErrorAsHttp, HttpError } from '../errors.ts';
import { signedInRep } from '../rep-session.ts';
import { readBody, readInput } from '../request-rules.ts';

const pageQuery = z.object({
  siteId: z.string({ error: 'Say whose calls: siteId.' }).min(1),
  /** `<startedAt>,<callId>` of the last call of the page before. */
  before: z
    .string()
    .regex(/^\d{1,15},.{1,64}$/, 'Write when the last call of the page before began, a comma, and its id.')
    .transform(text => {
      const [startedAt = '', ...id] = text.split(',');
      return { startedAt: Number(startedAt), callId: id.join() as CallId };
    })
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** How far before (or, negative, behind) its equals the call goes. */
const callBody = z.strictObject({
  boost: z.number().int('Please write a whole number.').min(-9, 'At least -9.').max(9, 'At most 9.'),
});

const gone = 'There is no such call. It may be older than calls are kept.';

export function callRoutes(router: Router, deps: HttpDeps): void {
  const askOverseer = async (ctx: Context) => {
    const rep = await signedInRep(ctx, deps);
    if (rep.role === 'rep') throw new HttpError('not-allowed', 'Only admins and supervisors can see calls.');
    return rep;
  };

  router.get('/api/calls', async ctx => {
    await askOverseer(ctx);
    const { siteId, ...page } = readInput({ ...ctx.query }, pageQuery);
    ctx.body = { calls: await listCalls(deps.db, { ...page, siteId: siteId as SiteId }) };
  });

  router.patch('/api/calls/:callId', async ctx => {
    const overseer = await askOverseer(ctx);
    const { boost } = readBody(ctx, callBody);
    const call = await readStory(deps.db, String(ctx.params.callId) as CallId);
    if (!call) throw new HttpError('not-found', gone);
    await deps.door
      .change([call.siteId], change => boostCall(change, call.siteId, call.callId, boost))
      .catch(callErrorAsHttp);
    deps.log.info({ rep: overseer.id, call: call.callId, boost }, 'call moved in its line');
    ctx.body = {};
  });

  router.get('/api/calls/:callId', async ctx => {
    await askOverseer(ctx);
    const call = await readStory(deps.db, String(ctx.params.callId) as CallId);
    if (!call) throw new HttpError('not-found', gone);
    ctx.body = { call };
  });
}
