/** What each count counts, for the lists of the calls that they count; the sums of `rows.ts` are made of the same. */
import { type RawBuilder, sql } from 'kysely';
import type { CallCount } from '../../shared/report-figures.ts';

export type Thresholds = { withinS: number; shortS: number };

// Written into the statement: PostgreSQL would not know the type of a value that comes along.
export const isWithin = (withinS: number) => sql<boolean>`waited_ms <= ${sql.lit(withinS * 1000)}`;
export const isShort = (shortS: number) => sql<boolean>`waited_ms < ${sql.lit(shortS * 1000)}`;

/** Which rows of `call_entries` a count counts; each once, but `missed`, which counts the offers in them. */
export function countedBy({ withinS, shortS }: Thresholds): Record<CallCount, RawBuilder<boolean>> {
  const within = isWithin(withinS);
  return {
    entered: sql`1 = 1`,
    answered: sql`outcome = 'answered'`,
    answeredInTime: sql`outcome = 'answered' and ${within}`,
    abandoned: sql`outcome in ('abandoned', 'turned-away')`,
    turnedAway: sql`outcome = 'turned-away'`,
    shortAbandoned: sql`outcome = 'abandoned' and ${isShort(shortS)}`,
    abandonedInTime: sql`outcome = 'abandoned' and ${within}`,
    leftInTime: within,
    movedOn: sql`outcome = 'moved'`,
    removed: sql`outcome = 'removed'`,
    callbacks: sql`outcome = 'callback'`,
    handled: sql`rep_id is not null`,
    missed: sql`missed > 0`,
  };
}
