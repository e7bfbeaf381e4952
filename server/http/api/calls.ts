/** `/api/calls`: what became of calls. For admins and supervisors. */
import { Readable } from 'node:stream';
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { callOutcomes } from '../../../shared/admin.ts';
import type { CallId, QueueId, RepId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { boostCall } from '../../calls/commands/priority.ts';
import { exportedCalls, listCalls, readStory } from '../../calls/history/call-list.ts';
import { callTable, unmetTable } from '../../calls/history/call-table.ts';
import type { HttpDeps } from '../deps.ts';
import { callErrorAsHttp, HttpError } from '../errors.ts';
import { signedInRep } from '../rep-session.ts';
import { readBody, readInput } from '../request-rules.ts';

const moment = z.coerce.number().int().min(0).max(9e15).optional();
const id = z.string().min(1).max(64);

const filterQuery = z.object({
  siteId: z
    .string({ error: 'Say whose calls: siteId.' })
    .min(1)
    .transform(text => text as SiteId),
  queueId: id.transform(text => text as QueueId).optional(),
  repId: id.transform(text => text as RepId).optional(),
  outcome: z.enum(callOutcomes).optional(),
  /** Began at or after, and before, ms UTC. */
  from: moment,
  until: moment,
  text: z
    .string()
    .trim()
    .max(100, 'That is too long to look for: at most 100 characters.')
    .transform(text => text || undefined)
    .optional(),
});
const unmetQuery = filterQuery.pick({ siteId: true, from: true, until: true });
const pageQuery = filterQuery.extend({
  /** `<startedAt>,<callId>`: the `next` of the page before. */
  before: z
    .string()
    .regex(/^\d{1,15},.{1,64}$/, 'Write when the last call of the page before began, a comma, and its id.')
    .transform(text => {
      const [startedAt = '', ...callId] = text.split(',');
      return { startedAt: Number(startedAt), callId: callId.join() as CallId };
    })
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** How far before (or, negative, behind) its equals the call goes. */
const callBody = z.strictObject({
  boost: z.number().int('Please write a whole number.').min(-9, 'At least -9.').max(9, 'At most 9.'),
});

const gone = 'There is no such call. It may be older than calls are kept.';

export function callRoutes(router: Router, deps: HttpDeps): void {
  const askOverseer = async (ctx: Context) => {
    const rep = await signedInRep(ctx, deps);
    if (rep.role === 'rep') throw new HttpError('not-allowed', 'Only admins and supervisors can see calls.');
    return rep;
  };

  router.get('/api/calls', async ctx => {
    await askOverseer(ctx);
    const query = readInput({ ...ctx.query }, pageQuery);
    ctx.body = await listCalls(deps.db, { ...query, now: deps.now() });
  });

  let exports = 0;
  router.get('/api/calls.csv', async ctx => {
    await askOverseer(ctx);
    const query = readInput({ ...ctx.query }, filterQuery);
    if (exports >= limits.exportsAtOnce)
      throw new HttpError('too-many', 'Another table is being written. Please try again in a moment.');
    exports++;
    const table = Readable.from(callTable(exportedCalls(deps.db, { ...query, now: deps.now() })), {
      objectMode: false,
    });
    table.once('close', () => {
      exports--;
    });
    ctx.type = 'text/csv; charset=utf-8';
    ctx.attachment(`calls-${new Date(deps.now()).toISOString().slice(0, 10)}.csv`);
    ctx.body = table;
  });

  /** Clicks that led to no call, by hour. */
  const readUnmet = (ctx: Context) => {
    const { siteId, from = 0, until = 9e15 } = readInput({ ...ctx.query }, unmetQuery);
    return deps.unmetDemand.read(siteId, from, until);
  };
  router.get('/api/unmet-demand', async ctx => {
    await askOverseer(ctx);
    ctx.body = { hours: await readUnmet(ctx) };
  });
  router.get('/api/unmet-demand.csv', async ctx => {
    await askOverseer(ctx);
    const hours = await readUnmet(ctx);
    ctx.type = 'text/csv; charset=utf-8';
    ctx.attachment('missed-clicks.csv');
    ctx.body = unmetTable(hours);
  });

  router.patch('/api/calls/:callId', async ctx => {
    const overseer = await askOverseer(ctx);
    const { boost } = readBody(ctx, callBody);
    const call = await readStory(deps.db, String(ctx.params.callId) as CallId, deps.now());
    if (!call) throw new HttpError('not-found', gone);
    await deps.transactions
      .change([call.siteId], change => boostCall(change, call.siteId, call.callId, boost))
      .catch(callErrorAsHttp);
    deps.log.info({ rep: overseer.id, call: call.callId, boost }, 'call moved in its line');
    ctx.body = {};
  });

  router.get('/api/calls/:callId', async ctx => {
    await askOverseer(ctx);
    const call = await readStory(deps.db, String(ctx.params.callId) as CallId, deps.now());
    if (!call) throw new HttpError('not-found', gone);
    ctx.body = { call };
  });
}
