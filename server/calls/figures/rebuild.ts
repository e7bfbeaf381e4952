/** Figures of calls that ended before there were any, or that an older version folded otherwise. */
import type { Kysely } from 'kysely';
import type { CallId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { literal } from '../../store/literals.ts';
import type { Database } from '../../store/schema.ts';
import { inTransaction } from '../../store/transaction.ts';
import { writeFigures } from './write.ts';

/** Of the fold. To be raised when it makes something else of the same history. */
const version = 1;

/**
 * Before anybody may ask for figures: those of all calls anew, unless they were made by this version of the fold. Begun anew
 * when it was broken off. Returns of how many calls.
 */
export async function bringFiguresUpToDate(db: Kysely<Database>): Promise<number> {
  const state = await db.selectFrom('figures_state').select('version').executeTakeFirst();
  if (state?.version === version) return 0;
  let calls = 0;
  for (const { id } of await db.selectFrom('sites').select('id').execute())
    calls += await rebuildSite(db, id);
  await db
    .insertInto('figures_state')
    .values({ id: 'figures', version })
    .onConflict(conflict => conflict.column('id').doUpdateSet({ version }))
    .execute();
  return calls;
}

async function rebuildSite(db: Kysely<Database>, siteId: SiteId): Promise<number> {
  let calls = 0;
  let last: { started_at: number; id: CallId } = { started_at: 0, id: '' as CallId };
  for (;;) {
    const rows = await db
      .selectFrom('calls')
      .select(['id', 'started_at'])
      .where('site_id', '=', siteId)
      .where('state', '=', literal.ended)
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple('started_at', 'id'), '>', tuple(last.started_at, last.id)),
      )
      .orderBy('started_at')
      .orderBy('id')
      .limit(limits.figuresPortion)
      .execute();
    const end = rows.at(-1);
    if (!end) return calls;
    const ids = rows.map(row => row.id);
    await inTransaction(db, tx => writeFigures(tx, ids, true));
    calls += rows.length;
    last = end;
  }
}
