import type { Heard } from '../../shared/protocol.ts';

/** What to create and what to close so that a leg hears exactly `wanted`. */
export type HearingChange = { create: Heard[]; close: string[] };

/**
 * Compares by consumer id. `active` does not matter here: an inactive one is created as well and
 * plays silence until the server resumes it, which is what makes answering instant.
 */
export function hearingChange(current: Iterable<string>, wanted: readonly Heard[]): HearingChange {
  const have = new Set(current);
  const want = new Map(wanted.map(heard => [heard.consumerId, heard]));
  return {
    create: [...want.values()].filter(heard => !have.has(heard.consumerId)),
    close: [...have].filter(id => !want.has(id)),
  };
}
