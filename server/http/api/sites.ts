/** `/api/sites`: what a shop's page may ask before anybody clicks. */
import cors from '@koa/cors';
import type Router from '@koa/router';
import type { Context } from 'koa';
import type { QueueId } from '../../../shared/ids.ts';
import { originAllowed } from '../../identity/origins.ts';
import { findSiteByKey } from '../../store/sites.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError, storeDown } from '../errors.ts';
import type { QuickAvailability } from '../quick-availability.ts';

export function siteRoutes(router: Router, deps: HttpDeps, quick: QuickAvailability): void {
  const findSite = (ctx: Context) => findSiteByKey(deps.db, String(ctx.params.siteKey));

  router.get(
    '/api/sites/:siteKey/availability',
    async (ctx, next) => {
      if (deps.storeTrouble()) {
        // Whose list it is on cannot be looked up; that nobody can call is no secret.
        ctx.set('access-control-allow-origin', '*');
        throw storeDown();
      }
      await next();
    },
    cors({
      // An unknown key has no list; anybody may read that it is unknown, which helps who mistyped it.
      origin: async ctx => {
        const origin = ctx.get('origin');
        const site = await findSite(ctx);
        return !site || originAllowed(origin, site, deps.ownOrigins()) ? origin : '';
      },
    }),
    async ctx => {
      const site = await findSite(ctx);
      if (!site) throw new HttpError('unknown-site');
      // Browsers leave the header out when a page asks its own server; a page elsewhere cannot leave it out.
      const origin = ctx.get('origin');
      if (origin !== '' && !originAllowed(origin, site, deps.ownOrigins())) {
        deps.refusedOrigins.note(site.id, origin, deps.networkOf(ctx.ip));
        throw new HttpError(
          'origin-not-allowed',
          `Pages of ${origin.slice(0, 200)} may not use this site. Add that origin to the list of the site.`,
        );
      }
      const { queue } = ctx.query;
      const queueId = typeof queue === 'string' ? (queue as QueueId) : undefined;
      const reading = deps.reachability(site.id, queueId);
      quick.answering(ctx.req, ctx.res, { siteId: site.id, queueId, reading });
      ctx.body = await reading;
    },
  );
}
