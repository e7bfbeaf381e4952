/**
 * Every message on the signaling WebSocket (`/signal`, JSON text frames). The schemas are the one
 * source: the server parses with them, the browser imports the types only.
 *
 * client -> server  `Request`   `{id, type, data}`, the first one being `hello`
 * server -> client  `Answer`    `{id, ok: true, data}` or `{id, ok: false, error: {code, message, params?}}`
 * server -> client  `Push`      `{push: 'view' | 'hearing', ...}`: always the whole current truth, but for `board`
 */
import { z } from 'zod';
import { boardFilter, boardPush } from './board.ts';
import { callContext } from './call-context.ts';
import { callbackOutcomes, microphoneStates, repStatuses } from './domain.ts';
import { id, legId } from './id-schemas.ts';
import type { CallId, OfferId, QueueId, RepId } from './ids.ts';
import {
  dtlsParameters,
  heard,
  iceServer,
  legMedia,
  rtpCapabilities,
  rtpParameters,
  transportInfo,
} from './leg-media.ts';
import { limits } from './limits.ts';
import type { Permission } from './permissions.ts';
import { blockWish } from './settings.ts';
import { plainText } from './text.ts';
import { repView, shopperView } from './views.ts';
import { type ErrorCode, errorCodes } from './wire.ts';

export type {
  DtlsParameters,
  Heard,
  HeardParty,
  IceServer,
  LegMedia,
  RtpCapabilities,
  RtpParameters,
  TransportInfo,
} from './leg-media.ts';
export type { ErrorCode };
export { dtlsParameters, rtpCapabilities, rtpParameters };

/** A browser's own `PushSubscription`: where a push service takes messages for it, and the keys they are encrypted with. */
export const pushSubscription = z.object({
  /** Kept as it came: which services may be asked is decided by one parser, when it is given and when it is used. */
  endpoint: z.string().startsWith('https://').max(1_000),
  keys: z.object({
    /** An uncompressed P-256 point and 16 random bytes, both base64url. */
    p256dh: z.string().regex(/^[\w-]{87}$/),
    auth: z.string().regex(/^[\w-]{22}$/),
  }),
});
export type PushSubscription = z.output<typeof pushSubscription>;

/** What a push brings to the service worker of a shop. */
export type PushMessage = {
  talkToUs: 'calling-back';
  repName: string;
  /** Where the shopper was last, null when unknown. */
  page: string | null;
};

const keepsLeg = z
  .boolean()
  .default(false)
  .describe(
    'the same page again, whose media never stopped; without it the leg that a closed page left is dropped',
  );

const window = {
  keepsLeg,
  resumes: z
    .string()
    .max(64)
    .optional()
    .describe(
      '`sessionId` of the connection that this page, or the one before it in this tab, had: this one replaces it',
    ),
  follows: z
    .boolean()
    .default(false)
    .describe(
      'the page followed a call of another window before, and does not hold it unless it is given up',
    ),
};

const hello = z.discriminatedUnion('role', [
  z.object({
    protocolVersion: z.number().int(),
    role: z.literal('shopper'),
    siteKey: z.string().min(1).max(80),
    token: z
      .string()
      .max(2_000)
      .optional()
      .describe('the token of an earlier `hello` in this tab: the same shopper, and so the same call, again'),
    queueId: id<QueueId>()
      .optional()
      .describe('the queue that a call would ask for; views without a call are about that one'),
    languages: z
      .array(z.string().max(limits.maxLanguageTagLength))
      .max(limits.languagesAsked)
      .default([])
      .describe(
        'what the page would speak, the best first, such as `de`: by it the words of the shop are chosen',
      ),
    ...window,
  }),
  z.object({
    protocolVersion: z.number().int(),
    role: z.literal('rep'),
    ticket: z.string().min(1).max(2_000).describe('from `POST /api/rep/ticket`; works once'),
    ...window,
  }),
  z.object({
    protocolVersion: z.number().int(),
    role: z.literal('board').describe('looks at the live board, on a connection of its own'),
    ticket: z.string().min(1).max(2_000).describe('from `POST /api/rep/ticket`; works once'),
  }),
]);

/** Which window of the person has the call and its media; of `nobody` the first to ask gets it. */
const heldBy = z
  .enum(['this', 'another', 'nobody'])
  .describe('which window of the person has the call and its media; of `nobody` the first to ask gets it');
export type HeldBy = z.output<typeof heldBy>;

const view = z.union([shopperView, repView]).describe('by the role of who said `hello`');

export const helloAnswer = z.object({
  protocolVersion: z.number().int(),
  sessionId: z.string().describe('for `resumes` of the next `hello`'),
  token: z.string().optional().describe('shoppers: keep per tab and send with the next `hello`'),
  heartbeatMs: z.number().int(),
  heartbeatMisses: z.number().int(),
  serverTime: z.number().int(),
  routerRtpCapabilities: z.unknown().describe('what the device of mediasoup-client is loaded with'),
  iceServers: z.array(iceServer),
  view,
  heldBy,
});
export type HelloAnswer = z.output<typeof helloAnswer>;

/** What somebody is answered who only looks on. */
export const onlookerAnswer = helloAnswer.pick({
  protocolVersion: true,
  heartbeatMs: true,
  heartbeatMisses: true,
  serverTime: true,
});
export type OnlookerAnswer = z.output<typeof onlookerAnswer>;

export const nothing = z.object({});
export const oneCall = z.object({ callId: id<CallId>() });
export const callMedia = z.object({ callId: id<CallId>(), media: legMedia });
const transferNote = z
  .string()
  .max(500)
  .default('')
  .describe('what whoever has the call next reads, as it rings and in the talk');
const transportId = z.string().min(1).max(64);

/** `may`: null for everybody, before anything is known of them. `about`: in one sentence. `answer`: a good one. */
export type RequestKind = { may: Permission | null; about: string; data: z.ZodType; answer: z.ZodType };

/** Every request, by its type. */
export const requests = {
  hello: {
    may: null,
    about: 'Who this is. The first request, and no other.',
    data: hello,
    answer: z.union([helloAnswer, onlookerAnswer]).describe('the second one for whoever only looks on'),
  },

  'call.start': {
    may: 'calls.ask',
    about: 'Ask to talk. The answer brings the transports and what to hear at once (hold music).',
    data: z.object({
      queueId: id<QueueId>().optional(),
      context: callContext.default({}),
      rtpCapabilities,
    }),
    answer: callMedia,
  },
  'call.context': {
    may: 'calls.ask',
    about: 'Tell the rep about a new page or cart during the call.',
    data: z.object({ context: callContext }),
    answer: nothing,
  },
  'callback.request': {
    may: 'calls.ask',
    about:
      'Be called back instead of waiting, in the open page or at a number. The place is kept. With a number also while nobody can take a call.',
    data: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('page') }),
      z.object({
        kind: z.literal('phone'),
        phone: z
          .string()
          .max(limits.maxPhoneLength)
          .describe('as typed; the server reads it and says in words what is wrong with it'),
        queueId: id<QueueId>().optional(),
        context: callContext.default({}),
      }),
    ]),
    answer: z.object({
      callId: id<CallId>(),
      pushKey: z.string().describe('what a browser subscribes to pushes with, base64url'),
    }),
  },
  'callback.push': {
    may: 'calls.ask',
    about: 'Where a push finds this browser when the page is closed by then.',
    data: z.object({ callId: id<CallId>(), subscription: pushSubscription }),
    answer: nothing,
  },
  'callback.answer': {
    may: 'calls.ask',
    about: 'The page rings, and the shopper answers. The answer is that of `call.start`.',
    data: z.object({ callId: id<CallId>(), rtpCapabilities }),
    answer: callMedia,
  },
  'callback.put-off': {
    may: 'calls.ask',
    about: 'The page rings, and it does not suit now; tried again later.',
    data: oneCall,
    answer: nothing,
  },
  'callback.outcome': {
    may: 'calls.take',
    about: 'What came of dialling.',
    data: z.object({ callId: id<CallId>(), outcome: z.enum(callbackOutcomes) }),
    answer: nothing,
  },
  'call.hang-up': { may: 'calls.take-part', about: 'End the call.', data: oneCall, answer: nothing },

  'leg.open': {
    may: 'calls.take-part',
    about: "Make the leg's media connection, or make it anew after a reload or failure.",
    data: z.object({ rtpCapabilities }),
    answer: z.object({ media: legMedia }),
  },
  'leg.connect': {
    may: 'calls.take-part',
    about: 'DTLS of one transport of the leg.',
    data: z.object({ transportId, dtlsParameters }),
    answer: nothing,
  },
  'leg.produce': {
    may: 'calls.take-part',
    about: 'The microphone. Its producer is the source that others hear.',
    data: z.object({ rtpParameters }),
    answer: z.object({ producerId: z.string() }),
  },
  'leg.restart-ice': {
    may: 'calls.take-part',
    about: 'New ICE credentials after a change of network.',
    data: z.object({ transportId }),
    answer: transportInfo.pick({ iceParameters: true }),
  },
  'leg.mute': {
    may: 'calls.take-part',
    about: 'The microphone is muted, or open again; the other side is shown it.',
    data: z.object({ muted: z.boolean() }),
    answer: nothing,
  },
  'leg.microphone': {
    may: 'calls.take-part',
    about: 'What is the matter with the microphone, or that nothing is any more; the other side is shown it.',
    data: z.object({ state: z.enum(microphoneStates) }),
    answer: nothing,
  },
  'session.take-over': {
    may: 'calls.take-part',
    about: "Bring the call, or a rep's phone, to this window.",
    data: z.object({
      onlyIfFree: z
        .boolean()
        .default(false)
        .describe('unless another window has it, which is told by `in-use-elsewhere`'),
    }),
    answer: nothing,
  },
  'leg.quality': {
    may: 'calls.take-part',
    about: 'What the receiver measured, every few seconds of a talk.',
    data: z.object({
      rttMs: z.number().min(0).max(60_000),
      jitterMs: z.number().min(0).max(60_000),
      lossPercent: z.number().min(0).max(100),
    }),
    answer: nothing,
  },

  beat: {
    may: 'calls.take-part',
    about: 'Every `heartbeatMs`: browsers cannot see WebSocket pings, so they ask.',
    data: nothing,
    answer: nothing,
  },

  'rep.status': {
    may: 'calls.take',
    about: 'Be available, away or offline.',
    data: z.object({
      status: z.enum(repStatuses),
      note: z.string().max(40).default('').describe("one of the team's reasons to be away"),
    }),
    answer: nothing,
  },
  'missed.seen': {
    may: 'calls.take',
    about: 'The missed calls up to `at` have been seen.',
    data: z.object({
      at: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).describe('ms UTC'),
    }),
    answer: nothing,
  },
  'offer.accept': {
    may: 'calls.take',
    about: 'Take the call that rings.',
    data: z.object({ offerId: id<OfferId>() }),
    answer: oneCall,
  },
  'offer.decline': {
    may: 'calls.take',
    about: 'Do not take the call that rings; it goes to somebody else, or rings here again later.',
    data: z.object({
      offerId: id<OfferId>(),
      reason: z.string().max(40).default('').describe("one of the team's reasons to decline"),
    }),
    answer: nothing,
  },
  'call.hold': {
    may: 'calls.take',
    about: 'Put the shopper on hold, who then hears the music of the queue, or take them back.',
    data: z.object({ callId: id<CallId>(), hold: z.boolean() }),
    answer: nothing,
  },
  'call.transfer': {
    may: 'calls.take',
    about: 'Send the talk on to another queue of the same site.',
    data: z.object({ callId: id<CallId>(), queueId: id<QueueId>(), note: transferNote }),
    answer: nothing,
  },
  'call.transfer-to-rep': {
    may: 'calls.take',
    about:
      'Ring a colleague, who takes the talk over by `offer.accept`; the shopper is on hold until then, and the asker has the talk until then, or again. Refused with `no-rep` when the colleague is not free.',
    data: z.object({ callId: id<CallId>(), repId: id<RepId>(), note: transferNote }),
    answer: nothing,
  },
  'call.take-back': {
    may: 'calls.take',
    about: 'Ring the colleague no more, and talk on.',
    data: oneCall,
    answer: nothing,
  },
  'call.colleagues': {
    may: 'calls.take',
    about: 'To whom the talk can be sent on: who else takes calls of its site.',
    data: oneCall,
    answer: z.object({
      colleagues: z.array(z.object({ repId: id<RepId>(), name: z.string(), free: z.boolean() })),
    }),
  },
  'queue.pick-up': {
    may: 'calls.take',
    about:
      'Take any call that waits, rings elsewhere, or is a callback; supervisors and admins of any queue. Refused with `rep-busy`, `unreachable`, or `offer-gone` when it waits no more.',
    data: oneCall,
    answer: oneCall,
  },
  'queue.remove': {
    may: 'calls.take',
    about: "End the wait of any of these, for a reason that stands in the call's story.",
    data: z.object({ callId: id<CallId>(), reason: z.string().max(200).default('') }),
    answer: nothing,
  },
  'caller.block': {
    may: 'callers.block',
    about:
      "Take no more calls from whoever made this one; what waits of them ends, and so does the rep's own talk with them. Refused with `no-room` when the list is full.",
    data: blockWish,
    answer: nothing,
  },
  'board.watch': {
    may: 'board.see',
    about:
      'Look at the live board, by that filter from now on. Only on a connection that said `hello` as `board`; refused with `bad-request` on others.',
    data: boardFilter,
    answer: nothing,
  },
  'wrap-up.finish': {
    may: 'calls.take',
    about: 'After-call work is done.',
    data: z.object({ note: z.string().max(2_000).default('') }),
    answer: nothing,
  },
} as const satisfies Record<string, RequestKind>;

export type RequestType = keyof typeof requests;
/** Request data as the client writes it (defaults may be left out). */
export type RequestInput<T extends RequestType> = z.input<(typeof requests)[T]['data']>;
/** Request data as the server reads it. */
export type RequestData<T extends RequestType> = z.output<(typeof requests)[T]['data']>;
/** Request type -> data of a good answer; of `hello` the one for shoppers and reps. */
export type Answers = {
  [T in RequestType]: T extends 'hello' ? HelloAnswer : z.output<(typeof requests)[T]['answer']>;
};

/** The envelope of every frame from a client. */
export const requestEnvelope = z.object({
  id: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  type: z.string().max(40),
  data: z.unknown().transform(value => plainText(value)),
});

const badNumber = z.discriminatedUnion('problem', [
  z.object({ problem: z.enum(['no-number', 'too-short', 'too-long', 'premium']) }),
  z.object({
    problem: z.literal('country'),
    countries: z.array(z.string()).describe('those that the queue calls, as ISO 3166 codes'),
  }),
]);
/** Why a number that was left is not called. */
export type BadNumber = z.output<typeof badNumber>;
/** Of `bad-number`. */
export type ErrorParams = BadNumber;

/** What a refused request is answered with. */
export const errorAnswer = z.object({
  id: requestEnvelope.shape.id.describe('of the request'),
  ok: z.literal(false),
  error: z.object({
    code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]),
    message: z.string().describe('in English, for a person who looks for the cause'),
    params: badNumber.optional().describe('of `bad-number`: what a client puts into words'),
  }),
});
export type Answer = { id: number; ok: true; data: unknown } | z.output<typeof errorAnswer>;

/** What the server sends unasked, by the name in `push`. */
export const pushes = {
  view: {
    about: 'The view has changed. It is the whole current one, and takes the place of the one before.',
    message: z.object({ push: z.literal('view'), view, heldBy }),
  },
  hearing: {
    about: 'What the leg hears has changed. It is the whole current list.',
    message: z.object({ push: z.literal('hearing'), legId, hearing: z.array(heard) }),
  },
  muted: {
    about: 'Another window of the same person wants the microphone of this one silenced, or open.',
    message: z.object({ push: z.literal('muted'), muted: z.boolean() }),
  },
  'leg-lost': {
    about: "The leg's media is gone (a worker died, ICE failed for good): ask for `leg.open` again.",
    message: z.object({ push: z.literal('leg-lost'), legId }),
  },
  board: {
    about: 'What of the live board has changed since the last of these, in the page that is looked at.',
    message: boardPush,
  },
} as const;
/** What comes to shoppers and reps. Boards get `BoardPush`, on connections of their own. */
export type Push = z.output<(typeof pushes)[Exclude<keyof typeof pushes, 'board'>]['message']>;
