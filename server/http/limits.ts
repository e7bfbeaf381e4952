/** The bounds of the HTTP side. Times are milliseconds, sizes bytes, unless the name says otherwise. */
export const httpLimits = {
  /** Largest request body: a queue with years of holidays in it. */
  maxBodyBytes: 64 * 1024,
  /**
   * All header lines of a request must have arrived by then, counted from the connection for the first one, and a TLS
   * handshake too; the body by the second after that; a file that somebody who may do so uploads by the third.
   */
  headersTimeoutMs: 8_000,
  requestTimeoutMs: 9_000,
  uploadTimeoutMs: 10 * 60_000,
  /** Answers about availability that are given again as they are, and the characters by which one is found. */
  quickAnswersKept: 2_000,
  quickAnswerKeyLength: 1_000,
  /** How often Node looks for connections whose time is up: what they have on top, at most. */
  connectionsCheckedEveryMs: 1_000,
  /** An answer of which the client takes nothing for this long, or up to twice as long, is broken off. */
  stalledAnswerMs: 2_400,
  /** An idle connection is kept for this long, longer than usual proxies keep theirs. */
  keepAliveMs: 65_000,
  /** Whether a proxy is in front is judged by so many requests at least, of this long and the time before, and by this share. */
  proxyRequests: 50,
  proxyWindowMs: 60 * 60_000,
  proxySharePercent: 90,
  /** `/readyz` waits this long for the media workers to tell how they are. */
  readyzMs: 500,
  /** Browsers may keep the element and pages this long before asking whether they changed. */
  scriptCacheS: 300,
  /** When who asked for too much at once may come back, s; and a sound that comes round too late is not waited for. */
  inHandRetryS: 5,
  soundWaitMs: 10_000,
  /** And a sound, which never changes under its address, for this long without asking. */
  soundCacheS: 365 * 24 * 60 * 60,
  /** The same for pictures. */
  imageWaitMs: 10_000,
  imageCacheS: 365 * 24 * 60 * 60,
  /** Parts of sounds that were asked for lately are kept in memory, up to so many bytes. */
  soundCacheBytes: 16 * 1024 * 1024,
  /** Whoever takes nothing of a file for this long while it is sent is cut off. */
  stalledDownloadMs: 30_000,
} as const;
