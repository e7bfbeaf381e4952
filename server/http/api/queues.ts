/** `/api/queues` and `/api/team/:id/skills`: how calls are distributed. Admins only; changes count at once. */
import { isDeepStrictEqual } from 'node:util';
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import type { QueueId, RepId, SiteId } from '../../../shared/ids.ts';
import {
  type Membership,
  membership,
  type QueueSettings,
  queueName,
  queueSettings,
  repSkills,
} from '../../../shared/settings.ts';
import {
  addQueue,
  changeMembers,
  changeQueue,
  changeSkills,
  removeQueue,
} from '../../calls/commands/queue-commands.ts';
import { listTeam } from '../../store/accounts.ts';
import { readQueueSettings } from '../../store/queue-settings.ts';
import { findQueue, listQueues, membersOf } from '../../store/queues.ts';
import type { QueueRow } from '../../store/schema.ts';
import { listSites } from '../../store/sites.ts';
import { signedInAdmin } from '../admin.ts';
import type { HttpDeps } from '../deps.ts';
import { callErrorAsHttp, HttpError } from '../errors.ts';
import { queueAvailability } from '../queue-availability.ts';
import { readBody, readInput } from '../request-rules.ts';
import { checkSounds } from '../sound-settings.ts';

const members = z
  .array(membership)
  .max(1_000, 'At most 1000 reps.')
  .refine(all => new Set(all.map(member => member.repId)).size === all.length, 'Each rep only once.');
const someSettings = z.record(z.string(), z.unknown()).default({});
/**
 * What is left out stays as it is. `before`: what the asker was shown of what is changed; where it is something else by now,
 * somebody else has changed it meanwhile, and the asker is told.
 */
const queueBody = z.strictObject({
  name: queueName.optional(),
  settings: someSettings,
  members: members.optional(),
  before: z
    .strictObject({ name: z.string().optional(), settings: someSettings, members: members.optional() })
    .optional(),
});
const newQueueBody = z.strictObject({
  siteId: z.string().min(1).max(64) as unknown as z.ZodType<SiteId, SiteId>,
  name: queueName,
});
const skillsBody = z.strictObject({ skills: repSkills });

/** A rule that sends callers on names another queue of the same site. */
async function checkRules(db: HttpDeps['db'], queue: QueueRow, { overflow }: QueueSettings): Promise<void> {
  for (const [when, rule] of Object.entries(overflow)) {
    if (rule.do !== 'queue') continue;
    const field = `overflow.${when}.queueId`;
    if (rule.queueId === queue.id)
      throw new HttpError('bad-request', 'That is this very queue. Choose another one.', { field });
    const target = await findQueue(db, rule.queueId);
    if (target?.site_id !== queue.site_id)
      throw new HttpError('bad-request', 'There is no such queue any more. Choose another one.', { field });
  }
}

/** Throws `changed-meanwhile` with the first field that is neither what the asker saw nor what they want. */
function mustBeSeen(
  wanted: z.output<typeof queueBody>,
  current: { name: string; settings: QueueSettings; members: Membership[] },
): void {
  const { before } = wanted;
  if (!before) return;
  const check = (field: string, seen: unknown, now: unknown, wish: unknown) => {
    if (seen === undefined || isDeepStrictEqual(seen, now) || isDeepStrictEqual(wish, now)) return;
    throw new HttpError('changed-meanwhile', undefined, { field });
  };
  if (wanted.name !== undefined) check('name', before.name, current.name, wanted.name);
  for (const [key, wish] of Object.entries(wanted.settings))
    check(key, before.settings[key], current.settings[key as keyof QueueSettings], wish);
  const byRep = (some: readonly Membership[] | undefined) =>
    some?.toSorted((a, b) => (a.repId < b.repId ? -1 : 1));
  if (wanted.members) check('members', byRep(before.members), byRep(current.members), byRep(wanted.members));
}

async function checkMembers(db: HttpDeps['db'], wanted: readonly Membership[]): Promise<void> {
  const known = new Set((await listTeam(db)).map(rep => rep.id));
  if (wanted.some(member => !known.has(member.repId)))
    throw new HttpError('bad-request', 'One of these reps is not on the team any more.', {
      field: 'members',
    });
}

export function queueRoutes(router: Router, deps: HttpDeps): void {
  const { db, transactions, log } = deps;
  const askAdmin = (ctx: Context) => signedInAdmin(ctx, deps);
  const queueOf = async (ctx: Context) => {
    const queue = await findQueue(db, String(ctx.params.queueId) as QueueId);
    if (!queue) throw new HttpError('not-found', 'There is no such queue. It may have been removed.');
    return queue;
  };

  router.get('/api/queues', async ctx => {
    await askAdmin(ctx);
    const queues = await listQueues(db);
    ctx.body = {
      queues: await Promise.all(
        queues.map(async queue => {
          const { availability } = await queueAvailability(deps, queue.siteId, queue.id);
          return { ...queue, availability };
        }),
      ),
    };
  });

  router.post('/api/queues', async ctx => {
    const admin = await askAdmin(ctx);
    const { siteId, name } = readBody(ctx, newQueueBody);
    if (!(await listSites(db)).some(site => site.id === siteId))
      throw new HttpError('not-found', 'There is no such site.', { field: 'siteId' });
    const id = await transactions.change([siteId], change => addQueue(change, siteId, name));
    log.info({ rep: admin.id, queue: id }, 'queue added');
    ctx.body = { queue: (await listQueues(db)).find(queue => queue.id === id) };
  });

  router.delete('/api/queues/:queueId', async ctx => {
    const admin = await askAdmin(ctx);
    const queue = await queueOf(ctx);
    await transactions
      .change([queue.site_id], change => removeQueue(change, { siteId: queue.site_id, queueId: queue.id }))
      .catch(callErrorAsHttp);
    log.info({ rep: admin.id, queue: queue.id }, 'queue removed');
    ctx.body = {};
  });

  router.patch('/api/queues/:queueId', async ctx => {
    const admin = await askAdmin(ctx);
    const { site_id: siteId, id: queueId } = await queueOf(ctx);
    const wanted = readBody(ctx, queueBody);
    const saved = await transactions.change([siteId], async change => {
      const queue = await findQueue(change.db, queueId);
      if (!queue) throw new HttpError('not-found', 'There is no such queue. It may have been removed.');
      const current = {
        name: queue.name,
        settings: readQueueSettings(queue),
        members: await membersOf(change.db, queue),
      };
      mustBeSeen(wanted, current);
      const settings = readInput({ ...current.settings, ...wanted.settings }, queueSettings.strict());
      const name = wanted.name ?? current.name;
      if (wanted.members) await checkMembers(change.db, wanted.members);
      await checkRules(change.db, queue, settings);
      await checkSounds(change.db, siteId, settings);
      await changeQueue(change, { siteId, queueId }, { name, settings });
      if (wanted.members) await changeMembers(change, { siteId, queueId }, wanted.members);
      return { name, settings, members: wanted.members ?? current.members };
    });
    const changed = [...Object.keys(wanted.settings), ...(wanted.members ? ['members'] : [])];
    log.info({ rep: admin.id, queue: queueId, changed }, 'queue settings changed');
    ctx.body = saved;
  });

  router.put('/api/team/:repId/skills', async ctx => {
    const admin = await askAdmin(ctx);
    const repId = String(ctx.params.repId) as RepId;
    const { skills } = readBody(ctx, skillsBody);
    if (!(await listTeam(db)).some(rep => rep.id === repId))
      throw new HttpError('not-found', 'This rep is not on the team any more.');
    await transactions.changeRep(repId, (change, sites) => changeSkills(change, sites, repId, skills));
    log.info({ rep: admin.id, of: repId }, 'skills changed');
    ctx.body = { skills };
  });
}
