/** Bounds of what is asked of a certificate authority, ms unless told otherwise. */

const minute = 60_000;
const hour = 60 * minute;

export const acmeLimits = {
  /** One request to the authority, from the look-up of its name to the last byte. */
  requestMs: 30_000,
  /** Bytes of one answer; chains of certificates are some 6 kB. */
  answerBytes: 1024 * 1024,
  /** How long the authority may take to check the domains, and again to sign. */
  checkedWithinMs: 90_000,
  /** Between two looks whether it has, growing from the first to the last. */
  firstLookMs: 500,
  lastLookMs: 5_000,
  /**
   * After a failure: doubled with each, plus up to a quarter by chance. Let's Encrypt allows five failures an hour and gives one
   * back every twelve minutes; these are at 0, 2, 6, 14 and 30 minutes, then further apart.
   */
  firstRetryMs: 2 * minute,
  lastRetryMs: 6 * hour,
  /** The longest wait that an authority may ask for. */
  askedRetryMs: 8 * 24 * hour,
  /** How often it is looked whether a renewal is due: a machine may have slept, and its clock may be set. */
  lookEveryMs: hour,
  /** Renewed with this share of its life left, or up to `renewalSpread` of it earlier, by chance. */
  renewedWithLeft: 1 / 3,
  renewalSpread: 1 / 30,
} as const;
