/** `/api/rep/overview`: what a rep's desk shows while nothing rings. */
import type Router from '@koa/router';
import { z } from 'zod';
import { limits } from '../../../shared/limits.ts';
import { createOverviews } from '../../calls/views/overview.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { signedInRep } from '../rep-session.ts';
import { readInput } from '../request-rules.ts';

/** `from`: when the day began where the rep is, ms UTC. */
const overviewQuery = z.object({ from: z.coerce.number().int().min(0).max(9e15) });

export function overviewRoutes(router: Router, deps: HttpDeps): void {
  const overviews = createOverviews(deps.db, deps.now);
  router.get('/api/rep/overview', async ctx => {
    const rep = await signedInRep(ctx, deps);
    const { from } = readInput({ ...ctx.query }, overviewQuery);
    if (from < deps.now() - limits.dayMs)
      throw new HttpError('bad-request', 'A day that began so long ago is in the history only.', {
        field: 'from',
      });
    ctx.body = await overviews.read(rep, from);
  });
}
