/**
 * Run-time constants of the signaling protocol that both sides need. They stand apart from
 * `protocol.ts` so that the browser can import them without the validators.
 */
export const protocolVersion = 1;
export { signalingPath } from './signaling-path.ts';
/** Where the voice server plays a sound of the shop's own: hold music or a recorded announcement. */
export const soundPath = (soundId: string) => `/sounds/${encodeURIComponent(soundId)}`;

/**
 * Error codes and what a client should do. `retry`: the same request may work later;
 * `fix`: the request itself is wrong; `tell`: show the person.
 */
export const errorCodes = {
  'bad-request': 'fix',
  'unknown-type': 'fix',
  'not-allowed': 'fix',
  'not-found': 'fix',
  'unsupported-version': 'tell',
  'unknown-site': 'tell',
  'unknown-queue': 'tell',
  'origin-not-allowed': 'tell',
  'sign-in-needed': 'tell',
  closed: 'tell',
  'no-rep': 'tell',
  'queue-full': 'tell',
  /** The shop takes no calls from this person for a while. */
  blocked: 'tell',
  /** Not a telephone number, or none that the shop calls; the message says which, in words for the shopper. */
  'bad-number': 'tell',
  /** This number was left before and is called already. */
  'number-known': 'tell',
  'already-in-call': 'fix',
  'in-use-elsewhere': 'tell',
  'offer-gone': 'tell',
  /** The list is full: something has to be taken from it first. */
  'no-room': 'tell',
  /** The rep has something in hand already. */
  'rep-busy': 'tell',
  /** Who waits is not there at the moment and cannot be reached. */
  unreachable: 'tell',
  'not-in-call': 'fix',
  'media-refused': 'tell',
  'too-many': 'retry',
  'shutting-down': 'retry',
  /** The database cannot be used at the moment. */
  'store-down': 'retry',
  internal: 'retry',
} as const;
export type ErrorCode = keyof typeof errorCodes;

/** WebSocket close codes and what a client should do. */
export const closeCodes = {
  /** 4400: not JSON, or not a request. Do not reconnect; report it. */
  badMessage: 4400,
  /** 4401: hello was refused; the answer before the close said why. Get a new ticket or tell the person. */
  helloRefused: 4401,
  /** 4408: no hello in time. Reconnect. */
  helloTimeout: 4408,
  /** 4410: the other side fell silent. Reconnect. */
  /** 4409: the same window has connected anew. Do not reconnect by yourself. */
  replaced: 4409,
  /** 4413: too slow in reading. Reconnect. */
  slowConsumer: 4413,
  /** 4429: too many requests or sockets. Reconnect after the longest delay. */
  tooMany: 4429,
  /** 1001: the server is going down. Reconnect. */
  goingAway: 1001,
} as const;
