import type { Availability, CallOutcome, CallState, EndReason, UnmetReason } from '../../shared/domain.ts';
import type { Unit } from './form/units.ts';

/** Every word of the admin area except those of one queue (`queue/texts.ts`) and of a call's story (`calls/story.ts`). */
export const adminTexts = {
  settings: 'Settings',
  sections: 'Sections',
  loading: 'One moment…',
  loadFailed: 'This page could not be loaded',
  tryAgain: 'Try again',
  back: (to: string) => `Back to ${to}`,
  cancel: 'Cancel',
  remove: (what: string) => `Remove ${what}`,
  add: 'Add',

  // Forms
  unsaved: 'You have unsaved changes',
  saved: 'Saved. It counts from now on.',
  save: 'Save',
  discard: 'Discard',
  notSaved: (why: string) => `Not saved. ${why}`,
  notSavedField: 'Not saved. Please look at the marked place.',
  leave: {
    title: 'Leave without saving?',
    lead: 'What you changed on this page is not saved yet.',
    yes: 'Discard changes',
    no: 'Stay here',
  },
  unit: { second: 'seconds', minute: 'minutes', hour: 'hours', day: 'days' } satisfies Record<Unit, string>,
  length: (count: string, unit: Unit): string => `${count || '…'} ${adminTexts.unitWord(count, unit)}`,
  unitWord: (count: string, unit: Unit): string => (count === '1' ? unit : adminTexts.unit[unit]),
  unitOf: (label: string) => `Unit of “${label}”`,

  // Queues
  queues: 'Queues',
  queuesLead: 'Where shoppers wait, and who answers them.',
  addQueue: 'Add a queue',
  addQueueLead: 'Such as Sales, Returns or Orders. Your whole team answers it until you choose who does.',
  queueName: 'Name of the queue',
  queueSite: 'Shop',
  createQueue: 'Create queue',
  members: (n: number) =>
    n === 0 ? 'nobody answers yet' : n === 1 ? '1 person answers' : `${n} people answer`,
  queueIs: {
    open: 'Open',
    busy: 'Everybody is busy',
    closed: 'Closed',
    'no-rep': 'Nobody is there',
    'queue-full': 'The line is full',
  } satisfies Record<Availability, string>,

  // Team
  team: 'Team',
  people: 'People',
  changes: 'Changes',
  privacy: 'Customers’ data',
  appearance: 'How your button looks',
  skills: 'Skills',
  skill: 'Skill',
  level: 'Level',
  levelWord: ['a little', 'some', 'good', 'very good', 'expert'],
  addSkill: 'Add a skill',

  // Calls
  calls: 'Calls',
  callsLead: 'The newest first. Open one to see what happened, step by step.',
  callsNone: 'No calls yet',
  callsNoneLead: 'Once somebody presses “Talk to us”, the call shows up here.',
  older: 'Load older calls',
  oldest: 'That is all there is.',
  olderLoaded: (n: number) => (n === 1 ? '1 more call' : `${n} more calls`),
  waited: 'waited',
  talked: 'talked',
  story: 'What happened',
  call: 'Call',
  callFrom: (who: string) => `Call from ${who}`,
  queue: 'Queue',
  rep: 'Answered by',
  outcome: 'Outcome',
  wait: 'In line',
  talk: 'Talk',
  page: 'Page',
  note: 'Note',
  callback: 'Callback',
  before: 'Call before',
  beforeWords: (before: string, rep: string | null) =>
    `${before}, ${rep === null ? 'nobody answered' : `spoke to ${rep}`}`,
  number: 'Number',
  nobody: 'Nobody',
  theShopper: 'The shopper',
  quality: 'Line quality',
  poorBelow: 'poor below the thin line',
  qualityOf: (who: string, mean: string, least: string, rttMs: number, loss: string) =>
    `What ${who === 'The shopper' ? 'the shopper' : who} heard: ${mean} of 4.5 on average, ${least} at worst; round trip ${rttMs} ms, ${loss} % lost`,
  opensNewTab: '(opens in a new tab)',
  stateNow: {
    waiting: 'Waiting now',
    ringing: 'Ringing now',
    'calling-back': 'Being called back now',
    talking: 'Talking now',
    ended: 'Ended',
  } satisfies Record<CallState, string>,
  /** A call that nobody answered. */
  endedUnanswered: {
    'shopper-hung-up': 'Gave up waiting',
    'rep-hung-up': 'Ended by the rep',
    'max-wait': 'Waited too long',
    'no-rep': 'Nobody on duty',
    'no-answer': 'Nobody answered',
    removed: 'Removed from the line',
    'shopper-lost': 'Connection lost',
    'callback-done': 'Called back',
    'callback-failed': 'Could not be reached',
    'callback-expired': 'Not called back in time',
  } satisfies Record<EndReason, string>,
  answered: 'Answered',
  answeredThenLost: 'Answered, then the connection was lost',
  /** Talked, was back in line, and then: how it ended there. */
  answeredThen: (end: string) => `Answered, then sent on: ${end[0]?.toLowerCase()}${end.slice(1)}`,
  stretches: 'Where the time went',
  whole: 'In all',
  unmet: (n: number) => `You missed ${n} ${n === 1 ? 'click' : 'clicks'}`,
  /** When most of them came: `n` of them on that weekday in that hour, `from` and `to` such as `1 PM`. */
  unmetWorst: (n: number, all: number, day: string, from: string, to: string): string => {
    if (all === 1) return `On a ${day} between ${from} and ${to}.`;
    if (n === 1) return 'No hour of the week stands out so far.';
    const when = `on ${day}s between ${from} and ${to}`;
    if (n === all) return `All of them ${when}.`;
    return `${n * 2 > all ? 'Most of them' : 'Most often'} ${when}: ${n} of ${all}.`;
  },
  unmetLead: (days: number) =>
    `In the last ${days} days. Somebody who clicks again within five minutes, or from the same network, counts once. By reason:`,
  unmetReason: {
    closed: 'closed',
    'no-rep': 'nobody on duty',
    full: 'line full',
    'too-many': 'too many from one network',
  } satisfies Record<UnmetReason, string>,
  unmetTable: 'Missed clicks by weekday and hour',
  findCalls: 'Find calls',
  searchCalls: 'Name, number, note or page',
  anyQueue: 'Any queue',
  anybody: 'Anybody',
  talkedTo: 'Talked to',
  anyOutcome: 'Any outcome',
  outcomeIs: {
    answered: 'Answered',
    unanswered: 'Not answered',
    'left-after-talk': 'Answered, then left in line',
  } satisfies Record<CallOutcome, string>,
  fromDay: 'From',
  toDay: 'To',
  find: 'Find',
  showAll: 'Show all calls',
  csv: 'Save as a table (CSV)',
  nothingFound: 'No such call',
  nothingFoundLead: 'Try fewer words, another queue, or a longer time.',
  lookedSoFar: 'The calls looked through so far have no more of these.',
  lookOn: 'Look further back',
  found: (n: number, more: boolean) =>
    `${n === 1 ? '1 call' : `${n} calls`}${more ? ', and there may be more' : ''}.`,

  // Reachability
  reach: 'Check',

  // Shop
  shop: 'Shop',
  shopLead: 'Where the button may appear, and how long you keep what it brings.',
  shopName: 'Name of the shop',
  shopNameHint: 'Your team sees it when a shopper calls.',
  origins: 'Addresses of your shop',
  originsHint:
    'One a line, such as https://shop.example. Only pages there may show the button; this server’s own pages always may.',
  snippet: 'Put the button on your shop',
  snippetLead: 'What is your shop made with?',
  shopKind: 'What your shop is made with',
  snippetLabel: 'Code of the button',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Select it and copy it by hand.',
  retention: 'How long things are kept',
  retentionLead: 'What is older is deleted by itself, for good.',
  callDays: 'Calls',
  callDaysHint: 'When somebody called, how long they waited and talked, and what happened.',
  personalDays: 'Personal details',
  personalDaysHint:
    'Who called: name, number, page, cart and notes. Figures stay without them. Not longer than the calls; as short as you can.',
  days: 'days',
  addShop: 'Add another shop',
  addShopLead: 'It has queues of its own, and your team answers them too.',
  newShopName: 'Name of the new shop',
  account: 'Account',
  mainAccount: 'Main account',
  createShop: 'Add shop',
  shopAdded: (name: string) => `${name} was added.`,
} as const;
