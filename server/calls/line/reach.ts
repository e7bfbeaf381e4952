/**
 * Whose place in a line counts: the one definition that admission, places, estimates, views and routing share. Who is
 * cut off, whose page is closed without a push that reaches them, and whose next try is later keeps the old place,
 * but takes none of the line and holds up nobody.
 */
import { sql } from 'kysely';

/** For queries of `calls` that wait or ring: a rep who took the call now would reach somebody. */
export const inReach = sql<boolean>`(calls.parked_until is null and calls.held_until is null)`;

/** The opposite of `inReach`. */
export const outOfReach = sql<boolean>`(calls.parked_until is not null or calls.held_until is not null)`;
