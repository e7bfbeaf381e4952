/** The first change of a starting server: nobody is connected yet, so everybody gets their grace period. */
import type { Kysely } from 'kysely';
import { limits } from '../../../shared/limits.ts';
import { literal } from '../../store/literals.ts';
import type { Database } from '../../store/schema.ts';
import type { CallEvent } from '../model/events.ts';
import type { Transactions } from '../transaction/transactions.ts';
import { applyTo } from '../writing/apply.ts';
import type { Change } from '../writing/change.ts';

/**
 * Sockets and media did not survive the restart; calls, places and statuses did. Waiting and talking shoppers are
 * parked until they come back, reps in a talk are kept likewise, and what rang goes back to its place.
 */
export async function recover(db: Kysely<Database>, transactions: Transactions): Promise<void> {
  const sites = await db.selectFrom('sites').select('id').orderBy('id').execute();
  await transactions.change(
    sites.map(site => site.id),
    async change => {
      await change.db.updateTable('reps').set({ media_ready: 0, microphone_due: null }).execute();
      await change.db
        .updateTable('reps')
        .set({ session_id: null, lost_until: change.now + limits.repGraceMs })
        .where(({ or, eb }) => or([eb('session_id', 'is not', null), eb('lost_until', 'is not', null)]))
        .execute();
      await toEachLiveCall(change, { type: 'server-restarted' });
      for (const { id } of sites) change.route(id);
    },
  );
}

/** Let the same happen to all calls that are not over. */
export async function toEachLiveCall(change: Change, event: CallEvent): Promise<void> {
  const live = await change.db
    .selectFrom('calls')
    .select('id')
    .where('state', '<>', literal.ended)
    .orderBy('started_at')
    .execute();
  for (const { id } of live) await applyTo(change, id, event);
}
