/** The media plane's own bounds, named, with units. What clients must know is in shared/limits.ts. */
export const mediaLimits = {
  /** A leg is put next to the one it will talk to while that worker has fewer legs than this; past it, load decides. */
  legsPerWorkerBeforeSpreading: 400,
  /** Upper bound of what one microphone may send, bits per second: Opus speech needs 32k, its music mode 128k. */
  microphoneBitrate: 160_000,
  /** Seconds without ICE consent (RFC 7675) after which a transport counts as disconnected. */
  iceConsentTimeoutSeconds: 30,
  /** Transports each worker has ready ahead (a leg takes two), and how long after one is taken they are made up. */
  spareTransports: 8,
  spareTransportsRefillMs: 100,
  /**
   * What the kernel keeps of each media port while its worker is kept from running, as far as `net.core.rmem_max` lets it:
   * what 400 people send in a tenth of a second (the kernel takes double this, 800 bytes for a packet of speech). Its default
   * would lose what comes after 14 ms; much more than this would be heard too late to be of use.
   */
  receiveBufferBytes: 1_048_576,
  /** How long opening a leg waits for a worker while none is alive. */
  workerWaitMs: 5_000,
  /** A worker that cannot be started again is tried again after this long, doubled up to the most. */
  workerRetryFirstMs: 50,
  workerRetryMostMs: 5_000,
  /** Ports on the loopback address, for this server's own traffic, begin this far from the base port. */
  loopbackPortOffset: 100,
  /** Counted from here when the base port is 0 (any free port). */
  loopbackPortsWithoutBase: 20_000,
  /** Of those, for pipes between workers. */
  pipePorts: 1_000,
  /** Of those, for hold music: one for the thread that sends it, and one for each worker. */
  musicPorts: 500,
  /** Local addresses offered to browsers when none is announced: each costs ICE checks in every browser. */
  addresses: 8,
  /** A shop's own hold music stays in memory for this long after the last caller who could hear it. */
  idlePieceMs: 5 * 60_000,
  /** Passes of making one leg's edges real before giving up until the next change. */
  reconcilePasses: 20,
} as const;
