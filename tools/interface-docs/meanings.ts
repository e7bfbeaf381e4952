/** What the codes and limits of the protocol mean, in words. The codes and values themselves come from `shared/`. */
import type { allowances, caps, limits } from '../../shared/limits.ts';
import { type Permission, permissions } from '../../shared/permissions.ts';
import type { AfterClose, closeCodes, ErrorCode, errorCodes } from '../../shared/wire.ts';

/** Who has a permission, as requests name it. */
export const whoMay = (permission: Permission | null): readonly string[] =>
  permission === null ? ['anyone'] : permissions[permission];

/** When each close code comes, and what is more to say about coming back. */
export const closings: Record<keyof typeof closeCodes, { when: string; more: string }> = {
  goingAway: {
    when: 'The server is going down, or its database is away at `hello`',
    more: 'Calls, places and statuses are kept; with `keepsLeg` the media of a talk is made anew by `leg-lost`',
  },
  badMessage: {
    when: 'Not JSON, not a request, a binary frame, or a first frame that is too long',
    more: 'It would happen again: mend the client',
  },
  helloRefused: {
    when: '`hello` was refused, and the answer before the close says why',
    more: 'Where the answer was an error of the kind `retry`, reconnect all the same',
  },
  signedOut: {
    when: 'The sign-in by which the rep came in has ended: signed out, disabled, removed, a new password',
    more: 'The rep signs in again and gets a new ticket. A client that does not know the code comes back, and is refused a ticket',
  },
  helloTimeout: { when: 'No `hello` in time', more: 'Get the ticket before, or while, the socket opens' },
  replaced: {
    when: 'This window has connected anew: another `hello` named this session in `resumes`',
    more: 'The newer connection has the session; coming back would throw that one out',
  },
  tooMany: {
    when: 'Too many requests in a row or in hand at once, or too many WebSocket pings',
    more: 'Nothing more is read from this socket',
  },
};

/** Close codes of WebSocket itself (RFC 6455) that come up, by number. */
export const otherClosings: Record<number, string> = {
  1002: 'A frame that is none of WebSocket',
  1006: 'No close frame: the network, a server that was killed, a client that was silent for too long or did not read',
  1007: 'A text frame that is not UTF-8',
  1009: 'A frame over `maxMessageBytes`',
};

export const closeActions: Record<AfterClose, string> = {
  reconnect: 'reconnect',
  'reconnect-late': 'reconnect after the longest delay',
  stop: 'do not reconnect by yourself',
};

export const errorKinds: Record<(typeof errorCodes)[ErrorCode], string> = {
  fix: 'the request is wrong: mend the client, do not send it again',
  tell: 'tell the person',
  retry: 'the same request may work later',
};

export const errors: Record<ErrorCode, string> = {
  'bad-request': 'The data does not fit the schema, or makes no sense now; the message names the field',
  'unknown-type': 'There is no such request; so is a second `hello`',
  'not-allowed':
    'Not for who asks; or the first request was not `hello`, or something came before its answer',
  'not-found': 'That call, offer or transport is not there, is over, or is somebody else’s',
  'unsupported-version': 'The server speaks another version: load the matching client',
  'unknown-site': 'No site has that key',
  'unknown-queue': 'The site has no such queue',
  'origin-not-allowed':
    'The `Origin` of the page is not on the list of the site, or for reps not one of the server’s own',
  'sign-in-needed':
    'The ticket is not good any more: get another one, after signing in where that is refused',
  closed: 'Outside of the hours of the queue',
  'no-rep': 'Nobody is on duty',
  'queue-full': 'The line is full',
  blocked: 'The shop takes no calls from this person for a while',
  'bad-number':
    'Not a telephone number, or none that the shop calls; the message says which, for the shopper',
  'number-known': 'This number was left before and is called already',
  'already-in-call': 'The shopper has a call; the view shows it',
  'in-use-elsewhere': 'Another window has the call: `session.take-over` brings it here',
  'offer-gone': 'The call rings here no more, or waits no more',
  'no-room': 'The list is full: something has to be taken from it first',
  'rep-busy': 'The rep has something in hand already',
  unreachable: 'Who waits is not there at the moment and cannot be reached',
  'not-in-call': 'There is no call for that',
  'media-refused': 'The media server did not take the parameters, or has no worker left for the moment',
  'too-many': 'A cap or an allowance is used up: of the network, the site or the server',
  'store-down': 'The database cannot be used for the moment; after `hello` it is tried again by itself',
  internal: 'A fault of the server, which has logged it',
};

/** The limits that a client meets. Its own delays and time-outs are of the kind that others may choose anew. */
export const limitWords: Partial<Record<keyof typeof limits, string>> = {
  helloTimeoutMs: '`hello` has to come within this, ms',
  maxHelloBytes: 'largest first frame, bytes',
  maxStrangerBytes: 'all that may be sent before `hello` is answered, bytes',
  maxMessageBytes: 'largest frame after that, bytes',
  heartbeatMs: 'send a `beat` that often, ms; the answer to `hello` says it too',
  heartbeatMisses: 'so many intervals without a word mean a dead connection, on either side',
  requestsPerSecond: 'requests a second in the long run',
  requestBurst: 'requests in a row',
  requestsInHand: 'requests without an answer at once',
  requestTimeoutMs: 'our client gives up waiting for an answer after this, ms',
  stalledSocketMs: 'who takes nothing of what waits for them for this long is cut off, ms',
  maxBufferedBytes: 'and so is who lets so much wait, bytes',
  reconnectFirstMs: 'first delay of reconnecting, ms',
  reconnectMostMs: 'longest delay, ms',
  ticketMs: 'life of a ticket, ms',
  shopperTokenMs: 'life of a shopper’s token, ms; each `hello` gives a new one',
  shopperGraceMs: 'a shopper who is cut off keeps call and place for this long, ms',
  repGraceMs: 'a rep who is cut off keeps the call for this long, ms',
  handOverMs: 'a window that held the call has this long to come back before another may take it, ms',
  windowsPerPerson: 'windows in which one person is connected',
  microphoneGraceMs: 'an available rep without a microphone for this long is made away, ms',
  callbackRingMs: 'the page of who is called back rings for this long, ms',
  placePushMs: 'places and estimates come at most this often, ms',
  maxTextLength: 'characters of a text in `context`',
  maxUrlLength: 'characters of an address there',
  maxContextItems: 'items of a cart',
  maxPhoneLength: 'characters of a telephone number as typed',
};

export const capWords: Partial<Record<keyof typeof caps, string>> = {
  sockets: 'open sockets',
  strangers: 'of them without `hello`',
  shoppers: 'sockets of shoppers',
  calls: 'live calls',
  pageCallbacks: 'callbacks to a page',
  phoneCallbacks: 'callbacks by telephone',
};

export const allowanceWords: Partial<Record<keyof typeof allowances, string>> = {
  calls: 'calls begun by one network',
  phoneCallbacks: 'callbacks by telephone, asked for by one network',
};
