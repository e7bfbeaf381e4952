import type { CallbackKind, RepStatus } from '../../shared/domain.ts';

/** The words that the phone and the settings share. */
export const commonTexts = {
  // Status
  statusWord: { available: 'Available', away: 'Away', offline: 'Offline' } satisfies Record<
    RepStatus,
    string
  >,
  /** With the reason that was chosen, if any. */
  statusWords: (status: RepStatus, note: string): string =>
    note === '' ? commonTexts.statusWord[status] : `${commonTexts.statusWord[status]}: ${note}`,

  // The shopper
  shopper: 'Shopper',
  shopperOn: (title: string) => `Shopper on ${title}`,
  /** A span as a person would say it; less than a minute is "just now". */
  ago: (ms: number): string => {
    const minutes = Math.floor(ms / 60_000);
    if (minutes < 1) return 'just now';
    if (minutes < 60) return `${minutes} min ago`;
    const hours = Math.floor(minutes / 60);
    if (hours < 24) return `${hours} h ago`;
    const days = Math.floor(hours / 24);
    return days === 1 ? 'yesterday' : `${days} days ago`;
  },
  /** The same, looked back at from another moment than now. */
  earlier: (ms: number): string => {
    const ago = commonTexts.ago(ms);
    if (ago === 'just now') return 'just before';
    return ago === 'yesterday' ? 'the day before' : ago.replace(/ago$/, 'before');
  },
  calledBefore: (ago: string, rep: string | null) =>
    rep === null ? `called ${ago}, nobody answered` : `called ${ago}, spoke to ${rep}`,
  cartMark: (items: number, total: string | null) =>
    `cart: ${[items > 0 && `${items} ${items === 1 ? 'item' : 'items'}`, total].filter(Boolean).join(', ')}`,
  callbackMark: { page: 'call back on the page', phone: 'call back by telephone' } satisfies Record<
    CallbackKind,
    string
  >,

  // People
  email: 'E-mail',
  needed: 'Please fill this in.',
  emailNeeded: 'Please enter an e-mail address, such as ana@example.com.',

  // What goes wrong on the way to the server
  wrongCredentials: 'That e-mail and password don’t match. Check both and try again.',
  tooMany: 'Too many tries. Wait a minute, then try again.',
  signedOutElsewhere: 'You’ve been signed out. Sign in again to take calls.',
  unreachable: 'We can’t reach the server. Check your connection and try again.',
  offline: 'This device is offline. Check its connection and try again.',
  tooLargeInBetween:
    'That file is too large for the web server in front of Talk to Us. Whoever runs that server can allow more: see “Behind a proxy” in docs/operate.md.',
  refusedInBetween: (status: number) =>
    `The web server in front of Talk to Us did not let this through (${status}). Whoever runs that server can tell why.`,
  noAnswerInBetween:
    'The web server in front of Talk to Us does not reach it at the moment. Try again in a minute; if it stays so, tell whoever runs it.',
  answerInBetween: (status: number) =>
    `Something between this device and Talk to Us answered instead of it (${status}). On a guest network, sign in to the network first.`,
  uploadBroken:
    'The upload was cut off. If that happens again with this file, it may be too large for the web server in front of Talk to Us.',
  unexpected: 'Something went wrong on our side. Please try again.',
  linkGoneLead:
    'Links work once and for one day. If you already have an account, sign in; otherwise ask for a new link.',
  didNotWork: 'That didn’t work. Please try again.',
} as const;
