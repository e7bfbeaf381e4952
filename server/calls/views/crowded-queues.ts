/**
 * What was read of crowded queues when those around were told last: counts, places, and what a full list says of each call.
 * Whoever is concerned by a change is shown that beside their own state at once, and what is new with everybody else,
 * within `limits.placePushMs`: so that one change costs the same in a line of ten and of ten thousand. Queues that are not
 * crowded are read at each change.
 */
import type { CallId, QueueId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { CallCard } from '../../../shared/views.ts';
import type { QueueRow } from '../../store/schema.ts';
import type { Length } from '../line/lengths.ts';
import type { Places } from '../line/line.ts';
import type { Staff } from '../line/rep-selection.ts';

export class CrowdedQueues {
  readonly lengths = new Kept<Length>(({ inReach, outOfReach }) => inReach + outOfReach > limits.crowd);
  readonly staff = new Kept<Staff>(({ onDuty }) => onDuty > limits.crowd);
  readonly places = new Kept<Places>(places => places.of.size > limits.crowd);
  readonly cards = new Kept<Map<CallId, CallCard>>(cards => cards.size >= limits.waitingListLength);

  /** Whether anything of the site is kept. */
  has(siteId: SiteId): boolean {
    return this.#all.some(kept => kept.has(siteId));
  }

  /** It is read anew by whoever asks next. All sites when none is given. */
  forget(siteId?: SiteId): void {
    for (const kept of this.#all) kept.forget(siteId);
  }

  get #all() {
    return [this.lengths, this.staff, this.places, this.cards];
  }
}

class Kept<T> {
  readonly #isCrowded: (value: T) => boolean;
  readonly #sites = new Map<SiteId, Map<QueueId, T>>();

  constructor(isCrowded: (value: T) => boolean) {
    this.#isCrowded = isCrowded;
  }

  /** Of each queue what is kept, or else what `read` finds. */
  async of<Queue extends Pick<QueueRow, 'id' | 'site_id'>>(
    queues: readonly Queue[],
    read: (queues: readonly Queue[]) => Promise<ReadonlyMap<QueueId, T>>,
  ): Promise<Map<QueueId, T>> {
    const found = new Map<QueueId, T>();
    const missing: { queue: Queue; site: Map<QueueId, T> }[] = [];
    for (const queue of queues) {
      const site = this.#ofSite(queue.site_id);
      const value = site.get(queue.id);
      if (value === undefined) missing.push({ queue, site });
      else found.set(queue.id, value);
    }
    if (missing.length === 0) return found;
    const fresh = await read(missing.map(({ queue }) => queue));
    for (const { queue, site } of missing) {
      const value = fresh.get(queue.id);
      if (value === undefined) continue;
      found.set(queue.id, value);
      // What was begun before all was forgotten may be older than that.
      const isCurrent = this.#sites.get(queue.site_id) === site;
      if (isCurrent && this.#isCrowded(value)) site.set(queue.id, value);
    }
    return found;
  }

  has(siteId: SiteId): boolean {
    return (this.#sites.get(siteId)?.size ?? 0) > 0;
  }

  forget(siteId?: SiteId): void {
    if (siteId === undefined) this.#sites.clear();
    else this.#sites.delete(siteId);
  }

  #ofSite(siteId: SiteId): Map<QueueId, T> {
    const site = this.#sites.get(siteId) ?? new Map<QueueId, T>();
    this.#sites.set(siteId, site);
    return site;
  }
}
