/**
 * "Something of site S changed, namely these ids": published after a commit, without the data itself
 * but for the few words of `marks`, so that a listener reads the truth from the database.
 */
import type { PartyKind } from '../../shared/domain.ts';
import type { CallId, QueueId, RepId, SiteId } from '../../shared/ids.ts';

/** What somebody in a call said of their own side. */
export type PartyMark = {
  callId: CallId;
  kind: PartyKind;
  /** Who has the call; null for nobody. */
  repId: RepId | null;
} & ({ muted: boolean } | { mos: number });

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
  marks: PartyMark[];
  /** Calls whose shopper is being rung and may have closed the page: a push can reach them. */
  pushTo: CallId[];
};

/** A message to be filled. */
export const nothingChanged = (siteId: SiteId): SiteChanged => ({
  ...{ siteId, callIds: [], endedIds: [], repIds: [], queueIds: [], surroundings: false },
  ...{ heardAnew: [], musicOf: [], marks: [], pushTo: [] },
});

export interface Bus {
  publish(change: SiteChanged): void;
  /** Returns a function that ends the subscription. */
  subscribe(listener: (change: SiteChanged) => void): () => void;
  close(): Promise<void>;
}
