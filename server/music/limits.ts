/** The bounds of playing music, named, with units. */
export const musicLimits = {
  /** After a stall (a busy or sleeping machine) at most this many frames are made up for; older ones are skipped. */
  catchUpFrames: 5,
  /** JavaScript objects of the thread, MB. Packets are not among them, they are in shared memory. */
  heapMb: 32,
  /** What the thread allocates between two collections, MB: little, so that each takes well under a millisecond. */
  youngHeapMb: 2,
  /**
   * A thread that ended is started again at once; one that cannot start, or ends again within the most, after this long,
   * doubled up to the most.
   */
  restartFirstMs: 50,
  restartMostMs: 5_000,
} as const;
