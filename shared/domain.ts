/** The words of the product (design section 3) as types that server and browser share. */

/** How the next rep is chosen. */
export const strategies = ['longest-idle'] as const;
export type Strategy = (typeof strategies)[number];

/** What a rep chose or was put into. Being on a call is derived from the call, not a status. */
export const repStatuses = ['available', 'away', 'offline'] as const;
export type RepStatus = (typeof repStatuses)[number];

/** Why a rep is `away` or `offline` when the rep did not choose it. */
export const statusReasons = ['chosen', 'no-answer', 'connection-lost', 'signed-out'] as const;
export type StatusReason = (typeof statusReasons)[number];

/** A call is in exactly one of these. */
export const callStates = ['waiting', 'ringing', 'talking', 'ended'] as const;
export type CallState = (typeof callStates)[number];

/** Why a call ended; the shopper's end screen has words for each. */
export const endReasons = ['shopper-hung-up', 'rep-hung-up', 'max-wait', 'no-rep', 'shopper-lost'] as const;
export type EndReason = (typeof endReasons)[number];

/** Whether a click would get somebody. `no-rep`: open, but nobody is on duty. */
export const availabilities = ['open', 'no-rep', 'queue-full'] as const;
export type Availability = (typeof availabilities)[number];
