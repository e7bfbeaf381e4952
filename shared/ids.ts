/**
 * Branded identifiers: a `CallId` cannot be passed where a `RepId` is meant.
 * At run time each is a plain string, safe in a URL.
 */
declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type AccountId = Id<'account'>;
export type SiteId = Id<'site'>;
export type QueueId = Id<'queue'>;
export type RepId = Id<'rep'>;
export type ShopperId = Id<'shopper'>;
export type CallId = Id<'call'>;
export type OfferId = Id<'offer'>;
export type PartyId = Id<'party'>;
export type SoundId = Id<'sound'>;
export type BlockId = Id<'block'>;
/** One participant's media connection: `shopper:<call id>` or `rep:<rep id>`. */
export type LegId = `shopper:${string}` | `rep:${string}`;

/** The leg of the shopper of `call`. */
export const shopperLeg = (call: CallId): LegId => `shopper:${call}`;
/** The leg of `rep`; it outlives calls, since it is made once when the rep becomes available. */
export const repLeg = (rep: RepId): LegId => `rep:${rep}`;
/** The rep whose leg it is, or null for a shopper's. */
export const repOfLeg = (leg: LegId): RepId | null =>
  leg.startsWith('rep:') ? (leg.slice('rep:'.length) as RepId) : null;
/** The call whose shopper's leg it is, or null for a rep's. */
export const callOfLeg = (leg: LegId): CallId | null =>
  leg.startsWith('shopper:') ? (leg.slice('shopper:'.length) as CallId) : null;
