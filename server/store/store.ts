/** The database, whichever engine keeps it. */
import type { Kysely, Transaction } from 'kysely';
import type { SiteId } from '../../shared/ids.ts';
import type { StoreHealth } from './health.ts';
import type { Database } from './schema.ts';
import { inTransaction } from './transaction.ts';

/** Makes changes that could meet wait for each other, on an engine that runs transactions side by side. */
export type SiteLocks = {
  /**
   * Wait for every other change of these sites' routing groups to be over, and keep further ones waiting until the
   * transaction ends.
   *
   * @returns all the sites that are held now
   */
  hold(tx: Transaction<Database>, siteIds: readonly SiteId[]): Promise<ReadonlySet<SiteId>>;
};

/** Commits, and when they are safe. */
export type Commits = {
  /** As `db.transaction()`, but on SQLite the commit does not wait for the disk: whoever is told of it is told after `durable`. */
  transaction<T>(work: (tx: Transaction<Database>) => Promise<T>): Promise<T>;
  /** Resolves when all that was committed before survives a power cut. Throws `StoreDown` where the disk fails. */
  durable(): Promise<void>;
};

/** Of an engine that waits for the disk by itself, in a process of its own. */
export const waitedCommits = (db: Kysely<Database>): Commits => ({
  transaction: work => inTransaction(db, work),
  durable: async () => undefined,
});

export type Store = Commits & {
  /** Fails with `StoreDown` when the store is ill: at once when that is known, and within `storeLimits` otherwise. */
  db: Kysely<Database>;
  health: StoreHealth;
  /** Null where transactions are serial anyway. */
  siteLocks: SiteLocks | null;
  /** What was deleted or replaced is in no file any more. On PostgreSQL that is for its own clean-up, and no dump has it. */
  forgetBytes(): Promise<void>;
  /** For bringing the schema up to date, which may take longer than anything else. */
  migrationDb(): { db: Kysely<Database>; close(): Promise<void> };
  /** An error of the first statements in words with what to do, where it is about the database itself. */
  explain(error: unknown): Error;
  /** Begin to watch over the health. To be called once the schema is up to date. */
  watch(): void;
  close(): Promise<void>;
};
