import type { Transaction } from 'kysely';
import type { CallId, QueueId, RepId, SiteId } from '../../shared/ids.ts';
import type { Database } from '../store/schema.ts';

/** What a command works with inside the transaction. */
export type Change = {
  readonly db: Transaction<Database>;
  /** One instant for the whole change, ms UTC. */
  readonly now: number;
  /** 0..1, for the strategies that draw lots. */
  readonly random: () => number;
  readonly newId: <Id extends string>() => Id;
  /** Tell what changed, so that views and media follow. */
  touch(what: {
    siteId: SiteId;
    call?: CallId;
    /** The call, which is over now. */
    ended?: CallId;
    rep?: RepId | null;
    queue?: QueueId;
    /** The queue has other hold music: one word for all who wait there, however many. */
    musicOf?: QueueId;
    /** The shopper of that call is being rung, and a push may be needed for it. */
    wakes?: CallId;
  }): void;
  /** Append to the story of a call. */
  record(
    call: { id: CallId; site_id: SiteId },
    type: string,
    rep?: RepId | null,
    data?: Record<string, unknown>,
  ): Promise<void>;
};
