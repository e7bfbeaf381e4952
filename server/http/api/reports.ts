/** `/api/reports`: figures, and the calls that they count. */
import { Temporal } from 'temporal-polyfill';
import type { ReportQuery } from '../../../shared/api/reports.ts';
import { limits } from '../../../shared/limits.ts';
import { refuse } from '../../../shared/refusals.ts';
import { listCounted } from '../../reports/counted.ts';
import { readReport } from '../../reports/report.ts';
import { reportTable } from '../../reports/table.ts';
import type { Scope } from '../../store/members.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import type { Handlers } from './mount.ts';

export function reportHandlers({
  db,
  now,
}: HttpDeps): Handlers<'GET /api/reports' | 'GET /api/reports.csv' | 'GET /api/reports/calls'> {
  return {
    'GET /api/reports': ({ scope, query }) => readReport(db, within(scope, query), now()),

    async 'GET /api/reports.csv'({ ctx, scope, query }) {
      const table = reportTable(await readReport(db, within(scope, query), now()), query.by);
      ctx.type = 'text/csv; charset=utf-8';
      ctx.attachment(`report-${new Date(now()).toISOString().slice(0, 10)}.csv`);
      ctx.body = table;
    },

    'GET /api/reports/calls': ({ scope, query }) => listCounted(db, within(scope, query), now()),
  };
}

/** All sites that whoever asks may see, or the one that they name. */
function within<Query extends ReportQuery>({ sites }: Scope, { siteId, ...query }: Query) {
  if (siteId !== undefined && !sites.includes(siteId))
    throw new HttpError('not-found', refuse('noSuchSite'), { field: 'siteId' });
  const { from, until } = query;
  if (from !== undefined && until !== undefined) {
    const days = Math.abs(Temporal.PlainDate.from(from).until(until).total('days')) + 1;
    if (days > limits.reportDays)
      throw new HttpError('bad-request', refuse('tooLarge', { most: limits.reportDays }), { field: 'until' });
  }
  return { ...query, sites: siteId === undefined ? sites : [siteId] };
}
