/**
 * The time by which something is old enough to be deleted, for good. It follows the clock of the machine, but when that
 * is far ahead it catches up at a bounded speed: a clock that is years ahead for a minute deletes nothing that is young.
 * It never goes back, so that a machine that always starts in 1970 deletes what is old as well.
 */
import type { Kysely } from 'kysely';
import { limits } from '../../../shared/limits.ts';
import type { Database } from '../../store/schema.ts';

export class RetentionClock {
  readonly #db: Kysely<Database>;
  readonly #now: () => number;
  /** A clock that nobody sets, ms. */
  readonly #steady: () => number;
  #lookedAt: number | undefined;

  constructor(db: Kysely<Database>, now: () => number, steady: () => number) {
    this.#db = db;
    this.#now = now;
    this.#steady = steady;
  }

  /** What counts as now for whatever is to be deleted, ms UTC. The time since the last call is counted as passed. */
  async read(): Promise<number> {
    const [now, steady] = [this.#now(), this.#steady()];
    const row = await this.#db.selectFrom('retention_clock').select('reached').executeTakeFirst();
    const before = row?.reached ?? (await this.#lastKnown(now));
    const ran = steady - (this.#lookedAt ?? steady);
    const reached = before + Math.floor(Math.min(Math.max(0, now - before), limits.retentionCatchUp * ran));
    await this.#db
      .insertInto('retention_clock')
      .values({ id: 'retention', reached })
      .onConflict(conflict => conflict.column('id').doUpdateSet({ reached }))
      .execute();
    this.#lookedAt = steady;
    return Math.min(reached, now);
  }

  /** At the first time: when an earlier version last ran on this database, or now for a new one. */
  async #lastKnown(now: number): Promise<number> {
    const clock = await this.#db.selectFrom('clock').select('wall').executeTakeFirst();
    return Math.min(now, clock?.wall ?? now);
  }
}
