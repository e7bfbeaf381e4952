/** `/api/calls`, `/api/unmet-demand` and `/api/blocks`: what became of calls, and callers who are blocked. */
import { Readable } from 'node:stream';
import type { CallId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { refuse } from '../../../shared/refusals.ts';
import { boostCall } from '../../calls/commands/priority.ts';
import { exportedCalls, listCalls, readStory } from '../../calls/history/call-list.ts';
import { callTable, unmetTable } from '../../calls/history/call-table.ts';
import { recordAudit } from '../../store/audit.ts';
import { liftBlock, listBlocks } from '../../store/blocks.ts';
import { accountOfSite, type Scope } from '../../store/members.ts';
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
  const storyOf = async (callId: CallId, { sites }: Scope) => {
    const call = await readStory(db, callId, now());
    if (!call || !sites.includes(call.siteId)) throw new HttpError('not-found', refuse('noSuchCall'));
    return call;
  };
  const siteIn = ({ sites }: Scope, siteId: SiteId) => {
    if (!sites.includes(siteId)) throw new HttpError('not-found', refuse('noSuchSite'), { field: 'siteId' });
    return siteId;
  };
  let exports = 0;

  return {
    async 'GET /api/calls'({ scope, query }) {
      siteIn(scope, query.siteId);
      return listCalls(db, { ...query, now: now() });
    },

    'GET /api/calls.csv'({ ctx, scope, query }) {
      siteIn(scope, query.siteId);
      if (exports >= limits.exportsAtOnce) throw new HttpError('too-many', refuse('exportRunning'));
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

    async 'GET /api/unmet-demand'({ scope, query: { siteId, from = 0, until = 9e15 } }) {
      return { hours: await unmetDemand.read(siteIn(scope, siteId), from, until) };
    },

    async 'GET /api/unmet-demand.csv'({ ctx, scope, query: { siteId, from = 0, until = 9e15 } }) {
      siteIn(scope, siteId);
      ctx.type = 'text/csv; charset=utf-8';
      ctx.attachment('missed-clicks.csv');
      ctx.body = unmetTable(await unmetDemand.read(siteId, from, until));
    },

    async 'PATCH /api/calls/:callId'({ scope, params, body: { boost } }) {
      const { siteId, callId } = await storyOf(params.callId, scope);
      await transactions
        .change([siteId], change => boostCall(change, siteId, callId, boost))
        .catch(callErrorAsHttp);
      return {};
    },

    async 'GET /api/calls/:callId'({ scope, params }) {
      return { call: await storyOf(params.callId, scope) };
    },

    async 'GET /api/blocks'({ scope, query: { siteId } }) {
      const sites = siteId === undefined ? scope.sites : [siteIn(scope, siteId)];
      return { blocks: await listBlocks(db, sites, now()) };
    },

    async 'DELETE /api/blocks/:blockId'({ member, scope, params: { blockId } }) {
      const lifted = await liftBlock(db, blockId, scope.sites, async (tx, { site_id, label: target }) => {
        const accountId = await accountOfSite(tx, site_id);
        await recordAudit(tx, { accountId, by: member.id, action: 'caller.unblocked', target }, now());
      });
      if (!lifted) throw new HttpError('not-found', refuse('blockOver'));
      log.info({ rep: member.id, block: blockId }, 'block lifted');
      return {};
    },
  };
}
