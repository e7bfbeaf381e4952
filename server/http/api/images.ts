/** `/api/images` and `/api/rep/photo`: logos of shops, and photos of those who answer. */
import type { Context } from 'koa';
import type { SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { refuse } from '../../../shared/refusals.ts';
import { inspectPicture } from '../../images/inspect-picture.ts';
import { PictureError } from '../../images/problems.ts';
import { keepLogo, keepPhoto, type Picture } from '../../store/images.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { aboutOneself } from '../rep-session.ts';
import type { Handlers } from './mount.ts';

export function imageHandlers({
  db,
  log,
  now,
  transactions,
}: HttpDeps): Handlers<'POST /api/images' | 'POST /api/rep/photo' | 'DELETE /api/rep/photo'> {
  return {
    async 'POST /api/images'({ ctx, member, scope, query }) {
      const siteId = query.siteId as SiteId;
      if (!scope.sites.includes(siteId))
        throw new HttpError('not-found', refuse('noSuchSite'), { field: 'siteId' });
      const picture = await readPicture(ctx);
      const name = await transactions.change([siteId], change => keepLogo(change.db, siteId, picture, now()));
      log.info({ rep: member.id, site: siteId }, 'picture uploaded');
      return { name };
    },

    async 'POST /api/rep/photo'({ ctx, member }) {
      await keepPhoto(db, member.id, await readPicture(ctx), now());
      log.info({ rep: member.id }, 'photo uploaded');
      return { rep: await aboutOneself(db, member) };
    },

    async 'DELETE /api/rep/photo'({ member }) {
      await keepPhoto(db, member.id, null, now());
      log.info({ rep: member.id }, 'photo removed');
      return { rep: await aboutOneself(db, member) };
    },
  };
}

/** Reads no more than a picture may have. Throws `HttpError`. */
async function readPicture(ctx: Context): Promise<Picture> {
  try {
    // What says beforehand that it is too large need not be read.
    if ((ctx.request.length ?? 0) > limits.maxImageBytes) throw new PictureError('too-large');
    const chunks: Buffer[] = [];
    let bytes = 0;
    // Left open when we stop reading, so that the answer can still be sent.
    for await (const chunk of ctx.req.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > limits.maxImageBytes) throw new PictureError('too-large');
      chunks.push(chunk);
    }
    return inspectPicture(Buffer.concat(chunks));
  } catch (error) {
    // An upload that breaks off leaves nobody to answer; the log need not call it our failure.
    const brokeOff = !(error instanceof PictureError) && ctx.req.destroyed && !ctx.req.complete;
    const known = brokeOff ? new PictureError('cut-off', { cause: error }) : error;
    if (!(known instanceof PictureError)) throw known;
    const code = known.problem === 'too-large' ? 'too-large' : 'bad-request';
    throw new HttpError(code, known.refusal, { cause: known });
  }
}
