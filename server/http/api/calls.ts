/** `/api/calls`, `/api/unmet-demand` and `/api/blocks`: what became of calls, and callers who are blocked. */
import { Readable } from 'node:stream';
import type { CallId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { boostCall } from '../../calls/commands/priority.ts';
import { exportedCalls, listCalls, readStory } from '../../calls/history/call-list.ts';
import { callTable, unmetTable } from '../../calls/history/call-table.ts';
import { liftBlock, listBlocks } from '../../store/blocks.ts';
import type { HttpDeps } from '../deps.ts';
import { callErrorAsHttp, HttpError } from '../errors.ts';
import type { Handlers } from './mount.ts';

export function callHandlers({
  db,
  transactions,
  unmetDemand,
  now,
  log,
}: HttpDeps): Handlers<
  | 'GET /api/calls'
  | 'GET /api/calls.csv'
  | 'GET /api/calls/:callId'
  | 'PATCH /api/calls/:callId'
  | 'GET /api/unmet-demand'
  | 'GET /api/unmet-demand.csv'
  | 'GET /api/blocks'
  | 'DELETE /api/blocks/:blockId'
> {
  const storyOf = async (callId: CallId) => {
    const call = await readStory(db, callId, now());
    if (!call)
      throw new HttpError('not-found', 'There is no such call. It may be older than calls are kept.');
    return call;
  };
  let exports = 0;

  return {
    'GET /api/calls': ({ query }) => listCalls(db, { ...query, now: now() }),

    'GET /api/calls.csv'({ ctx, query }) {
      if (exports >= limits.exportsAtOnce)
        throw new HttpError('too-many', 'Another table is being written. Please try again in a moment.');
      exports++;
      const table = Readable.from(callTable(exportedCalls(db, { ...query, now: now() })), {
        objectMode: false,
      });
      table.once('close', () => {
        exports--;
      });
      ctx.type = 'text/csv; charset=utf-8';
      ctx.attachment(`calls-${new Date(now()).toISOString().slice(0, 10)}.csv`);
      ctx.body = table;
    },

    async 'GET /api/unmet-demand'({ query: { siteId, from = 0, until = 9e15 } }) {
      return { hours: await unmetDemand.read(siteId, from, until) };
    },

    async 'GET /api/unmet-demand.csv'({ ctx, query: { siteId, from = 0, until = 9e15 } }) {
      ctx.type = 'text/csv; charset=utf-8';
      ctx.attachment('missed-clicks.csv');
      ctx.body = unmetTable(await unmetDemand.read(siteId, from, until));
    },

    async 'PATCH /api/calls/:callId'({ member, params, body: { boost } }) {
      const { siteId, callId } = await storyOf(params.callId);
      await transactions
        .change([siteId], change => boostCall(change, siteId, callId, boost))
        .catch(callErrorAsHttp);
      log.info({ rep: member.id, call: callId, boost }, 'call moved in its line');
      return {};
    },

    async 'GET /api/calls/:callId'({ params }) {
      return { call: await storyOf(params.callId) };
    },

    async 'GET /api/blocks'({ query: { siteId = null } }) {
      return { blocks: await listBlocks(db, siteId, now()) };
    },

    async 'DELETE /api/blocks/:blockId'({ member, params: { blockId } }) {
      if (!(await liftBlock(db, blockId))) throw new HttpError('not-found', 'This block is over already.');
      log.info({ rep: member.id, block: blockId }, 'block lifted');
      return {};
    },
  };
}
