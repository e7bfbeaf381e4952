/** `/api/server-notices`: what the owner should know about how this server is run. Admins only. */
import type Router from '@koa/router';
import { signedInAdmin } from '../admin.ts';
import type { HttpDeps } from '../deps.ts';
import type { ProxyWatch } from '../proxy-watch.ts';

export function serverNoticeRoutes(router: Router, deps: HttpDeps, proxy: ProxyWatch): void {
  router.get('/api/server-notices', async ctx => {
    await signedInAdmin(ctx, deps);
    ctx.body = { notices: proxy.notices() };
  });
}
