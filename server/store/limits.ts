/** The store's own bounds, named, in milliseconds unless the name says otherwise. */
export const storeLimits = {
  /** PostgreSQL: a connection must stand by then. */
  connectMs: 3_000,
  /**
   * Waiting for one of the connections. A hung database is found by the try-outs below, long before this and the next
   * three, which bound what no try-out sees; changes of one shop wait for each other, on a slow machine for seconds.
   */
  acquireMs: 30_000,
  /** The server gives up a statement that waits for a lock, or runs, for longer than this. */
  lockMs: 20_000,
  statementMs: 25_000,
  /** A connection on which a statement was not answered by then is given up, whatever the server does. */
  answerMs: 30_000,
  /** A transaction that PostgreSQL ends for the sake of another one is begun this often, each time after up to twice as long. */
  conflictTries: 6,
  conflictWaitMs: 10,
  /** The server ends a transaction in which nothing is asked for this long: its locks hold up others. */
  idleInTransactionMs: 15_000,
  /** Bringing a large database up to date may take this long per statement. */
  migrationMs: 15 * 60_000,
  /** A connection that lies still is probed by the network after this long. */
  keepAliveMs: 10_000,
  /** Closing waits this long for connections to end in good order. */
  closeMs: 500,
  /** SQLite: a file that another program has locked is tried again this often, and given up after this long. */
  busyRetryMs: 25,
  busyMs: 4_000,
  /** SQLite: a disk that has not kept a commit by then counts as one that does not answer. */
  syncMs: 4_000,
  /** SQLite: the figures by which indexes are chosen are renewed this often, where much has changed. */
  statisticsEveryMs: 60 * 60_000,
  /** The store is tried out this often, and counts as ill when that takes longer than the second. */
  probeEveryMs: 1_500,
  probeMs: 3_000,
  /** A store that was full must take this much again before it counts as cured, bytes. */
  roomBytes: 1024 * 1024,
  /** A server that is just ending gives the database back a moment later. */
  handOverMs: 5_000,
} as const;
