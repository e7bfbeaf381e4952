import type { Transaction } from 'kysely';
import type { HistoryEvent } from '../../../shared/events.ts';
import type { CallId, QueueId, RepId, SiteId } from '../../../shared/ids.ts';
import type { Database } from '../../store/schema.ts';
import type { LoadedCall } from './call-rows.ts';

/** What a command works with inside the transaction. */
export type Change = {
  readonly db: Transaction<Database>;
  /** One instant for the whole change, ms UTC. */
  readonly now: number;
  /** 0..1, for the strategies that draw lots. */
  readonly random: () => number;
  readonly newId: <Id extends string>() => Id;
  /** Tell who sees something else now. `queue`: and so does everybody around it, who sees places and counts. */
  touch(what: {
    siteId: SiteId;
    call?: CallId;
    /** The call, which is over now. */
    ended?: CallId;
    rep?: RepId | null;
    queue?: QueueId;
    /** Somebody in that call can be heard, or not any more, though the call is what it was. */
    heardAnew?: CallId;
    /** The queue has other hold music: one word for all who wait there, however many. */
    musicOf?: QueueId;
    /** The shopper of that call is being rung, and a push may be needed for it. */
    push?: CallId;
  }): void;
  /** What a call is from now on; its audio follows right after the commit. */
  became(call: LoadedCall): void;
  /** What this change made of a call so far; undefined for one that it has not touched. */
  made(callId: CallId): LoadedCall | undefined;
  /**
   * A call or a rep may be free to be matched: the site is routed before the commit, and with it all sites of the reps
   * that were touched. Whoever sees places and counts there is told.
   */
  route(siteId: SiteId): void;
  /** The site was made in this change: nobody else can know of it before the commit, so that nobody is kept from it. */
  created(siteId: SiteId): void;
  /** Append to the history of a call; written at the end of the transaction. */
  record(call: { id: CallId; siteId: SiteId }, event: HistoryEvent): void;
};
