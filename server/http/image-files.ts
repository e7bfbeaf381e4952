/** `/images/:name`: a logo or a photo, for the pages that show it. Its address says what is in it, so it is kept for good. */
import type Router from '@koa/router';
import { imageName } from '../../shared/appearance.ts';
import { allowances } from '../../shared/limits.ts';
import { readImage } from '../store/images.ts';
import type { ConcurrencyCaps } from './concurrency-caps.ts';
import type { HttpDeps } from './deps.ts';
import { httpLimits } from './limits.ts';
import { pacedDownload } from './paced-download.ts';
import type { SecurityHeaders } from './security-headers.ts';

const types = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' } as const;

export function imageFileRoutes(
  router: Router,
  { embeddable }: SecurityHeaders,
  { db }: Pick<HttpDeps, 'db'>,
  concurrencyCaps: Pick<ConcurrencyCaps, 'download'>,
): void {
  const paced = pacedDownload(concurrencyCaps, allowances.images, httpLimits.imageWaitMs);

  router.get('/images/:name', embeddable, paced, async ctx => {
    const name = imageName.safeParse(ctx.params.name).data ?? '';
    const data = name && (await readImage(db, name));
    if (!data) {
      ctx.status = 404;
      ctx.set('cache-control', 'no-store');
      ctx.body = 'There is no such picture. It may have been replaced.\n';
      return;
    }
    const etag = `"${name}"`;
    ctx.status = 200;
    ctx.set({
      etag,
      'cache-control': `public, max-age=${httpLimits.imageCacheS}, immutable`,
      // Opened by itself it is a picture and nothing more.
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const known = ctx.get('if-none-match');
    if (known === '*' || known.includes(etag)) {
      ctx.status = 304;
      return;
    }
    ctx.type = types[name.slice(name.lastIndexOf('.') + 1) as keyof typeof types];
    ctx.body = data;
  });
}
