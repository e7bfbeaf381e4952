/**
 * What each person may see, whole, every time (design rule 2). Times are integer milliseconds UTC
 * unless a name says otherwise; the browser corrects its clock by `serverTime`.
 */
import { z } from 'zod';
import { callContext } from './call-context.ts';
import {
  availabilities,
  callbackKinds,
  clipSlots,
  endReasons,
  microphoneStates,
  repStatuses,
  setbacks,
  siteWordSlots,
  statusReasons,
  transferFailures,
} from './domain.ts';
import { id } from './id-schemas.ts';
import type { CallId, OfferId, QueueId } from './ids.ts';
import { language } from './own-words.ts';

const time = z.number().int();
const count = z.number().int().min(0);
const callId = id<CallId>();
const serverTime = time.describe('the clock of the server when the view was read');

/** A range, since a single figure would promise too much. */
export const waitEstimate = z.object({ fromMs: count, toMs: count });
export type WaitEstimate = z.output<typeof waitEstimate>;

/** What a click would get. */
export const reachability = z.object({
  availability: z
    .enum([...availabilities, 'unknown-queue', 'store-down'])
    .describe(
      '`unknown-queue`: the page names a queue that its site does not have; `store-down`: nobody can call for the moment',
    ),
  opensAt: time
    .nullable()
    .describe('when a closed shop opens; null when it is open, or closed until further notice'),
  takesNumber: z.boolean().describe('a number may be left instead of a call'),
  line: z
    .object({ waiting: count, estimate: waitEstimate.nullable() })
    .nullable()
    .describe('`busy`: how many wait already, and how long one more would; null in any other state'),
  message: z.string().describe("the shop's own words about it; empty for ours"),
  language: language.describe(
    'in which the element speaks: the first of those asked for that the site allows, else the main one of the site',
  ),
  words: z
    .partialRecord(z.enum(siteWordSlots), z.string())
    .describe("the shop's own words in that language; what is left out is ours"),
});
export type Reachability = z.output<typeof reachability>;

/** How the one who waits is told where they stand, aloud. */
export const announcements = z.object({
  everyMs: count,
  clips: z
    .partialRecord(z.enum(clipSlots), z.string())
    .describe("the shop's own recordings: the path of each on this server"),
});
export type Announcements = z.output<typeof announcements>;

const estimate = waitEstimate.nullable().describe('null while there is too little recent data to be honest');
const place = count.describe('1 is next');

/** What a shopper is shown: no call, the one that is on, or the last one of the tab. */
export const shopperView = z.discriminatedUnion('state', [
  z.object({ state: z.literal('idle'), serverTime, ...reachability.shape }),
  z.object({
    state: z.literal('waiting'),
    serverTime,
    callId,
    queueName: z.string(),
    since: time,
    place,
    estimate,
    ringing: z.boolean().describe("a rep's headset is ringing for this call right now"),
    returned: z.boolean().describe("the rep's connection was lost and the call is back in its place"),
    setback: z.enum(setbacks).nullable().describe('why this may last; null where all goes its way'),
    callback: z
      .record(z.enum(callbackKinds), z.boolean())
      .describe('what the shopper may choose instead of waiting'),
    announcements: announcements.nullable().describe('null where nothing is announced'),
    message: z.string().describe("the shop's own words while waiting; empty for ours"),
  }),
  z
    .object({
      state: z.literal('callback'),
      serverTime,
      callId,
      queueName: z.string(),
      since: time,
      place,
      estimate,
      kind: z.enum(callbackKinds),
      phone: z.string().nullable().describe('the number that was left'),
      push: z.boolean().describe('a push reaches the shopper when the page is closed'),
      tries: count.describe('how often we tried to reach the shopper'),
      nextTryAt: time
        .nullable()
        .describe('nothing is tried before then; null when the turn may come any time'),
      expiresAt: time,
      opensAt: time
        .nullable()
        .describe(
          'when the closed queue opens, before which nobody calls; null when it is open, or closed until further notice',
        ),
      closed: z.boolean(),
    })
    .describe('called back instead of waiting: the place is kept'),
  z
    .object({
      state: z.literal('calling-back'),
      serverTime,
      callId,
      kind: z.enum(callbackKinds),
      repName: z.string(),
      ringUntil: time.nullable().describe('the page rings until then; null for a telephone'),
    })
    .describe('a rep is ready to talk: this page rings, or the telephone does'),
  z.object({
    state: z.literal('talking'),
    serverTime,
    callId,
    repName: z.string(),
    repPhoto: z.string().nullable().describe('its name, under `/images/`; null for none'),
    since: time,
    muted: z.boolean(),
    repMuted: z.boolean(),
    repMicrophone: z
      .enum(microphoneStates)
      .describe("what is the matter with the rep's microphone, if anything"),
    repLost: z.boolean().describe("the rep's connection is lost and may come back"),
    ringing: z.boolean().describe("another rep's headset is ringing to take the talk over"),
    onHold: z.boolean().describe('the rep has put the call on hold: music, and nobody hears the other'),
  }),
  z.object({
    state: z.literal('ended'),
    serverTime,
    callId,
    reason: z.enum(endReasons),
    repName: z.string().nullable().describe('who answered, if anybody did'),
    talkMs: count,
    ...reachability.shape,
  }),
]);
export type ShopperView = z.output<typeof shopperView>;

/** What a rep sees of one call. */
export const callCard = z.object({
  callId,
  queueName: z.string(),
  siteName: z.string(),
  siteLogo: z.string().nullable().describe('its name, under `/images/`; null for none'),
  siteAccent: z.string().nullable().describe('the colour that the shop has chosen; null for ours'),
  context: callContext,
  cart: z
    .object({ items: count, total: z.string().nullable() })
    .nullable()
    .describe('what is in the cart: pieces, and money as the shop writes it; null for nothing'),
  phone: z.string().nullable().describe('the number that was left for a callback'),
  lastCall: z
    .object({ endedAt: time, repName: z.string().nullable() })
    .nullable()
    .describe("the same tab's call before this one, and who spoke to them; null for nobody"),
  since: time.describe('when the shopper clicked'),
  callback: z
    .enum(callbackKinds)
    .nullable()
    .describe('the shopper is called back, on the page or on the telephone; null for somebody who waits'),
});
export type CallCard = z.output<typeof callCard>;

/** A colleague sent the call on. */
const handed = z
  .object({ from: z.string(), note: z.string().describe('empty for none') })
  .nullable()
  .describe('which colleague sent the call on, and what they wrote; null for a call that nobody sent on');

/** A call that rang and was not answered, and what became of it. */
export const missedCall = z.object({
  call: callCard,
  at: time,
  became: z.discriminatedUnion('state', [
    z.object({ state: z.literal('waiting') }),
    z.object({ state: z.literal('answered'), repName: z.string() }),
    z.object({ state: z.literal('gone') }),
  ]),
});
export type MissedCall = z.output<typeof missedCall>;

const opinionScore = z.number().nullable().describe('MOS, 1 to 4.5; null until measured');

/** What the rep is doing, as one state; `status` says what happens afterwards. */
export const repWork = z.discriminatedUnion('state', [
  z.object({ state: z.literal('idle') }),
  z.object({
    state: z.literal('ringing'),
    offerId: id<OfferId>(),
    madeAt: time,
    dueAt: time,
    call: callCard,
    handed,
  }),
  z
    .object({
      state: z.literal('calling-back'),
      call: callCard,
      phone: z.string().nullable(),
      ringUntil: time.nullable().describe('the page rings until then'),
      tries: count,
    })
    .describe(
      "the rep has taken a callback: the shopper's page rings, or the rep dials `phone` and says what came of it",
    ),
  z.object({
    state: z.literal('talking'),
    call: callCard,
    answeredAt: time,
    muted: z.boolean(),
    shopperMuted: z.boolean(),
    shopperMicrophone: z.enum(microphoneStates),
    handed,
    transfer: z
      .object({ to: z.string(), madeAt: time, dueAt: time, note: z.string() })
      .nullable()
      .describe('the colleague who is rung to take the talk over; the shopper is on hold meanwhile'),
    transferFailed: z
      .object({ to: z.string(), why: z.enum(transferFailures), at: time })
      .nullable()
      .describe('the last colleague who was rung for this talk and did not take it'),
    onHoldSince: time.nullable().describe('since when the shopper is on hold; null when they are not'),
    shopperLost: z.boolean().describe("the shopper's connection is lost and may come back (parked)"),
    quality: z.object({ shopper: opinionScore, rep: opinionScore }).describe('of each direction'),
    transferTo: z
      .array(z.object({ queueId: id<QueueId>(), name: z.string() }))
      .describe('other queues of the site, to which the talk may be sent on'),
  }),
  z.object({
    state: z.literal('wrap-up'),
    call: callCard,
    endedAt: time,
    reason: z.enum([...endReasons, 'transferred']).describe('`transferred`: a colleague has the talk now'),
    dueAt: time,
  }),
]);
export type RepWork = z.output<typeof repWork>;

/** What a rep is shown. */
export const repView = z.object({
  serverTime,
  storeDown: z
    .literal(true)
    .optional()
    .describe(
      'the database is away: what stands here is old, and no calls can come until a view without this',
    ),
  rep: z.object({ name: z.string(), email: z.string() }),
  access: z
    .string()
    .describe(
      'stands for the roles that the person has and where: when it is another one, what they may is to be asked for anew',
    ),
  status: z.enum(repStatuses),
  statusReason: z.enum(statusReasons),
  statusSince: time,
  statusNote: z
    .string()
    .describe(
      'which of `awayReasons` the rep chose; empty for none; those that begin with `default:` are codes',
    ),
  awayReasons: z.array(z.string()),
  declineReasons: z.array(z.string()),
  told: z
    .object({ by: z.string(), why: z.string(), what: z.enum(['status', 'wrap-up']) })
    .nullable()
    .describe('what a supervisor decided for the rep, until their state changes again'),
  mediaReady: z.boolean().describe("true when the rep's leg has a microphone: without it no call is offered"),
  work: repWork,
  queues: z.array(
    z.object({
      queueId: id<QueueId>(),
      name: z.string(),
      availability: z.enum(availabilities).describe("what a shopper's click would get now"),
      waiting: count,
      repsAvailable: count,
      repsBusy: count,
    }),
  ),
  waiting: z
    .array(
      callCard.extend({
        place,
        ringing: z.boolean(),
        ringsAgainAt: time
          .nullable()
          .describe('this rep declined it, and it rings there again then at the earliest'),
      }),
    )
    .describe(
      'the first of the line, in the order they will be answered; of their contexts only page and name, since the whole comes with the ringing',
    ),
  waitingTotal: count,
  missed: missedCall
    .nullable()
    .describe(
      'missed and not seen yet; at most one: who misses a call is away, and who goes available has seen it',
    ),
  absent: z
    .array(callCard.extend({ heldUntil: time.nullable() }))
    .describe(
      'kept, but not in line at present: cut off, a callback whose page is closed, or one that is tried again at `heldUntil`; the first by their wait',
    ),
  absentTotal: count,
});
export type RepView = z.output<typeof repView>;
