/** The calls of a line as a list shows them, with what orders them among those of other queues. */
import { type Kysely, sql } from 'kysely';
import type { CallId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { CallCard } from '../../../shared/views.ts';
import { literal } from '../../store/literals.ts';
import type { CallRow, Database, QueueRow } from '../../store/schema.ts';
import { atAGlance, cards, readCards, toCards } from '../history/call-cards.ts';
import { inReach, outOfReach } from '../line/reach.ts';

export type Entry = {
  row: Pick<CallRow, 'id' | 'state' | 'priority' | 'queued_at' | 'held_until'> & {
    /** How often reps said no to it. */
    refusals: number | string;
  };
  card: CallCard;
};

const refusals = sql<number | string>`(select count(*) from offers
  where offers.call_id = calls.id and offers.state in ('declined', 'transferred'))`;

/** The first of a line in the order they are answered, or those out of reach by their wait. */
export type Which = 'in-reach' | 'out-of-reach';

const firstOf = (db: Kysely<Database>, queue: QueueRow, which: Which) =>
  db
    .selectFrom('calls')
    .where('site_id', '=', queue.site_id)
    .where('queue_id', '=', queue.id)
    .where('state', 'in', [...literal.inLine])
    .where(which === 'in-reach' ? inReach : outOfReach)
    .$if(which === 'in-reach', query => query.orderBy('priority', 'desc'))
    .orderBy('queued_at')
    .orderBy('id')
    .limit(limits.waitingListLength);

/** In any order. */
export async function readEntries(db: Kysely<Database>, queue: QueueRow, which: Which): Promise<Entry[]> {
  const rows = await cards(db)
    .select(refusals.as('refusals'))
    .where('calls.id', 'in', firstOf(db, queue, which).select('id'))
    .execute();
  const found = await toCards(db, rows);
  return rows.map((row, index) => ({ row, card: atAGlance(found[index]!) }));
}

/** The same where the cards of most are known. Those of the others are added to them. */
export async function readKnownEntries(
  db: Kysely<Database>,
  queue: QueueRow,
  which: Which,
  known: Map<CallId, CallCard>,
): Promise<Entry[]> {
  const rows = await firstOf(db, queue, which)
    .select(['id', 'state', 'priority', 'queued_at', 'held_until', refusals.as('refusals')])
    .execute();
  const missing = rows.map(row => row.id).filter(id => !known.has(id));
  if (missing.length > 0) for (const [id, card] of await readCards(db, missing)) known.set(id, card);
  return rows.flatMap(row => {
    const card = known.get(row.id);
    return card ? [{ row, card }] : [];
  });
}
