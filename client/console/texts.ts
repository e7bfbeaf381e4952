import type { EndReason, MicrophoneState, RepStatus, StatusReason } from '../../shared/domain.ts';
import { product } from '../ui/product.ts';
import { commonTexts } from '../ui/texts.ts';
import type { QualityGrade } from './quality.ts';
import type { PhoneAction } from './session/keyboard.ts';
import { attentionTexts } from './texts/attention.ts';
import { deviceTexts } from './texts/devices.ts';

/** Every word the console shows, in one place and one voice: short, plain, friendly. */
export const texts = {
  ...commonTexts,
  ...deviceTexts,
  ...attentionTexts,

  product,
  console: 'Rep console',
  loading: 'One moment…',
  tryAgain: 'Try again',
  unreachableTitle: 'We can’t reach the server',
  unreachableLead: 'Check your connection, then try again.',
  linkGoneTitle: 'This link no longer works',
  toSignIn: 'Go to sign-in',
  signOut: 'Sign out',

  // Status
  phone: 'Phone',
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

  close: 'Close',

  // The admin area, seen from the phone
  settings: 'Settings',
  toPhone: 'Phone',
  settingsFailed: 'This page could not be loaded. Check your connection, then try again.',
  callNow: 'Your call',
  answer: 'Answer',
  showCall: 'Show the call',
  writeNote: 'Write a note',

  // Settings
  menu: 'Account and settings',
  yourAccount: 'Your account',
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
    'media-refused': 'We couldn’t connect your audio. Try again.',
    'no-rep': 'Nobody is available there right now. The shopper is still with you.',
    'rep-busy': 'You have something in hand: end that first, or take your headset.',
    unreachable: 'This shopper is not there at the moment. They keep their place.',
    'bad-request': 'That choice is not there any more. Choose another one.',
    other: commonTexts.didNotWork,
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
