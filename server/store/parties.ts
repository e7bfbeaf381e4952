/** Who has a call, for queries that join `calls` and `call_parties`. */
import { sql } from 'kysely';
import type { RepId } from '../../shared/ids.ts';

/** The party is the rep who has the call now, or had it at its end: one at most. */
export const hasTheCall = sql<boolean>`(call_parties.kind = 'rep'
  and (call_parties.left_at is null or call_parties.left_why = 'call-ended'))`;

/** That rep, for queries of `calls`; null for nobody. */
export const repOfCall = sql<RepId | null>`(select call_parties.rep_id from call_parties
  where call_parties.call_id = calls.id and ${hasTheCall})`;
