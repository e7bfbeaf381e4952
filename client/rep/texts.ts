import type {
  CallbackKind,
  EndReason,
  MicrophoneState,
  RepStatus,
  StatusReason,
} from '../../shared/domain.ts';
import type { MissedCall } from '../../shared/views.ts';
import { passwordMinLength } from './password.ts';
import type { QualityGrade } from './quality.ts';
import type { Help } from './session/attention.ts';
import type { PhoneAction } from './session/keyboard.ts';

/** Every word the console shows, in one place and one voice: short, plain, friendly. */
export const texts = {
  product: 'Talk to Us',
  console: 'Rep console',
  loading: 'One moment…',

  // Signing in
  signInTitle: 'Welcome back',
  signInLead: 'Sign in to take calls.',
  email: 'E-mail',
  password: 'Password',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  show: 'Show',
  hide: 'Hide',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  signOut: 'Sign out',
  noAccount: 'No account yet? Ask the person who runs your team to invite you.',
  wrongCredentials: 'That e-mail and password don’t match. Check both and try again.',
  tooMany: 'Too many tries. Wait a minute, then try again.',
  signedOutElsewhere: 'You’ve been signed out. Sign in again to take calls.',
  unreachableTitle: 'We can’t reach the server',
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
  unreachableLead: 'Check your connection, then try again.',
  unexpected: 'Something went wrong on our side. Please try again.',
  tryAgain: 'Try again',
  needed: 'Please fill this in.',
  emailNeeded: 'Please enter an e-mail address, such as ana@example.com.',

  // One-time links
  setUpTitle: 'Set up your phone',
  setUpLead: 'You’re the first one here, so you’ll run the team. Choose how you sign in.',
  invitationTitle: 'Join the team',
  invitationLead: 'Tell us your name and choose a password, and you can take calls.',
  yourName: 'Your name',
  nameHint: 'Shoppers see it when you answer.',
  newPasswordHint: `At least ${passwordMinLength} characters. A few words you can remember work well.`,
  passwordMissing: (n: number) => `${n} more ${n === 1 ? 'character' : 'characters'} needed`,
  passwordLongEnough: 'Long enough',
  createAccount: 'Create account',
  creating: 'Creating…',
  linkGoneTitle: 'This link no longer works',
  linkGoneLead:
    'Links work once and for one day. If you already have an account, sign in; otherwise ask for a new link.',
  toSignIn: 'Go to sign-in',

  // Status
  phone: 'Phone',
  statusWord: { available: 'Available', away: 'Away', offline: 'Offline' } satisfies Record<
    RepStatus,
    string
  >,
  /** With the reason that was chosen, if any. */
  statusWords: (status: RepStatus, note: string): string =>
    note === '' ? texts.statusWord[status] : `${texts.statusWord[status]}: ${note}`,
  awayFor: { available: 'Or go away for', away: 'What you’re away for' },
  idleTitle: {
    available: 'Ready for the next call',
    away: 'You’re away',
    offline: 'You’re offline',
  } satisfies Record<RepStatus, string>,
  idleLead: (status: RepStatus, reason: StatusReason): string => {
    if (status === 'available') return 'We’ll ring when somebody wants to talk.';
    switch (reason) {
      case 'no-answer':
        return 'You missed a call, so you were set to away. Go available when you’re back.';
      case 'connection-lost':
        return 'Your connection was lost, so calls stopped coming to you. Go available when you’re ready.';
      case 'no-microphone':
        return 'Your microphone could not be reached, so you were set to away. Check the headset, then go available.';
      case 'wrap-up-over':
        return 'Your after-call work reached its limit, so you were set to away. Go available when you’re back.';
      case 'chosen':
      case 'signed-out':
        return status === 'away' ? 'Calls go to others until you’re back.' : 'No calls come to you.';
    }
  },
  noMedia: 'Your microphone isn’t connected, so no calls can come.',
  openingMedia: 'Connecting your microphone…',
  goAvailable: 'Go available',
  goingAvailable: 'Getting ready…',
  goAway: 'Go away',
  goOffline: 'Go offline',
  afterCall: 'After this call',
  since: (time: string) => `for ${time}`,

  // Ready check
  devices: 'Microphone and speaker',
  microphone: 'Microphone',
  speaker: 'Speaker',
  defaultDevice: 'System default',
  unnamedMicrophone: (n: number) => `Microphone ${n}`,
  unnamedSpeaker: (n: number) => `Speaker ${n}`,
  testMicrophone: 'Test',
  stopTest: 'Stop',
  micAsk: 'Your browser will ask to use the microphone. Choose “Allow”.',
  level: 'Microphone level',
  levelQuiet: 'Say something: the bar should move.',
  levelGood: 'We hear you.',
  playTone: 'Play tone',
  tonePlaying: 'Playing…',
  speakerFixed: 'This browser plays on the system’s speaker. Change it in your system settings.',
  micProblem: {
    denied:
      'The microphone is blocked. Click the icon beside the address, allow the microphone, then try again.',
    none: 'No microphone found. Plug one in, then try again.',
    busy: 'Another program is using the microphone. Close it, then try again.',
    insecure: 'The browser gives microphones only to secure pages. Open this page over https.',
    forbidden:
      'A header of this server (Permissions-Policy) or the frame around this page allows no microphone.',
    unsupported: 'This browser can’t make calls. Use a current Chrome, Edge, Firefox or Safari.',
  },
  micLost: 'Your microphone was disconnected, so you were set to away. Plug it in and go available again.',
  micLostInCall:
    'Your microphone was disconnected: the shopper can’t hear you. Plug it in or choose another.',
  microphoneIs: {
    silent:
      'No sound comes from your microphone. Is it muted on the headset or in the system? Or choose another one below.',
    taken: 'The system has taken your microphone for something else. Nobody hears you until it is back.',
  },
  micSwitched: 'Your microphone was disconnected, so we switched to another one. Check that you’re heard.',
  mediaFailed: 'We couldn’t connect your audio. Check your network, then try again.',
  dismiss: 'Dismiss',

  // What must not be overlooked
  attention: 'Needs your attention',
  timeAgo: (time: string) => `${time} ago`,
  attentionMore: (n: number) => `${n} more`,
  attentionLess: 'Show only the first',
  serverLost: 'The server can’t be reached, so no calls can come. This page tries again every few seconds.',
  serverLostInCall:
    'The connection to the server is lost. Your call is kept while this page tries again every few seconds.',
  storeDown: 'The server’s database is not answering, so no calls can come. This page says when it is back.',
  storeDownInCall: 'The server’s database is not answering. Your call goes on meanwhile.',
  missedCall: (who: string, queue: string) => `You missed a call from ${who} (${queue}).`,
  missedBecame: (became: MissedCall['became']): string => {
    switch (became.state) {
      case 'waiting':
        return 'They still wait.';
      case 'answered':
        return became.repName ? `${became.repName} answered them.` : 'Somebody else answered them.';
      case 'gone':
        return 'They are gone.';
    }
  },
  oneWaits: (who: string, queue: string) => `${who} is waiting in ${queue}.`,
  someWait: (n: number, who: string) => `${n} shoppers are waiting, ${who} first.`,
  stillWaits: (who: string, queue: string) => `${who} still waits in ${queue}.`,
  help: {
    reconnect: 'Reconnect now',
    'go-available': 'Go available again',
    stay: 'OK',
    'pick-up': 'Pick up now',
    'choose-microphone': 'Choose a microphone',
    'connect-microphone': 'Connect the microphone',
    'sound-on': 'Turn on sound',
    'take-over': 'Use this window',
    seen: 'Dismiss',
    dismiss: 'Dismiss',
  } satisfies Record<Help['do'], string>,
  pickUpWho: (who: string) => `Pick up now: ${who}`,
  closeHelp: (help: Help): string =>
    help.do === 'stay' ? (help.status === 'away' ? 'Stay away' : 'Stay offline') : texts.dismiss,
  titleAlert: (what: string) => `⚠ ${what} · ${texts.product}`,
  titleNoConnection: 'No connection',
  titleNoMicrophone: 'No microphone',
  titleMissed: (who: string) => `Missed: ${who}`,
  titleStatus: { away: 'You’re away', offline: 'You’re offline' },
  titleWaiting: (n: number) => `(${n}) ${texts.product}`,
  noConnection: 'No connection',
  noCallsTitle: 'No calls can come',
  noCallsLead:
    'The server can’t be reached. This page tries again every few seconds, and says when it is back.',
  notMeasured: 'Not measured',

  // Ringing
  incoming: 'Incoming call',
  accept: 'Accept',
  accepting: 'Connecting…',
  decline: 'Decline',
  declineBecause: 'Decline because:',
  waited: (time: string) => `waited ${time}`,
  secondsToAnswer: (n: number) => `${n} ${n === 1 ? 'second' : 'seconds'} left to answer`,
  titleRinging: (who: string) => `☎ ${who} is calling`,
  notificationTitle: (who: string) => `${who} is calling`,
  notificationBody: (queue: string) => `${queue}. Open the console to answer.`,
  notificationsOffer:
    'Want a desktop notification when somebody calls? It shows even when this tab is hidden.',
  notificationsOn: 'Turn on',
  notificationsLater: 'Not now',
  soundBlocked: 'Your browser keeps this page quiet until you click. Click to hear it ring.',
  offerGone: 'That call was taken by somebody else or hung up.',

  // Callbacks
  callBack: 'Call back',
  callbackWanted: 'Wants to be called back',
  callingBack: 'Calling back',
  callbackTry: (n: number) => `try ${n}`,
  callbackPage: 'Their page is ringing. You talk as soon as they answer.',
  callbackRings: (n: number) => `Rings for ${n} more ${n === 1 ? 'second' : 'seconds'}`,
  callbackStop: 'Stop, try later',
  callbackDial: 'Please call this number, then say what came of it:',
  callbackOutcome: 'What came of it',
  callbackReached: 'We talked',
  callbackNoAnswer: 'No answer, try later',
  callbackWrong: 'Wrong number',

  // Talking
  transfer: 'Send on to',
  transferGo: 'Send on',
  talking: 'Talking',
  talkTime: 'Talk time',
  mute: 'Mute',
  unmute: 'Unmute',
  mutedBanner: 'You’re muted. The shopper can’t hear you.',
  shopperMuted: 'The shopper is muted',
  shopperMicrophone: {
    silent: 'No sound from the shopper’s microphone',
    taken: 'The shopper’s system holds their microphone',
    gone: 'The shopper’s microphone is unplugged',
  },
  shopperLost: 'The shopper’s connection is lost. We’re waiting for them to come back.',
  hangUp: 'Hang up',
  quality: 'Call quality',
  qualityWord: {
    excellent: 'Excellent',
    good: 'Good',
    fair: 'Fair',
    poor: 'Poor',
  } satisfies Record<QualityGrade, string>,
  qualityMeasuring: 'Measuring…',
  qualityDetail: (rep: string, shopper: string) => `You hear ${rep} · They hear ${shopper} (of 4.5)`,
  reopeningMedia: 'Restoring your audio…',

  // Wrap-up
  wrapUpTitle: 'Wrap up',
  wrapUpLead: {
    'shopper-hung-up': 'The shopper hung up.',
    'rep-hung-up': 'You hung up.',
    'max-wait': 'The call ended.',
    'no-rep': 'The call ended.',
    'no-answer': 'The call ended.',
    removed: 'The call was removed.',
    'shopper-lost': 'The shopper’s connection was lost.',
    'callback-done': 'You called back.',
    'callback-failed': 'The callback ended.',
    'callback-expired': 'The callback ended.',
  } satisfies Record<EndReason, string>,
  note: 'Note about this call',
  notePlaceholder: 'What was it about? What did you promise?',
  noteKept: 'Saved when the time is up.',
  done: 'Done',
  finishing: 'Saving…',
  secondsLeft: (n: number) => `${n} ${n === 1 ? 'second' : 'seconds'} left`,

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
    const ago = texts.ago(ms);
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
  about: 'About this call',
  page: 'Page',
  cart: 'Cart',
  cartEmpty: 'The cart is empty.',
  item: 'Item',
  quantity: 'Qty',
  price: 'Price',
  total: 'Total',
  details: 'Details',
  noContext: 'The shop sent nothing about this visit.',
  opensNewTab: '(opens in a new tab)',

  // Waiting list
  waitingTitle: 'Waiting',
  waitingNone: 'Nobody is waiting',
  waitingNoneLead: 'Shoppers who wait to talk show up here.',
  waitingCount: (n: number) => (n === 1 ? '1 shopper waiting' : `${n} shoppers waiting`),
  waitingMore: (n: number) => `and ${n} more`,
  place: 'Place',
  waitedColumn: 'Waited',
  ringingMark: 'Ringing',
  ringsAgainIn: (time: string) => `rings you again in ${time}`,
  pickUpWaiting: 'Pick up',
  pickUpWaitingWho: (who: string) => `Pick up: ${who}`,
  removeWaiting: 'Remove',
  removeWaitingSure: 'Remove for good?',
  removeWaitingWho: (who: string) => `Remove ${who} from the line`,
  absentTitle: (n: number) =>
    n === 1 ? '1 caller keeps a place but is not here' : `${n} callers keep a place but are not here`,
  serveNext: 'Serve next',
  serveNextWho: (who: string) => `Serve next: ${who}`,
  queues: 'Queues',
  queueWaiting: 'waiting',
  queueAvailable: 'available',
  queueBusy: 'busy',

  // Connection
  reconnected: 'Connected again.',
  connecting: 'Connecting…',
  elsewhere: 'Your phone is in another window, where calls ring. You can answer them here too.',
  elsewhereInCall: 'This call is in another window. You can mute it and hang up from here.',
  versionTitle: 'A new version is ready',
  versionLead: 'Reload the page to go on taking calls.',
  reload: 'Reload',

  // Team
  role: { rep: 'Rep', supervisor: 'Supervisor', admin: 'Admin' },
  you: 'you',
  invite: 'Invite somebody',
  inviteLead: 'You get a link to send them. It works once, for one day.',
  name: 'Name',
  createLink: 'Create invitation link',
  inviteLink: (name: string) => `Link for ${name}`,
  inviteOnce: 'Send it now: it is shown only this once.',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Select the link and copy it by hand.',
  inviteAnother: 'Invite somebody else',
  close: 'Close',

  // The admin area, seen from the phone
  settings: 'Settings',
  toPhone: 'Phone',
  settingsFailed: 'The settings could not be loaded. Check your connection, then try again.',
  callNow: 'Your call',
  answer: 'Answer',
  showCall: 'Show the call',
  writeNote: 'Write a note',

  // Settings
  menu: 'Account and settings',
  theme: 'Appearance',
  themeWord: { auto: 'Same as system', light: 'Light', dark: 'Dark' },
  shortcuts: 'Keyboard shortcuts',
  shortcutsLead: 'They work while this page has the focus and you aren’t typing.',
  letterKeys: 'Single-key shortcuts',
  or: 'or',
  action: {
    accept: 'Accept the call',
    decline: 'Decline the call',
    mute: 'Mute or unmute',
    'hang-up': 'Hang up',
    finish: 'Finish wrap-up',
  } satisfies Record<PhoneAction, string>,
  key: (key: string) => (key === 'Escape' ? 'Esc' : key),

  // What a refused request says
  failed: {
    'offer-gone': 'That call was taken by somebody else or hung up.',
    'too-many': 'That was a bit fast. Try again in a moment.',
    'shutting-down': 'The server is restarting. Try again in a moment.',
    'media-refused': 'We couldn’t connect your audio. Try again.',
    'no-rep': 'Nobody is available there right now. The shopper is still with you.',
    'rep-busy': 'You have something in hand: end that first, or take your headset.',
    unreachable: 'This shopper is not there at the moment. They keep their place.',
    'bad-request': 'That choice is not there any more. Choose another one.',
    other: 'That didn’t work. Please try again.',
  },

  // Said to screen readers
  sayRinging: (who: string, queue: string) => `Incoming call from ${who}, ${queue}.`,
  sayTalking: (who: string) => `You’re talking with ${who}.`,
  sayStatus: (status: RepStatus, reason: StatusReason): string =>
    reason === 'chosen' || status === 'available'
      ? `You’re ${texts.statusWord[status].toLowerCase()}.`
      : texts.idleLead(status, reason),
  sayWrapUp: 'The call has ended. Write a note or press Done.',
  sayShopperBack: 'The shopper is back.',
  sayShopperMuted: (muted: boolean) => (muted ? 'The shopper muted themselves.' : 'The shopper unmuted.'),
  sayShopperMicrophone: (state: MicrophoneState): string =>
    state === 'ok' ? 'The shopper’s microphone works again.' : `${texts.shopperMicrophone[state]}.`,
  sayMuted: (muted: boolean) => (muted ? 'You’re muted.' : 'You’re not muted.'),
} as const;
