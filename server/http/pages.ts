/** The demo shop, the rep console, the pages for test calls and on which its settings show the button, and the element with its chunks. */
import type Router from '@koa/router';
import type { Middleware } from 'koa';
import { testPagePath } from '../../shared/first-run.ts';
import type { SecurityHeaders } from './security-headers.ts';
import { sendUnbuilt } from './server-pages.ts';
import type { SendFile } from './static-files.ts';

export function pageRoutes(router: Router, headers: SecurityHeaders, send: SendFile): void {
  const page =
    (file: string): Middleware =>
    async ctx => {
      if (!(await send(ctx, file))) {
        ctx.status = 503;
        sendUnbuilt(ctx);
      }
    };
  const file: Middleware = async (ctx, next) => {
    if (!(await send(ctx, ctx.path))) await next();
  };

  router.get('/', headers.page("'self'"), page('/demo/index.html'));
  router.get('/rep', headers.page("'none'"), page('/console/index.html'));
  router.get(testPagePath, headers.page("'none'"), page('/test-page/index.html'));
  router.get('/preview', headers.page("'self'"), page('/preview/index.html'));
  router.get('/talk-to-us-worker.js', headers.embeddable, file);
  router.get('/talk-to-us.js', headers.embeddable, file);
  router.get('/talk-to-us.js.map', headers.embeddable, file);
  router.get('/assets/*path', headers.embeddable, file);
  router.get(/^\/[\w-]+\.(?:svg|png|ico|webmanifest)$/, headers.embeddable, file);
}
