/**
 * States, written into the statement itself: an engine uses a partial index (`where state = 'live'`) only for what it
 * can read there, not for a value that comes along.
 */
import { sql } from 'kysely';

const waiting = sql.lit('waiting' as const);
const ringing = sql.lit('ringing' as const);

export const literal = {
  waiting,
  ringing,
  callingBack: sql.lit('calling-back' as const),
  talking: sql.lit('talking' as const),
  ended: sql.lit('ended' as const),
  live: sql.lit('live' as const),
  expired: sql.lit('expired' as const),
  /** Of offers: the rep does not want this call just now. */
  refused: [sql.lit('declined' as const), sql.lit('transferred' as const)],
  /** Of calls that have a place in a line. */
  inLine: [waiting, ringing],
} as const;
