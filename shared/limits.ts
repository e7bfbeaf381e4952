/**
 * Every bound of the product, named, with its default. Times are milliseconds, sizes are bytes
 * unless the name says otherwise.
 */
export const limits = {
  /** Colleagues to choose from when a talk is sent on. */
  transferColleagues: 200,
  /** Characters of what all reps of one call wrote about it. */
  maxNotesLength: 10_000,
  /** Characters of a password. */
  passwordMinLength: 10,
  passwordMaxLength: 200,
  /** A socket that has not said `hello` by then is closed (close code `helloTimeout`). */
  helloTimeoutMs: 5_000,
  /** Both sides look this often; silence for more than `heartbeatMisses` intervals means a dead socket. */
  heartbeatMs: 5_000,
  heartbeatMisses: 2,
  /** Largest text frame a client may send; more closes the socket with 1009. */
  maxMessageBytes: 64 * 1024,
  /** Largest first frame: before `hello` a socket is a stranger. */
  maxHelloBytes: 8 * 1024,
  /** All that a socket may send before `hello` is answered, frames that never end included. */
  maxStrangerBytes: 16 * 1024,
  /** A client that takes nothing of what waits for it for this long, or up to twice as long, is cut off. */
  stalledSocketMs: 2_400,
  /** Bytes waiting to be sent to one client before it is cut off as a slow consumer. */
  maxBufferedBytes: 512 * 1024,
  /** Requests one socket may send per second, and in one burst. */
  requestsPerSecond: 20,
  requestBurst: 60,
  /** Requests of one socket that may be in hand at once. */
  requestsInHand: 32,
  /** A request without an answer by then fails in the browser. */
  requestTimeoutMs: 10_000,
  /** A shopper whose connection is lost keeps the call and the place for this long. */
  shopperGraceMs: 20_000,
  /** A call goes on for this long on a page from which its element was taken: nobody could hang up there any more. */
  elementAwayMs: 10_000,
  /** A rep whose connection is lost keeps the call for this long; then it goes back to its place. */
  repGraceMs: 10_000,
  /** A window that held the call is given this long to be reloaded before another window of its person may take over. */
  handOverMs: 1_500,
  /** Windows in which one shopper or rep may be connected at once. */
  windowsPerPerson: 20,
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
  /** More calls in a line, or reps on duty, than that are counted when those around are told, not at each change. */
  crowd: 100,
  /** The live board is pushed at most this often; calls and reps on one page of it, and queues; read anew after so long. */
  boardPushMs: 1_000,
  boardPage: 50,
  boardQueues: 200,
  boardAnewMs: 60_000,
  /** Goal of the service level that it shows, and a wait after which it was no abandonment. */
  boardGoalMs: 20_000,
  boardShortMs: 5_000,
  /** Characters of why a supervisor decided something for a rep. */
  whyLength: 200,
  /** How often the board's figures of the day are counted. */
  boardTodayMs: 30_000,
  boardDayMs: 24 * 60 * 60 * 1000,
  /** How often the caps on calls are compared with the calls that live. */
  reservationsEveryMs: 60_000,
  /** Waiting calls listed in a rep's view; the total is always exact. */
  waitingListLength: 50,
  /** Life of a one-time set-up or sign-in link, of a rep's sign-in and of a socket ticket. */
  setupLinkMs: 24 * 60 * 60 * 1000,
  repSignInMs: 12 * 60 * 60 * 1000,
  ticketMs: 30_000,
  /** Somebody is signed in this often at once; the sign-in that was used longest ago ends for a further one. */
  sessionsPerPerson: 50,
  /** A browser in which a rep signed in is known for this long, and what strangers do does not slow it down. */
  knownBrowserMs: 180 * 24 * 60 * 60 * 1000,
  /**
   * Who has used up the wrong passwords that are allowed is served only so often: one person from one network, and one
   * network. Nobody waits for longer than the third; who would have to is to come back after the fourth.
   */
  signInSlowMs: 10_000,
  signInSlowNetworkMs: 1_000,
  signInSlowestMs: 30_000,
  signInRetryMs: 10_000,
  /** Passwords that are checked at once, some 35 ms of a core and 19 MiB each; and as many again of known browsers. */
  passwordsAtOnce: 2,
  /** Recovery codes that are made at once. */
  recoveryCodes: 10,
  /** Coming back from the sign-in provider may take that long; each of its answers, that long. */
  providerSignInMs: 10 * 60 * 1000,
  providerAnswerMs: 5_000,
  /** What it says about itself is asked for again after that. */
  providerKnownMs: 60 * 60 * 1000,
  /** Life of a shopper's anonymous token. */
  shopperTokenMs: 24 * 60 * 60 * 1000,
  /** What a shopper's page may send along. */
  maxContextItems: 50,
  maxTextLength: 500,
  maxUrlLength: 2_000,
  /** Longer ones than people have are cut off nowhere, but left out. */
  maxLanguageTagLength: 35,
  /** Of the languages that a page asks for, so many are looked at. */
  languagesAsked: 40,
  /** Hold music and announcements: the largest file that may be uploaded, and the longest piece. */
  maxSoundUploadBytes: 30 * 1024 * 1024,
  maxSoundMs: 15 * 60 * 1000,
  /** An announcement is cut off after this, whatever hangs; a longer recording of one would not be heard. */
  announcementMs: 20_000,
  /** The longest sound that is recorded in the browser: as WAV it is just small enough to be sent. */
  recordedSoundMs: 5 * 60 * 1000,
  /** Sounds that one site may keep. */
  soundsPerSite: 100,
  /** Logos and photos: bytes, pixels on each side, and logos that one site keeps to choose from. */
  maxImageBytes: 256 * 1024,
  leastImagePx: 32,
  mostImagePx: 1_024,
  logosPerSite: 10,
  /** How far the button may be from the edges of the window. */
  maxButtonEdgePx: 200,
  /** A telephone number as it is typed, marks and extension included, characters. */
  maxPhoneLength: 200,
  /** Skills that one queue may ask for. */
  skillsPerQueue: 5,
  /** How often what is too old is looked for, and how many calls are deleted in one go. */
  retentionEveryMs: 60 * 60 * 1000,
  /** The time by which calls are old runs at most so many times as fast as a server runs, whatever the clock says. */
  retentionCatchUp: 24,
  /** A whole one is deleted within the 20 ms for which the loop may be held. */
  retentionPortion: 50,
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
  /** An owner's look at a page of the shop: time, and bytes that are read. */
  shopPageMs: 8_000,
  shopPageBytes: 2 * 1024 * 1024,
  /** How often a page of the shop may lead on to another address before it is given up. */
  shopPageRedirects: 3,
  /** Of the newest answered calls of an account so many are looked through for one from the test page. */
  testCallsLooked: 50,
  /** The connection by which an owner tries the way of the sound is closed after that long. */
  reachTrialMs: 20_000,
  /** Blocked callers that a site may have at once, and for how long at most unless for good. */
  blocksPerSite: 1_000,
  longestBlockMs: 366 * 24 * 60 * 60 * 1000,
  /** The network of a call that is over can be blocked for this long; then it is forgotten. */
  networkKeptMs: 24 * 60 * 60 * 1000,
  /** What one network may fill of a queue's longest line: so much of it, and at least so many. */
  lineSharePercent: 50,
  lineShareAtLeast: 5,
  /** Origins on the list of a site. */
  allowedOriginsPerSite: 50,
  /** Hours of refused clicks that one report reads. */
  unmetHours: 20_000,
  /** Calls whose figures are made anew in one transaction at the start of a server. */
  figuresPortion: 500,
  /** A report is about so many days at most; it reads so many quarters of an hour at a time, with turns for others in between. */
  reportDays: 800,
  reportPortion: 14 * 24 * 4,
  /** Pages of the shop that one report tells apart, those with the most calls; the others are one more. */
  reportPages: 100,
  /** The history of calls: read so many at a time, with turns for others in between, and looked through so far by one request. */
  historyPortion: 100,
  historyScan: 2_000,
  /** Calls in one table for a spreadsheet, and such tables that are written at once. */
  exportedCalls: 50_000,
  exportsAtOnce: 2,
  /** A desk's figures of the day: no older day than that (one of 25 hours fits); so many newest calls of a site. */
  dayMs: 26 * 60 * 60 * 1000,
  dayCalls: 20_000,
  /** They are counted on from where they ended, looking back so far, and all anew after so long. */
  dayOverlapMs: 60_000,
  dayAnewMs: 10 * 60 * 1000,
  /** Of what one side measures of the line, a row is kept this often at most. Pages measure every 5 s. */
  qualityRowMs: 4_000,
  /** What a click would get is that old at most, unless something of its site changes; and is kept for so many sites and queues of each. */
  reachabilityKeptMs: 1_000,
  reachabilitySitesKept: 10_000,
  reachabilityQueuesKept: 50,
  /** What a desk shows is read once for all who serve the same queues, is that old at most, and for so many sets of queues. */
  overviewKeptMs: 2_000,
  overviewsKept: 100,
  /** Calls just over, and colleagues, on a desk. */
  overviewCalls: 8,
  overviewColleagues: 12,
  /** Reconnecting: first delay, largest delay. Jitter is added on top. */
  reconnectFirstMs: 250,
  reconnectMostMs: 5_000,
} as const;

/** A bound on how much may be open at once. A network is an IPv4 address, or a /64 of IPv6 addresses. */
export type Cap = {
  readonly perNetwork: number;
  /** Left out where the site is not known, or there is none. */
  readonly perSite?: number;
  readonly inAll: number;
};
/** A bound on how often: so many in a row, and so many a minute in the long run. */
export type Allowance = { readonly burst: number; readonly perMinute: number };

/**
 * Caps on what anybody may have open at once. Fifty people behind the one address of an office fit into each with room to
 * spare; a stranger gets as much and no more; and no site can use up what all share. Each is reserved before anything is
 * awaited and given back when what it counts has ended, which for calls is not when a socket does.
 */
export const caps = {
  /** Live calls that wait, ring or talk. */
  calls: { perNetwork: 60, perSite: 2_000, inAll: 5_000 },
  /** Callbacks to a page, and those by telephone: asked for and not over yet. */
  pageCallbacks: { perNetwork: 60, perSite: 2_000, inAll: 5_000 },
  phoneCallbacks: { perNetwork: 60, perSite: 2_000, inAll: 5_000 },
  /** TCP connections to the web ports, with those of sockets. Behind a trusted proxy only those in all count. */
  connections: { perNetwork: 600, inAll: 25_000 },
  /** Open sockets, and those of them that have not said `hello` yet. */
  sockets: { perNetwork: 200, inAll: 20_000 },
  strangers: { perNetwork: 100, inAll: 2_000 },
  /** Sign-ins that wait for their turn or are being checked; known browsers have as much again. */
  signIns: { perNetwork: 60, inAll: 500 },
  /**
   * Requests in hand of people who have not signed in (six connections of a browser for each of fifty); of sounds that are
   * sent; of files that are uploaded.
   */
  requests: { perNetwork: 400, inAll: 5_000 },
  downloads: { perNetwork: 100, inAll: 2_000 },
  uploads: { perNetwork: 60, inAll: 200 },
  /** Open sockets of shoppers; fewer in all than sockets, so that reps find room on a crowded server. */
  shoppers: { perNetwork: 200, perSite: 10_000, inAll: 15_000 },
} as const satisfies Record<string, Cap>;

/** How often, by one network unless something else is said. */
export const allowances = {
  /** Calls that are begun: one who hangs up and calls again rings real headsets each time. */
  calls: { burst: 300, perMinute: 60 },
  /** Callbacks by telephone that are asked for: each makes a person dial a number. */
  phoneCallbacks: { burst: 60, perMinute: 10 },
  /** Wrong passwords of one person from one network, or of one known browser; past it tries are slowed down. */
  wrongPasswords: { burst: 10, perMinute: 1 },
  /** Wrong passwords of one network, whosever. A whole office may sign in at the same moment. */
  wrongPasswordsOfNetwork: { burst: 60, perMinute: 4 },
  /** Wrong passwords of one person, from wherever. */
  wrongPasswordsOfPerson: { burst: 100, perMinute: 7 },
  /**
   * Wrong codes of the second factor of one person, from wherever, and of one known browser. Whoever gets here knows the
   * password, and there are only a million codes: past it tries are refused.
   */
  wrongCodes: { burst: 10, perMinute: 1 },
  /** Returns from the sign-in provider, each of which asks it something. A whole office may sign in at the same moment. */
  providerReturns: { burst: 100, perMinute: 20 },
  /** Requests for sounds or parts of them; past it they are sent one after another. */
  sounds: { burst: 300, perMinute: 1_200 },
  /** Requests for logos and photos; past it they are sent one after another. */
  images: { burst: 300, perMinute: 1_200 },
  /** Look-ups and uses of one-time links by one network. */
  linkTries: { burst: 60, perMinute: 4 },
} as const satisfies Record<string, Allowance>;
