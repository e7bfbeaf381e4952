/** The database, whichever engine keeps it. */
import type { Kysely, Transaction } from 'kysely';
import type { SiteId } from '../../shared/ids.ts';
import type { Database } from './schema.ts';

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

export type Store = {
  db: Kysely<Database>;
  /** Null where transactions are serial anyway. */
  siteLocks: SiteLocks | null;
  close(): Promise<void>;
};
