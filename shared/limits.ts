/**
 * Every bound of the product, named, with its default. Times are milliseconds, sizes are bytes
 * unless the name says otherwise.
 */
export const limits = {
  /** A socket that has not said `hello` by then is closed (close code `helloTimeout`). */
  helloTimeoutMs: 5_000,
  /** Both sides look this often; silence for more than `heartbeatMisses` intervals means a dead socket. */
  heartbeatMs: 5_000,
  heartbeatMisses: 2,
  /** Largest text frame a client may send; more closes the socket with 1009. */
  maxMessageBytes: 64 * 1024,
  /** Largest first frame: before `hello` a socket is a stranger. */
  maxHelloBytes: 8 * 1024,
  /** Bytes waiting to be sent to one client before it is cut off as a slow consumer. */
  maxBufferedBytes: 512 * 1024,
  /** Requests one socket may send per second, and in one burst. */
  requestsPerSecond: 20,
  requestBurst: 60,
  /** Requests of one socket that may be in hand at once. */
  requestsInHand: 32,
  /** Open sockets and live calls per network address. */
  socketsPerAddress: 100,
  callsPerAddress: 20,
  /** A request without an answer by then fails in the browser. */
  requestTimeoutMs: 10_000,
  /** A shopper whose connection is lost keeps the call and the place for this long. */
  shopperGraceMs: 20_000,
  /** A call goes on for this long on a page from which its element was taken: nobody could hang up there any more. */
  elementAwayMs: 10_000,
  /** A rep whose connection is lost keeps the call for this long; then it goes back to its place. */
  repGraceMs: 10_000,
  /** A rep who is available but has no microphone for this long is made `away`. */
  microphoneGraceMs: 15_000,
  /** After declining a call a rep is not offered the same one again for this long. */
  refusalBackOffMs: 30_000,
  /** The page of a shopper who is called back rings for this long. */
  callbackRingMs: 30_000,
  /** One whom a push has to bring back to the page first is given this long, and the push is tried for no longer. */
  pushRingMs: 45_000,
  /** A push service that has not answered by then is given up. */
  pushTimeoutMs: 10_000,
  /** And one that answers more than this is not listened to. */
  maxPushAnswerBytes: 64 * 1024,
  /** A new call's media is set up with this head start over the ringing that the call causes. */
  setUpHeadStartMs: 20,
  /** Place and estimate are pushed at most this often. */
  placePushMs: 1_000,
  /** And this long after a change, so that whoever made it is served first. */
  surroundingsDelayMs: 50,
  /** Waiting calls listed in a rep's view; the total is always exact. */
  waitingListLength: 50,
  /** Life of a one-time set-up or sign-in link, of a rep's sign-in and of a socket ticket. */
  setupLinkMs: 24 * 60 * 60 * 1000,
  repSignInMs: 12 * 60 * 60 * 1000,
  ticketMs: 30_000,
  /** Life of a shopper's anonymous token. */
  shopperTokenMs: 24 * 60 * 60 * 1000,
  /** What a shopper's page may send along. */
  maxContextItems: 50,
  maxTextLength: 500,
  maxUrlLength: 2_000,
  /** Hold music and announcements: the largest file that may be uploaded, and the longest piece. */
  maxSoundUploadBytes: 30 * 1024 * 1024,
  maxSoundMs: 15 * 60 * 1000,
  /** Sounds that one site may keep. */
  soundsPerSite: 100,
  /** Skills that one queue may ask for. */
  skillsPerQueue: 5,
  /** How often what is too old is looked for, and how many calls are deleted in one go. */
  retentionEveryMs: 60 * 60 * 1000,
  retentionPortion: 200,
  /**
   * What strangers make us count (refused origins, refused clicks): written that often, so many kinds in between; one network
   * counts once in that time; so many networks are remembered.
   */
  demandWriteMs: 10_000,
  demandGathered: 1_000,
  demandCountedMs: 5 * 60 * 1000,
  demandRemembered: 10_000,
  /** Refused origins: kept for a site, brought by one network in an hour, and characters of one. */
  refusedOriginsPerSite: 50,
  refusedOriginsPerNetwork: 3,
  maxOriginLength: 300,
  /** Origins on the list of a site. */
  allowedOriginsPerSite: 50,
  /** Hours of refused clicks that one report reads. */
  unmetHours: 20_000,
  /** The history of calls: read so many at a time, with turns for others in between, and looked through so far by one request. */
  historyPortion: 100,
  historyScan: 2_000,
  /** Calls in one table for a spreadsheet, and such tables that are written at once. */
  exportedCalls: 50_000,
  exportsAtOnce: 2,
  /** Reconnecting: first delay, largest delay. Jitter is added on top. */
  reconnectFirstMs: 250,
  reconnectMostMs: 5_000,
} as const;
