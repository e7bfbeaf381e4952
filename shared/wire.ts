/**
 * Run-time constants of the signaling protocol that both sides need. They stand apart from
 * `protocol.ts` so that the browser can import them without the validators.
 */
export const protocolVersion = 1;
export { signalingPath } from './signaling-path.ts';
/** Where the voice server plays a sound of the shop's own: hold music or a recorded announcement. */
export const soundPath = (soundId: string) => `/sounds/${encodeURIComponent(soundId)}`;

/** Where it shows a logo or a photo. */
export const imagePath = (name: string) => `/images/${name}`;

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
  /** Not a telephone number, or none that the shop calls; its params say which, see `BadNumber`. */
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
  /** The database cannot be used at the moment. */
  'store-down': 'retry',
  internal: 'retry',
} as const;
export type ErrorCode = keyof typeof errorCodes;

/** With which codes the server closes a socket. */
export const closeCodes = {
  /** The server is going down, or its database is away at `hello`. */
  goingAway: 1001,
  /** Not JSON, not a request, or a first frame that is too long. */
  badMessage: 4400,
  /** `hello` was refused; the answer before the close says why. */
  helloRefused: 4401,
  /** The sign-in by which a rep came in has ended. */
  signedOut: 4403,
  /** No `hello` in time. */
  helloTimeout: 4408,
  /** The same window has connected anew. */
  replaced: 4409,
  /** Too many requests. */
  tooMany: 4429,
} as const;
export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];

/** What a client does about a closed socket: come back after the usual delay, after the longest one, or not by itself. */
export type AfterClose = 'reconnect' | 'reconnect-late' | 'stop';

// By number: the element, in which each byte counts, needs no names.
/** After which codes a client stays away, since the same would happen again; and what it calls that. */
export const endings: { [code: number]: 'bad-request' | 'sign-in-needed' | 'replaced' } = {
  4400: 'bad-request',
  4401: 'sign-in-needed',
  4403: 'sign-in-needed',
  4409: 'replaced',
};
/** A frame was wrong (1002), not UTF-8 (1007) or too long (1009), or there were too many: likely so again, but a call may be at stake. */
const late = [1002, 1007, 1009, 4429];

/** What to do about a socket that was closed with that code. Any that is not known here is a lost connection. */
export const afterClose = (code: number): AfterClose =>
  endings[code] ? 'stop' : late.includes(code) ? 'reconnect-late' : 'reconnect';
