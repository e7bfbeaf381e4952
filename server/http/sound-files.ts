/** `/sounds/:id`: a shop's own sound, for whoever plays it: shop pages, the console. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import type { SoundId } from '../../shared/ids.ts';
import { readAudio } from '../store/sounds.ts';
import { readRange } from './byte-range.ts';
import type { HttpDeps } from './deps.ts';
import { httpLimits } from './limits.ts';
import type { SecurityHeaders } from './security-headers.ts';

export function soundFileRoutes(
  router: Router,
  { embeddable }: SecurityHeaders,
  { db }: Pick<HttpDeps, 'db'>,
): void {
  router.get('/sounds/:id', embeddable, async ctx => {
    const id = String(ctx.params.id) as SoundId;
    const audio = await readAudio(db, id);
    if (!audio) {
      ctx.status = 404;
      ctx.set('cache-control', 'no-store');
      ctx.body = 'There is no such sound. It may have been removed, or is still being converted.\n';
      return;
    }
    // Another recording is another sound with an id of its own.
    const etag = `"${id}"`;
    ctx.set({
      etag,
      'accept-ranges': 'bytes',
      'cache-control': `public, max-age=${httpLimits.soundCacheS}, immutable`,
    });
    if (ctx.get('if-none-match').includes(etag)) ctx.status = 304;
    else sendPart(ctx, audio, etag);
  });
}

/** Safari plays nothing from a server that does not answer ranges. */
function sendPart(ctx: Context, audio: Buffer, etag: string): void {
  const condition = ctx.get('if-range');
  const range = condition === '' || condition === etag ? readRange(ctx.get('range'), audio.length) : null;
  if (range === 'beyond') {
    ctx.status = 416;
    ctx.set({ 'content-range': `bytes */${audio.length}`, 'cache-control': 'no-store' });
    ctx.body = 'The sound is shorter than that.\n';
    return;
  }
  if (range) {
    ctx.status = 206;
    ctx.set('content-range', `bytes ${range.from}-${range.to}/${audio.length}`);
  }
  ctx.type = 'audio/webm';
  ctx.body = range ? audio.subarray(range.from, range.to + 1) : audio;
}
