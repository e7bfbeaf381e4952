/**
 * "Something of site S changed, namely these ids": published after a commit, never with the data itself,
 * so that a listener reads the truth from the database.
 */
import type { CallId, QueueId, RepId, SiteId } from '../../shared/ids.ts';

export type SiteChanged = {
  siteId: SiteId;
  callIds: CallId[];
  /** Those of `callIds` that are over since. */
  endedIds: CallId[];
  repIds: RepId[];
  queueIds: QueueId[];
  /** Places and counts may have moved: whoever sees those of the site is told. */
  surroundings: boolean;
  /** Calls in which somebody can be heard, or not any more, though the call is what it was. */
  heardAnew: CallId[];
  /** Queues whose callers wait to other music from now on. */
  musicOf: QueueId[];
  /** Calls whose shopper is being rung and may have closed the page: a push can reach them. */
  wakes: CallId[];
};

export interface Bus {
  publish(change: SiteChanged): void;
  /** Returns a function that ends the subscription. */
  subscribe(listener: (change: SiteChanged) => void): () => void;
  close(): Promise<void>;
}
