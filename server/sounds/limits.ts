/** The bounds of converting sounds, named, with units. What an upload may be at most is in shared/limits.ts. */
export const soundLimits = {
  /** Shorter than this is a mistake, ms. */
  shortestMs: 200,
  /** A file whose conversion takes longer than this is given up: the longest good one needs a twentieth of it on an idle core. */
  conversionMs: 5 * 60_000,
  /** JavaScript objects of one conversion, MB. Samples come on top: 300 MB while the longest sound is gathered. */
  heapMb: 256,
  /** Progress is noted in steps of this size, since each is a write to the disk. */
  progressStep: 0.1,
  /** Sampling rates that can be brought to 48 kHz, Hz. */
  lowestRate: 4_000,
  highestRate: 384_000,
  /** Quieter than this everywhere counts as silence, dBFS. */
  silenceDb: -60,
  /** The loudest moment of a converted sound, dBFS: room for what the encoder adds. */
  peakDb: -3,
  /** A faint recording is raised by this at most, dB: more would mostly raise its noise. */
  mostGainDb: 30,
  /** Frames quieter than the loudest by more than this are pauses, which do not count for the loudness, dB. */
  pauseDb: 30,
  /** Opus of a converted sound, bits per second: clear for music in mono. */
  bitsPerSecond: 48_000,
} as const;
