/** Before a file that anybody may fetch is sent: who fetches many at once is slowed down. */
import type { Middleware } from 'koa';
import { network } from '../quota/network.ts';
import { Pace } from '../quota/pace.ts';
import type { ConcurrencyCaps } from './concurrency-caps.ts';
import { HttpError } from './errors.ts';
import { httpLimits } from './limits.ts';

/**
 * Slowed down and not refused: a refusal costs as much as an answer, and is asked for again at once.
 *
 * @param allowance of files for each network
 * @param longestMs nobody is made to wait longer than this, but refused
 */
export function pacedDownload(
  concurrencyCaps: Pick<ConcurrencyCaps, 'download'>,
  { burst, perMinute }: { burst: number; perMinute: number },
  longestMs: number,
): Middleware {
  const pace = new Pace({ apartMs: 60_000 / perMinute, longestMs, free: burst });
  return async (ctx, next) => {
    concurrencyCaps.download(ctx);
    if (!(await pace.wait(network(ctx.ip))))
      throw new HttpError('too-many', undefined, { retryAfterS: httpLimits.inHandRetryS });
    // Nobody is there to be answered any more: the client left, or the server is ending.
    if (ctx.req.socket.destroyed) ctx.respond = false;
    else await next();
  };
}
