/** `/api/sounds`: hold music and announcements of the shop's own. Admins only. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import type { SiteId, SoundId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { soundName } from '../../../shared/settings.ts';
import { SoundError } from '../../sounds/problems.ts';
import { listQueues } from '../../store/queues.ts';
import { findSite } from '../../store/sites.ts';
import { deleteSound, findSound, listSounds, renameSound } from '../../store/sounds.ts';
import { signedInAdmin } from '../admin.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError, type HttpErrorCode } from '../errors.ts';
import type { InHand } from '../in-hand.ts';
import { fileMayTakeLonger, readBody, readInput, uploadPath } from '../request-rules.ts';
import { soundsIn } from '../sound-settings.ts';

const nameBody = z.strictObject({ name: soundName });
const siteQuery = z.object({ siteId: z.string({ error: 'Please say which site it is for.' }).max(64) });
const uploadQuery = siteQuery.extend({ name: soundName });

export function soundRoutes(router: Router, deps: HttpDeps, inHand: Pick<InHand, 'upload'>): void {
  const { db, transactions, sounds, log } = deps;
  const askAdmin = (ctx: Context) => signedInAdmin(ctx, deps);
  const siteOf = async (siteId: string) => {
    const site = await findSite(db, siteId as SiteId);
    if (!site) throw new HttpError('not-found', 'There is no such site.', { field: 'siteId' });
    return site.id;
  };
  const soundOf = async (ctx: Context) => {
    const sound = await findSound(db, String(ctx.params.soundId) as SoundId);
    if (!sound) throw new HttpError('not-found', 'There is no such sound. It may have been removed.');
    return sound;
  };

  router.get('/api/sounds', async ctx => {
    await askAdmin(ctx);
    const siteId = await siteOf(readInput(ctx.query, siteQuery).siteId);
    ctx.body = { sounds: await listSounds(db, siteId) };
  });

  router.post(uploadPath, async ctx => {
    inHand.upload(ctx);
    const admin = await askAdmin(ctx);
    fileMayTakeLonger(ctx);
    const { siteId: wanted, name } = readInput(ctx.query, uploadQuery);
    const siteId = await siteOf(wanted);
    // What says beforehand that it is too large need not be read.
    if ((ctx.request.length ?? 0) > limits.maxSoundUploadBytes)
      throw asHttp(new SoundError('too-large'), ctx);
    // Left open when we stop reading, so that the answer can still be sent.
    const file = ctx.req.iterator({ destroyOnReturn: false });
    const id = await sounds.add({ siteId, name }, file).catch((error: unknown) => {
      throw asHttp(error, ctx);
    });
    log.info({ rep: admin.id, site: siteId, sound: id }, 'sound uploaded');
    ctx.status = 202;
    ctx.body = { sound: await findSound(db, id) };
  });

  router.get('/api/sounds/:soundId', async ctx => {
    await askAdmin(ctx);
    ctx.body = { sound: await soundOf(ctx) };
  });

  router.patch('/api/sounds/:soundId', async ctx => {
    await askAdmin(ctx);
    const { id } = await soundOf(ctx);
    await renameSound(db, id, readBody(ctx, nameBody).name);
    ctx.body = { sound: await soundOf(ctx) };
  });

  router.delete('/api/sounds/:soundId', async ctx => {
    const admin = await askAdmin(ctx);
    const { id, siteId } = await soundOf(ctx);
    // Through the transactions, as settings of queues are: nobody can choose the sound while it goes.
    await transactions.change([siteId], async change => {
      const user = (await listQueues(change.db)).find(({ settings }) => soundsIn(settings).has(id));
      if (user)
        throw new HttpError(
          'in-use',
          `The queue “${user.name}” uses this sound. Choose another one there first.`,
        );
      await deleteSound(change.db, id);
    });
    sounds.giveUp(id);
    log.info({ rep: admin.id, sound: id }, 'sound deleted');
    ctx.body = {};
  });
}

const codes: Partial<Record<SoundError['problem'], HttpErrorCode>> = {
  'too-large': 'too-large',
  'too-many': 'no-room',
};

/** Why a file was not taken. An upload that breaks off leaves nobody to answer; the log need not call it our failure. */
function asHttp(error: unknown, { req }: Context): unknown {
  const reason = !(error instanceof SoundError) && req.destroyed && !req.complete;
  const known = reason ? new SoundError('cut-off', { cause: error }) : error;
  if (!(known instanceof SoundError)) return known;
  return new HttpError(codes[known.problem] ?? 'bad-request', known.message, { cause: known });
}
