/** The first change of a starting server: nobody is connected yet, so everybody gets their grace period. */
import type { Kysely } from 'kysely';
import { limits } from '../../../shared/limits.ts';
import { literal } from '../../store/literals.ts';
import type { Database } from '../../store/schema.ts';
import { breakOffCallback } from '../commands/callbacks.ts';
import type { Door } from '../door.ts';
import { revokeOfferOfRep } from '../life/offers.ts';

/**
 * Sockets and media did not survive the restart; calls, places and statuses did. Waiting and talking shoppers are
 * parked until they come back, reps in a talk are kept likewise, and what rang goes back to its place.
 */
export async function recover(db: Kysely<Database>, door: Door): Promise<void> {
  const sites = await db.selectFrom('sites').select('id').orderBy('id').execute();
  await door.change(
    sites.map(site => site.id),
    async change => {
      const ringing = await change.db
        .selectFrom('offers')
        .select('rep_id')
        .where('state', '=', literal.live)
        .execute();
      for (const { rep_id } of ringing) await revokeOfferOfRep(change, rep_id);
      await change.db.updateTable('reps').set({ media_ready: 0, microphone_due: null }).execute();
      await change.db
        .updateTable('reps')
        .set({ session_id: null, lost_until: change.now + limits.repGraceMs })
        .where(({ or, eb }) => or([eb('session_id', 'is not', null), eb('lost_until', 'is not', null)]))
        .execute();
      // Nobody knows what came of those that were just being reached: they are tried again.
      const reaching = await change.db
        .selectFrom('calls')
        .selectAll()
        .where('state', '=', literal.callingBack)
        .execute();
      for (const call of reaching) await breakOffCallback(change, call);
      await change.db
        .updateTable('calls')
        .set({ parked_until: change.now + limits.shopperGraceMs })
        .where('state', '<>', literal.ended)
        .where('callback_kind', 'is', null)
        .execute();
      // An open page comes back by itself; a closed one has until the callback expires, unless a push reaches it.
      await change.db
        .updateTable('calls')
        .set(({ ref }) => ({ parked_until: ref('callback_expires_at') }))
        .where('state', '<>', literal.ended)
        .where('callback_kind', '=', 'page')
        .where('callback_push', 'is', null)
        .execute();
    },
  );
}
