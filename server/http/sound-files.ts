/** `/sounds/:id`: a shop's own sound, for whoever plays it: shop pages, the console. */
import { Readable } from 'node:stream';
import type Router from '@koa/router';
import type { Context } from 'koa';
import { parse as parseRange } from 'range-parser';
import type { SoundId } from '../../shared/ids.ts';
import { allowances } from '../../shared/limits.ts';
import { createSoundReader, type SoundReader } from '../sounds/sound-reader.ts';
import { soundBytes } from '../store/sounds.ts';
import type { ConcurrencyCaps } from './concurrency-caps.ts';
import type { HttpDeps } from './deps.ts';
import { httpLimits } from './limits.ts';
import { pacedDownload } from './paced-download.ts';
import type { SecurityHeaders } from './security-headers.ts';

export function soundFileRoutes(
  router: Router,
  { embeddable }: SecurityHeaders,
  { db }: Pick<HttpDeps, 'db'>,
  concurrencyCaps: Pick<ConcurrencyCaps, 'download'>,
): void {
  const reader = createSoundReader(db, httpLimits.soundCacheBytes);
  const paced = pacedDownload(concurrencyCaps, allowances.sounds, httpLimits.soundWaitMs);

  router.get('/sounds/:id', embeddable, paced, async ctx => {
    const id = String(ctx.params.id) as SoundId;
    const bytes = await soundBytes(db, id);
    if (bytes === null) {
      ctx.status = 404;
      ctx.set('cache-control', 'no-store');
      ctx.body = 'There is no such sound. It may have been removed, or is still being converted.\n';
      return;
    }
    // Another recording is another sound with an id of its own.
    const etag = `"${id}"`;
    ctx.status = 200;
    ctx.set({
      etag,
      'accept-ranges': 'bytes',
      'cache-control': `public, max-age=${httpLimits.soundCacheS}, immutable`,
    });
    const known = ctx.get('if-none-match');
    if (known === '*' || known.includes(etag)) ctx.status = 304;
    else await sendPart(ctx, reader, { id, etag, bytes });
  });
}

type File = { id: SoundId; etag: string; bytes: number };

/** Safari plays nothing from a server that does not answer ranges. Nothing is read that is not sent. */
async function sendPart(ctx: Context, reader: SoundReader, { id, etag, bytes }: File): Promise<void> {
  const condition = ctx.get('if-range');
  const part = condition === '' || condition === etag ? rangeOf(ctx.get('range'), bytes) : null;
  if (part === 'beyond') {
    ctx.status = 416;
    ctx.set({ 'content-range': `bytes */${bytes}`, 'cache-control': 'no-store' });
    ctx.body = 'The sound is shorter than that.\n';
    return;
  }
  const { start, end } = part ?? { start: 0, end: bytes - 1 };
  if (part) {
    ctx.status = 206;
    ctx.set('content-range', `bytes ${start}-${end}/${bytes}`);
  }
  ctx.type = 'audio/webm';
  ctx.length = end - start + 1;
  if (ctx.method === 'HEAD') return;
  // Each piece is read when the one before it is on its way.
  ctx.body = Readable.from(reader.read(id, start, end), { objectMode: true, highWaterMark: 1 });
  ctx.length = end - start + 1;
  ctx.res.setTimeout(httpLimits.stalledDownloadMs, () => ctx.res.destroy());
}

/** One range is answered (RFC 9110 section 14); for none, several, or what is no range of bytes, the whole is right: null. */
function rangeOf(header: string, bytes: number): { start: number; end: number } | 'beyond' | null {
  const { code, type, ranges } = parseRange(bytes, header);
  if (type !== 'bytes') return null;
  if (code === 2) return 'beyond';
  return code === 0 && ranges.length === 1 ? ranges[0]! : null;
}
