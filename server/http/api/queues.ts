/** `/api/queues` and `/api/team/:id/skills`: how calls are distributed. Admins only; changes count at once. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import type { QueueId, RepId, SiteId } from '../../../shared/ids.ts';
import {
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
import { findQueue, listQueues } from '../../store/queues.ts';
import type { QueueRow } from '../../store/schema.ts';
import { listSites } from '../../store/sites.ts';
import { signedInAdmin } from '../admin.ts';
import type { HttpDeps } from '../deps.ts';
import { callErrorAsHttp, HttpError } from '../errors.ts';
import { queueAvailability } from '../queue-availability.ts';
import { readBody, readInput } from '../request-rules.ts';
import { checkSounds } from '../sound-settings.ts';

/** What is left out stays as it is. */
const queueBody = z.strictObject({
  name: queueName.optional(),
  settings: z.record(z.string(), z.unknown()).default({}),
});
const membersBody = z.strictObject({
  members: z
    .array(membership)
    .max(1_000, 'At most 1000 reps.')
    .refine(
      members => new Set(members.map(member => member.repId)).size === members.length,
      'Each rep only once.',
    ),
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

export function queueRoutes(router: Router, deps: HttpDeps): void {
  const { db, door, log } = deps;
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
    const id = await door.change([siteId], change => addQueue(change, siteId, name));
    log.info({ rep: admin.id, queue: id }, 'queue added');
    ctx.body = { queue: (await listQueues(db)).find(queue => queue.id === id) };
  });

  router.delete('/api/queues/:queueId', async ctx => {
    const admin = await askAdmin(ctx);
    const queue = await queueOf(ctx);
    await door
      .change([queue.site_id], change => removeQueue(change, { siteId: queue.site_id, queueId: queue.id }))
      .catch(callErrorAsHttp);
    log.info({ rep: admin.id, queue: queue.id }, 'queue removed');
    ctx.body = {};
  });

  router.patch('/api/queues/:queueId', async ctx => {
    const admin = await askAdmin(ctx);
    const queue = await queueOf(ctx);
    const { name = queue.name, settings: wanted } = readBody(ctx, queueBody);
    const settings = readInput({ ...readQueueSettings(queue), ...wanted }, queueSettings.strict());
    await door.change([queue.site_id], async change => {
      await checkRules(change.db, queue, settings);
      await checkSounds(change.db, queue.site_id, settings);
      await changeQueue(change, { siteId: queue.site_id, queueId: queue.id }, { name, settings });
    });
    log.info({ rep: admin.id, queue: queue.id, changed: Object.keys(wanted) }, 'queue settings changed');
    ctx.body = { name, settings };
  });

  router.put('/api/queues/:queueId/members', async ctx => {
    const admin = await askAdmin(ctx);
    const queue = await queueOf(ctx);
    const { members } = readBody(ctx, membersBody);
    const known = new Set((await listTeam(db)).map(rep => rep.id));
    if (members.some(member => !known.has(member.repId)))
      throw new HttpError('bad-request', 'One of these reps is not on the team any more.', {
        field: 'members',
      });
    await door.change([queue.site_id], change =>
      changeMembers(change, { siteId: queue.site_id, queueId: queue.id }, members),
    );
    log.info({ rep: admin.id, queue: queue.id, members: members.length }, 'queue members changed');
    ctx.body = { members };
  });

  router.put('/api/team/:repId/skills', async ctx => {
    const admin = await askAdmin(ctx);
    const repId = String(ctx.params.repId) as RepId;
    const { skills } = readBody(ctx, skillsBody);
    if (!(await listTeam(db)).some(rep => rep.id === repId))
      throw new HttpError('not-found', 'This rep is not on the team any more.');
    await door.changeRep(repId, (change, sites) => changeSkills(change, sites, repId, skills));
    log.info({ rep: admin.id, of: repId }, 'skills changed');
    ctx.body = { skills };
  });
}
