/** How much of one thing may be open at once: for one network, for one site, and in all. */
import type { SiteId } from '../../shared/ids.ts';
import type { Cap } from '../../shared/limits.ts';

/** Who takes up room. Whose site is not known yet counts for none. */
export type Claimant = { network: string; siteId?: SiteId };

/** Which of a cap's bounds is reached. */
export type FullScope = 'network' | 'site' | 'all';

/** There is no room for another one. */
export class QuotaFull extends Error {
  readonly scope: FullScope;
  constructor(what: string, scope: FullScope) {
    super(`${what}: full for ${scope === 'all' ? 'everybody' : `the ${scope}`}`);
    this.name = 'QuotaFull';
    this.scope = scope;
  }
}

/** Room for one. */
export type Reservation = {
  /** Give the room back. Idempotent. */
  release(): void;
};

/**
 * Room is reserved in one go, before anything is awaited, and given back by whoever reserved it when what it was for
 * has ended. What nobody holds costs no memory.
 */
export class Quota {
  readonly #what: string;
  readonly #cap: Cap;
  readonly #networks = new Map<string, number>();
  readonly #sites = new Map<SiteId, number>();
  #all = 0;

  /** @param what is counted, for messages */
  constructor(what: string, cap: Cap) {
    this.#what = what;
    this.#cap = cap;
  }

  /** @throws QuotaFull with the narrowest bound that is reached; nothing is reserved then */
  reserve(claimant: Claimant): Reservation {
    const full = this.#fullFor(claimant);
    if (full) throw new QuotaFull(this.#what, full);
    return this.hold(claimant);
  }

  /** Count what is there already, whatever the bounds: nobody is turned away who was let in before. */
  hold({ network, siteId }: Claimant): Reservation {
    const add = (by: 1 | -1) => {
      this.#all += by;
      if (network !== '') count(this.#networks, network, by);
      if (siteId !== undefined) count(this.#sites, siteId, by);
    };
    add(1);
    let held = true;
    return {
      release() {
        if (!held) return;
        held = false;
        add(-1);
      },
    };
  }

  /** How many are open now. */
  open(claimant?: Partial<Claimant>): number {
    if (claimant?.network !== undefined) return this.#networks.get(claimant.network) ?? 0;
    if (claimant?.siteId !== undefined) return this.#sites.get(claimant.siteId) ?? 0;
    return this.#all;
  }

  #fullFor({ network, siteId }: Claimant): FullScope | null {
    const { perNetwork, perSite, inAll } = this.#cap;
    // One whose network is not known counts for none.
    if (network !== '' && (this.#networks.get(network) ?? 0) >= perNetwork) return 'network';
    if (siteId !== undefined && perSite !== undefined && (this.#sites.get(siteId) ?? 0) >= perSite)
      return 'site';
    return this.#all >= inAll ? 'all' : null;
  }
}

function count<Key>(counts: Map<Key, number>, key: Key, by: 1 | -1): void {
  const value = (counts.get(key) ?? 0) + by;
  if (value > 0) counts.set(key, value);
  else counts.delete(key);
}
