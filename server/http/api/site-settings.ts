/** `/api/sites`: what a merchant sets for a whole site. Admins only. */
import type Router from '@koa/router';
import type { SiteId } from '../../../shared/ids.ts';
import { siteBody } from '../../../shared/settings.ts';
import { changeSite, listSites } from '../../store/sites.ts';
import { signedInAdmin } from '../admin.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { readBody } from '../request-rules.ts';

export function siteSettingsRoutes(router: Router, deps: HttpDeps): void {
  router.get('/api/sites', async ctx => {
    await signedInAdmin(ctx, deps);
    ctx.body = { sites: await listSites(deps.db) };
  });

  router.patch('/api/sites/:siteId', async ctx => {
    const admin = await signedInAdmin(ctx, deps);
    const change = readBody(ctx, siteBody.partial());
    const { callDays, personalDays } = change.retention ?? { callDays: 1, personalDays: 1 };
    if (personalDays > callDays)
      throw new HttpError(
        'bad-request',
        'What is known of shoppers cannot be kept longer than their calls. Choose fewer days.',
        { field: 'retention.personalDays' },
      );
    const site = await changeSite(deps.db, String(ctx.params.siteId) as SiteId, change);
    if (!site) throw new HttpError('not-found', 'There is no such site.');
    deps.log.info({ rep: admin.id, site: site.id, changed: Object.keys(change) }, 'site changed');
    ctx.body = { site };
  });
}
