/** Files of the built browser side, by sirv, with what sirv leaves to its caller. */
import type { Context } from 'koa';
import sirv from 'sirv';
import { httpLimits } from './limits.ts';

/**
 * Sends the file of that path below `dir`. False when there is none; nothing is sent then.
 * Answers conditional and range requests; prefers a `.br` or `.gz` twin where the browser takes it.
 */
export type SendFile = (ctx: Context, path: string) => Promise<boolean>;

/** Names like `leg-B3f9x_Qa.js`: the content decides the name, so a kept copy is never stale. */
const hashed = /-(?=[\w-]*[A-Z\d])[\w-]{8,}\.\w+$/;

function cacheControl(path: string): string {
  if (path.startsWith('/assets/') && hashed.test(path)) return 'public, max-age=31536000, immutable';
  if (path.endsWith('.js')) return `public, max-age=${httpLimits.scriptCacheS}`;
  return 'no-cache';
}

export function createStaticFiles(dir: string): SendFile {
  // `dev` looks files up per request: a build under a running server is served whole, with true sizes. Reading
  // the folder once, the other way, would promise sizes and files that a new build has replaced.
  const serve = sirv(dir, {
    dev: true,
    etag: true,
    brotli: true,
    gzip: true,
    setHeaders: (res, path) => res.setHeader('cache-control', cacheControl(path)),
  });

  return (ctx, path) =>
    new Promise<boolean>(resolve => {
      const { req, res } = ctx;
      if (!simpleRange(req.headers.range) || req.headers['if-range']) delete req.headers.range;
      // The file may vanish between look-up and opening; without a listener that error would end the process.
      res.once('pipe', source => source.once('error', () => res.destroy()));
      res.once('close', () => resolve(true));
      const url = req.url;
      ctx.respond = false;
      req.url = path;
      serve(req, res, () => {
        ctx.respond = true;
        resolve(false);
      });
      // sirv has read the path by now; everybody else is to see the address as it came.
      if (url !== undefined) req.url = url;
    });
}

/** sirv trusts the header; only one forward range is passed on, and the whole file is sent for others. */
function simpleRange(range: string | undefined): boolean {
  const match = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(range ?? '');
  return match !== null && (match[2] === '' || Number(match[1]) <= Number(match[2]));
}
