/** `/api/sounds`: hold music and announcements of the shop's own. */
import type { Context } from 'koa';
import type { HttpErrorCode } from '../../../shared/api/errors.ts';
import type { SiteId, SoundId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { refuse } from '../../../shared/refusals.ts';
import { SoundError } from '../../sounds/problems.ts';
import { recordAudit } from '../../store/audit.ts';
import { accountOfSite, type Scope } from '../../store/members.ts';
import { listQueues } from '../../store/queues.ts';
import { findSite } from '../../store/sites.ts';
import { deleteSound, findSound, listSounds, renameSound } from '../../store/sounds.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { fileMayTakeLonger } from '../request-rules.ts';
import { soundsIn } from '../sound-settings.ts';
import type { Handlers } from './mount.ts';

export function soundHandlers({
  db,
  transactions,
  sounds,
  log,
  now,
}: HttpDeps): Handlers<
  | 'GET /api/sounds'
  | 'POST /api/sounds'
  | 'GET /api/sounds/:soundId'
  | 'PATCH /api/sounds/:soundId'
  | 'DELETE /api/sounds/:soundId'
> {
  const siteOf = async (siteId: string, { sites }: Scope) => {
    const site = await findSite(db, siteId as SiteId);
    if (!site || !sites.includes(site.id))
      throw new HttpError('not-found', refuse('noSuchSite'), { field: 'siteId' });
    return site;
  };
  const noSuchSound = () => new HttpError('not-found', refuse('noSuchSound'));
  const soundOf = async (soundId: SoundId, { sites }: Scope) => {
    const sound = await findSound(db, soundId);
    if (!sound || !sites.includes(sound.siteId)) throw noSuchSound();
    return sound;
  };

  return {
    async 'GET /api/sounds'({ scope, query }) {
      const site = await siteOf(query.siteId, scope);
      return { sounds: await listSounds(db, site.id) };
    },

    async 'POST /api/sounds'({ ctx, member, scope, query: { siteId: wanted, name } }) {
      fileMayTakeLonger(ctx);
      const { id: siteId, account_id: accountId } = await siteOf(wanted, scope);
      // What says beforehand that it is too large need not be read.
      if ((ctx.request.length ?? 0) > limits.maxSoundUploadBytes)
        throw asHttp(new SoundError('too-large'), ctx);
      // Left open when we stop reading, so that the answer can still be sent.
      const file = ctx.req.iterator({ destroyOnReturn: false });
      const deed = { accountId, by: member.id, action: 'sound.added', target: name } as const;
      const id = await sounds
        .add({ siteId, name }, file, trx => recordAudit(trx, deed, now()))
        .catch((error: unknown) => {
          throw asHttp(error, ctx);
        });
      log.info({ rep: member.id, site: siteId, sound: id }, 'sound uploaded');
      return { sound: await soundOf(id, scope) };
    },

    async 'GET /api/sounds/:soundId'({ scope, params }) {
      return { sound: await soundOf(params.soundId, scope) };
    },

    async 'PATCH /api/sounds/:soundId'({ scope, params, body }) {
      const { id } = await soundOf(params.soundId, scope);
      await renameSound(db, id, body.name);
      return { sound: await soundOf(id, scope) };
    },

    async 'DELETE /api/sounds/:soundId'({ member, scope, params }) {
      const { id, siteId, name } = await soundOf(params.soundId, scope);
      // Through the transactions, as settings of queues are: nobody can choose the sound while it goes.
      await transactions.change([siteId], async change => {
        const user = (await listQueues(change.db, [siteId])).find(({ settings }) =>
          soundsIn(settings).has(id),
        );
        if (user) throw new HttpError('in-use', refuse('soundInUse', { queue: user.name }));
        if (!(await deleteSound(change.db, id))) throw noSuchSound();
        const accountId = await accountOfSite(change.db, siteId);
        const deed = { accountId, by: member.id, action: 'sound.removed', target: name } as const;
        await recordAudit(change.db, deed, now());
      });
      sounds.giveUp(id);
      log.info({ rep: member.id, sound: id }, 'sound deleted');
      return {};
    },
  };
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
  return new HttpError(codes[known.problem] ?? 'bad-request', known.refusal, { cause: known });
}
