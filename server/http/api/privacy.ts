/** `/api/privacy`: what is kept of a shop's customers. */
import { Readable } from 'node:stream';
import type { CustomerWish } from '../../../shared/api/privacy.ts';
import type { SiteId } from '../../../shared/ids.ts';
import { refuse } from '../../../shared/refusals.ts';
import { forgetBlocked, forgetCustomer } from '../../calls/commands/customers.ts';
import { callsOfCustomer, isMeantByLabel, storiesOfCustomer } from '../../calls/history/customer.ts';
import { recordAudit } from '../../store/audit.ts';
import { accountOfSite, type Scope } from '../../store/members.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import type { Handlers } from './mount.ts';

export function privacyHandlers({
  db,
  transactions,
  forgetBytes,
  now,
  log,
}: HttpDeps): Handlers<'POST /api/privacy/find' | 'POST /api/privacy/export' | 'POST /api/privacy/forget'> {
  const siteIn = ({ sites }: Scope, siteId: SiteId) => {
    if (!sites.includes(siteId)) throw new HttpError('not-found', refuse('noSuchSite'), { field: 'siteId' });
    return siteId;
  };
  async function* asJson(siteId: SiteId, wish: CustomerWish): AsyncGenerator<string> {
    let before = '{"calls":[\n';
    for await (const story of storiesOfCustomer(db, siteId, wish, now())) {
      yield before + JSON.stringify(story);
      before = ',\n';
    }
    yield `${before === ',\n' ? '' : before}]}\n`;
  }

  return {
    async 'POST /api/privacy/find'({ scope, body: { siteId, customer } }) {
      const found = { calls: 0, live: 0, firstAt: null as number | null, lastAt: null as number | null };
      for await (const calls of callsOfCustomer(db, siteIn(scope, siteId), customer))
        for (const { live, startedAt } of calls) {
          found.calls++;
          if (live) found.live++;
          found.firstAt ??= startedAt;
          found.lastAt = startedAt;
        }
      return found;
    },

    'POST /api/privacy/export'({ ctx, member, scope, body: { siteId, customer } }) {
      siteIn(scope, siteId);
      ctx.type = 'application/json; charset=utf-8';
      ctx.attachment(`customer-${new Date(now()).toISOString().slice(0, 10)}.json`);
      ctx.body = Readable.from(asJson(siteId, customer), { objectMode: false });
      log.info({ rep: member.id, site: siteId }, 'what is kept of a customer was handed out');
    },

    async 'POST /api/privacy/forget'({ member, scope, body: { siteId, customer } }) {
      siteIn(scope, siteId);
      const sum = { calls: 0, blocks: 0, live: 0 };
      for await (const calls of callsOfCustomer(db, siteId, customer)) {
        sum.live += calls.filter(call => call.live).length;
        if (calls.length === 0) continue;
        const { calls: forgotten, blocks } = await transactions.change([siteId], change =>
          forgetCustomer(change, siteId, calls),
        );
        sum.calls += forgotten;
        sum.blocks += blocks;
      }
      sum.blocks += await transactions.change([siteId], change =>
        forgetBlocked(change, siteId, label => isMeantByLabel(label, customer)),
      );
      await recordAudit(
        db,
        {
          ...{ accountId: await accountOfSite(db, siteId), by: member.id, action: 'customer.forgotten' },
          // Whom it was about would be one more thing to forget.
          ...{ target: '', after: { by: customer.by, calls: sum.calls } },
        },
        now(),
      );
      await forgetBytes();
      log.info({ rep: member.id, site: siteId, calls: sum.calls }, 'a customer was forgotten');
      return sum;
    },
  };
}
