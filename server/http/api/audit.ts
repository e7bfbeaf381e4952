/** `/api/audit`: who changed what. */
import { Readable } from 'node:stream';
import type { AccountId } from '../../../shared/ids.ts';
import { byteOrderMark, csvLine } from '../../calls/history/csv.ts';
import { listAuditRecords } from '../../store/audit.ts';
import { listAccounts } from '../../store/members.ts';
import type { HttpDeps } from '../deps.ts';
import type { Handlers } from './mount.ts';

const pageOfTable = 200;

export function auditHandlers({ db, now }: HttpDeps): Handlers<'GET /api/audit' | 'GET /api/audit.csv'> {
  async function* table(accounts: readonly AccountId[]): AsyncGenerator<string> {
    const nameOf = new Map((await listAccounts(db)).map(({ id, name }) => [id, name]));
    yield byteOrderMark;
    yield csvLine(['at', 'account', 'by', 'action', 'target', 'before', 'after']);
    let before: { at: number; id: string } | undefined;
    for (;;) {
      const page = await listAuditRecords(db, accounts, { before, limit: pageOfTable });
      for (const { at, accountId, repName, action, target, ...values } of page)
        yield csvLine([
          ...[new Date(at).toISOString(), nameOf.get(accountId) ?? '', repName ?? '', action, target],
          ...[values.before, values.after].map(value => (value === null ? '' : JSON.stringify(value))),
        ]);
      before = page.at(-1);
      if (page.length < pageOfTable) return;
    }
  }

  return {
    async 'GET /api/audit'({ scope, query }) {
      return { entries: await listAuditRecords(db, scope.accounts, query) };
    },

    'GET /api/audit.csv'({ ctx, scope }) {
      ctx.type = 'text/csv; charset=utf-8';
      ctx.attachment(`changes-${new Date(now()).toISOString().slice(0, 10)}.csv`);
      ctx.body = Readable.from(table(scope.accounts), { objectMode: false });
    },
  };
}
