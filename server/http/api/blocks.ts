/** `/api/blocks`: callers of whom a shop takes no calls, and lifting that. For admins and supervisors. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import type { BlockId, SiteId } from '../../../shared/ids.ts';
import { liftBlock, listBlocks } from '../../store/blocks.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { signedInRep } from '../rep-session.ts';
import { readInput } from '../request-rules.ts';

/** `siteId`: of that shop only. */
const listQuery = z.object({
  siteId: (z.string().min(1) as unknown as z.ZodType<SiteId>).optional(),
});

export function blockRoutes(router: Router, deps: HttpDeps): void {
  const askOverseer = async (ctx: Context) => {
    const rep = await signedInRep(ctx, deps);
    if (rep.role === 'rep')
      throw new HttpError('not-allowed', 'Only admins and supervisors can see who is blocked.');
    return rep;
  };

  router.get('/api/blocks', async ctx => {
    await askOverseer(ctx);
    const { siteId = null } = readInput({ ...ctx.query }, listQuery);
    ctx.body = { blocks: await listBlocks(deps.db, siteId, deps.now()) };
  });

  router.delete('/api/blocks/:blockId', async ctx => {
    const overseer = await askOverseer(ctx);
    const id = String(ctx.params.blockId) as BlockId;
    if (!(await liftBlock(deps.db, id))) throw new HttpError('not-found', 'This block is over already.');
    deps.log.info({ rep: overseer.id, block: id }, 'block lifted');
    ctx.body = {};
  });
}
