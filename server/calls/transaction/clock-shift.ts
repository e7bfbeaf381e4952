/** Moves the times of everything that is still going on, so that what lasts 20 s lasts 20 s though the clock was set. */
import { type Kysely, sql } from 'kysely';
import type { ClockRow, Database } from '../../store/schema.ts';
import { noteHours } from '../routing/hours.ts';
import type { Change } from '../writing/change.ts';

const calls = [
  'started_at',
  'queued_at',
  'line_since',
  'answered_at',
  'ended_at',
  'callback_expires_at',
  'held_until',
  'ring_until',
  'parked_until',
  'reserved_until',
  'returned_at',
] as const;
const parties = ['joined_at', 'state_since', 'left_at'] as const;
const offers = ['made_at', 'due_at', 'ended_at'] as const;
const reps = [
  'missed_seen_at',
  'status_since',
  'idle_since',
  'microphone_due',
  'lost_until',
  'wrap_up_until',
] as const;

/**
 * Calls that are not over, or are still being written about, with their whole story; what reps are doing; since when nobody
 * is on duty; and whose calls are not taken. Opening hours follow the wall clock instead. What is over keeps the time that it was told at.
 */
export async function shift(change: Change, ms: number): Promise<void> {
  const { db } = change;
  const goingOn = db
    .selectFrom('calls')
    .select('id')
    .where(({ eb, or, selectFrom }) =>
      or([
        eb('state', '<>', 'ended'),
        eb(
          'id',
          'in',
          selectFrom('reps')
            .select('wrap_up_call_id')
            .where('wrap_up_call_id', 'is not', null)
            .$castTo<never>(),
        ),
      ]),
    );
  await db
    .updateTable('call_events')
    .set({ at: sql`at + ${ms}` })
    .where('call_id', 'in', goingOn)
    .execute();
  // Missed ones too: which of them the rep has seen is told by their times.
  await db
    .updateTable('offers')
    .set(later(offers, ms))
    .where(({ eb, or }) => or([eb('call_id', 'in', goingOn), eb('state', '=', 'expired')]))
    .execute();
  await db
    .updateTable('call_samples')
    .set(later(['at'], ms))
    .where('call_id', 'in', goingOn)
    .execute();
  await db.updateTable('call_parties').set(later(parties, ms)).where('call_id', 'in', goingOn).execute();
  await db.updateTable('calls').set(later(calls, ms)).where('id', 'in', goingOn).execute();
  await db.updateTable('reps').set(later(reps, ms)).execute();
  await db
    .updateTable('queues')
    .set(later(['no_rep_since', 'wait_due'], ms))
    .execute();
  await db
    .updateTable('blocks')
    .set(later(['created_at', 'expires_at'], ms))
    .execute();
  for (const queue of await db.selectFrom('queues').selectAll().execute()) await noteHours(change, queue);
}

/** Null stays null. */
const later = (columns: readonly string[], ms: number) =>
  Object.fromEntries(columns.map(column => [column, sql<number>`${sql.ref(column)} + ${ms}`]));

export async function readClock(db: Kysely<Database>): Promise<ClockRow | null> {
  return (await db.selectFrom('clock').selectAll().executeTakeFirst()) ?? null;
}

export async function writeClock(db: Kysely<Database>, row: Omit<ClockRow, 'id'>): Promise<void> {
  await db
    .insertInto('clock')
    .values({ id: 'clock', ...row })
    .onConflict(conflict => conflict.column('id').doUpdateSet(row))
    .execute();
}
