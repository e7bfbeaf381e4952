/**
 * Every message on the signaling WebSocket (`/signal`, JSON text frames). The schemas are the one
 * source: the server parses with them, the browser imports the types only.
 *
 * client -> server  `Request`   `{id, type, data}`, the first one being `hello`
 * server -> client  `Answer`    `{id, ok: true, data}` or `{id, ok: false, error: {code, message}}`
 * server -> client  `Push`      `{push: 'view' | 'hearing', ...}`: always the whole current truth
 */
import { z } from 'zod';
import { callContext } from './call-context.ts';
import { callbackOutcomes, microphoneStates, type PartyKind, repStatuses } from './domain.ts';
import type { CallId, LegId, OfferId, PartyId, QueueId } from './ids.ts';
import { limits } from './limits.ts';
import { blockWish } from './settings.ts';
import { plainText } from './text.ts';
import type { RepView, ShopperView } from './views.ts';
import type { ErrorCode } from './wire.ts';

export type { ErrorCode };

const id = <T extends string>() => z.string().min(1).max(64) as unknown as z.ZodType<T>;
/** DTLS as mediasoup wants it. An empty fingerprint list has killed workers, so it stops here. */
export const dtlsParameters = z.object({
  role: z.enum(['client', 'server', 'auto']).optional(),
  fingerprints: z
    .array(
      z.object({
        algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: z
          .string()
          .regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){19,63}$/, 'must be hex pairs joined by colons'),
      }),
    )
    .min(1)
    .max(8),
});

const simpleValue = z.union([z.string().max(200), z.number(), z.null()]);
const rtcpFeedback = z.object({ type: z.string().max(40), parameter: z.string().max(40).optional() });
const audioMime = z.string().regex(/^audio\/[\w.+-]{1,40}$/i, 'must be an audio type');
const headerExtension = z.object({
  uri: z.string().max(200),
  id: z.number().int().min(1).max(255),
  encrypt: z.boolean().optional(),
  parameters: z.record(z.string().max(40), simpleValue).optional(),
});

/** What a browser can receive. Codecs and extensions of other kinds are dropped, not refused. */
export const rtpCapabilities = z.object({
  codecs: z
    .array(
      z.object({
        kind: z.enum(['audio', 'video']),
        mimeType: z.string().max(60),
        preferredPayloadType: z.number().int().min(0).max(127).optional(),
        clockRate: z.number().int().min(1).max(1_000_000),
        channels: z.number().int().min(1).max(8).optional(),
        parameters: z.record(z.string().max(60), simpleValue).optional(),
        rtcpFeedback: z.array(rtcpFeedback).max(32).optional(),
      }),
    )
    .max(64),
  headerExtensions: z
    .array(
      z.object({
        kind: z.enum(['audio', 'video']),
        uri: z.string().max(200),
        preferredId: z.number().int().min(1).max(255),
        preferredEncrypt: z.boolean().optional(),
        direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional(),
      }),
    )
    .max(64)
    .optional(),
});

/** One Opus stream, as a browser's sender describes it. */
export const rtpParameters = z.object({
  mid: z.string().max(16).optional(),
  codecs: z
    .array(
      z.object({
        mimeType: audioMime,
        payloadType: z.number().int().min(0).max(127),
        clockRate: z.number().int().min(1).max(1_000_000),
        channels: z.number().int().min(1).max(8).optional(),
        parameters: z.record(z.string().max(60), simpleValue).optional(),
        rtcpFeedback: z.array(rtcpFeedback).max(32).optional(),
      }),
    )
    .min(1)
    .max(4),
  headerExtensions: z.array(headerExtension).max(32).optional(),
  encodings: z
    .array(
      z.object({
        ssrc: z.number().int().min(1).max(0xffff_ffff).optional(),
        rid: z.string().max(16).optional(),
        dtx: z.boolean().optional(),
        active: z.boolean().optional(),
        maxBitrate: z.number().int().min(1).optional(),
      }),
    )
    .length(1),
  rtcp: z
    .object({
      cname: z.string().max(128).optional(),
      reducedSize: z.boolean().optional(),
      mux: z.boolean().optional(),
    })
    .optional(),
  msid: z.string().max(128).optional(),
});

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

/** The same page again, whose media never stopped. Without it the server drops the leg that a closed page left. */
const keepsLeg = z.boolean().default(false);

const window = {
  keepsLeg,
  /** `sessionId` of the connection that this page, or the one before it in this tab, had: this one replaces it. */
  resumes: z.string().max(64).optional(),
  /** The page followed a call of another window before, and does not hold it unless it is given up. */
  follows: z.boolean().default(false),
};

const hello = z.discriminatedUnion('role', [
  z.object({
    protocolVersion: z.number().int(),
    role: z.literal('shopper'),
    siteKey: z.string().min(1).max(80),
    /** The token of an earlier `hello` in this tab: the same shopper, and so the same call, again. */
    token: z.string().max(2_000).optional(),
    /** The queue that a call would ask for; views without a call are about that one. */
    queueId: id<QueueId>().optional(),
    ...window,
  }),
  z.object({
    protocolVersion: z.number().int(),
    role: z.literal('rep'),
    /** From `POST /api/rep/ticket`; works once. */
    ticket: z.string().min(1).max(2_000),
    ...window,
  }),
]);

/** Request type -> schema of its data, and who may send it. */
export const requests = {
  hello: { role: 'anyone', data: hello },

  /** Shopper: ask to talk. Answers with transports and what to hear at once (hold music). */
  'call.start': {
    role: 'shopper',
    data: z.object({
      queueId: id<QueueId>().optional(),
      context: callContext.default({}),
      rtpCapabilities,
    }),
  },
  /** Shopper: tell the rep about a new page or cart during the call. */
  'call.context': { role: 'shopper', data: z.object({ context: callContext }) },
  /**
   * Shopper: be called back instead of waiting, in the open page or at a number. The place is kept. With a number also
   * while nobody can take a call.
   */
  'callback.request': {
    role: 'shopper',
    data: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('page') }),
      z.object({
        kind: z.literal('phone'),
        /** As typed; the server reads it and says in words what is wrong with it. */
        phone: z.string().max(limits.maxPhoneLength),
        queueId: id<QueueId>().optional(),
        context: callContext.default({}),
      }),
    ]),
  },
  /** Shopper: where a push finds this browser when the page is closed by then. */
  'callback.push': {
    role: 'shopper',
    data: z.object({ callId: id<CallId>(), subscription: pushSubscription }),
  },
  /** Shopper: the page rings, and the shopper answers. Answers as `call.start` does. */
  'callback.answer': { role: 'shopper', data: z.object({ callId: id<CallId>(), rtpCapabilities }) },
  /** Shopper: not now; tried again later. */
  'callback.put-off': { role: 'shopper', data: z.object({ callId: id<CallId>() }) },
  /** Rep: what came of dialling. */
  'callback.outcome': {
    role: 'rep',
    data: z.object({ callId: id<CallId>(), outcome: z.enum(callbackOutcomes) }),
  },
  /** Either side: end the call. */
  'call.hang-up': { role: 'both', data: z.object({ callId: id<CallId>() }) },

  /** Either side: make the leg's media connection, or make it anew after a reload or failure. */
  'leg.open': { role: 'both', data: z.object({ rtpCapabilities }) },
  /** Either side: DTLS of one transport of the leg. */
  'leg.connect': {
    role: 'both',
    data: z.object({ transportId: z.string().min(1).max(64), dtlsParameters }),
  },
  /** Either side: the microphone. Its producer is the source that others hear. */
  'leg.produce': { role: 'both', data: z.object({ rtpParameters }) },
  /** Either side: new ICE credentials after a change of network. */
  'leg.restart-ice': { role: 'both', data: z.object({ transportId: z.string().min(1).max(64) }) },
  /** Either side: the microphone is muted; the other side is shown it. */
  'leg.mute': { role: 'both', data: z.object({ muted: z.boolean() }) },
  /** Either side: what is the matter with the microphone, or that nothing is any more; the other side is shown it. */
  'leg.microphone': { role: 'both', data: z.object({ state: z.enum(microphoneStates) }) },
  /**
   * Either side: bring the call, or a rep's phone, to this window. `onlyIfFree`: unless another window has it, which is
   * told by `in-use-elsewhere`.
   */
  'session.take-over': { role: 'both', data: z.object({ onlyIfFree: z.boolean().default(false) }) },
  /** Either side, every few seconds of a talk: what the receiver measured. */
  'leg.quality': {
    role: 'both',
    data: z.object({
      rttMs: z.number().min(0).max(60_000),
      jitterMs: z.number().min(0).max(60_000),
      lossPercent: z.number().min(0).max(100),
    }),
  },

  /** Either side, every `heartbeatMs`: browsers cannot see WebSocket pings, so they ask. */
  beat: { role: 'both', data: z.object({}) },

  /** Rep: `note` is one of the team's reasons to be away. */
  'rep.status': {
    role: 'rep',
    data: z.object({ status: z.enum(repStatuses), note: z.string().max(40).default('') }),
  },
  /** Rep: the missed calls up to then, ms UTC, have been seen. */
  'missed.seen': {
    role: 'rep',
    data: z.object({ at: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER) }),
  },
  'offer.accept': { role: 'rep', data: z.object({ offerId: id<OfferId>() }) },
  /** Rep: `reason` is one of the team's reasons to decline. */
  'offer.decline': {
    role: 'rep',
    data: z.object({ offerId: id<OfferId>(), reason: z.string().max(40).default('') }),
  },
  /** Rep: send the talk on to another queue of the same site. */
  'call.transfer': {
    role: 'rep',
    data: z.object({ callId: id<CallId>(), queueId: id<QueueId>() }),
  },
  /**
   * Rep: take any call that waits, rings elsewhere, or is a callback; supervisors and admins of any queue. Refused with
   * `rep-busy`, `unreachable`, or `offer-gone` when it waits no more.
   */
  'queue.pick-up': { role: 'rep', data: z.object({ callId: id<CallId>() }) },
  /** Rep: end the wait of any of these, for a reason that stands in the call's story. */
  'queue.remove': {
    role: 'rep',
    data: z.object({ callId: id<CallId>(), reason: z.string().max(200).default('') }),
  },
  /**
   * Rep: take no more calls from whoever made this one; what waits of them ends, and so does the rep's own talk with
   * them. Refused with `no-room` when the list is full.
   */
  'caller.block': { role: 'rep', data: blockWish },
  'wrap-up.finish': {
    role: 'rep',
    data: z.object({ note: z.string().max(2_000).default('') }),
  },
} as const;

export type RequestType = keyof typeof requests;
/** Request data as the client writes it (defaults may be left out). */
export type RequestInput<T extends RequestType> = z.input<(typeof requests)[T]['data']>;
/** Request data as the server reads it. */
export type RequestData<T extends RequestType> = z.output<(typeof requests)[T]['data']>;

/** The envelope of every frame from a client. */
export const requestEnvelope = z.object({
  id: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  type: z.string().max(40),
  data: z.unknown().transform(value => plainText(value)),
});

export type DtlsParameters = z.output<typeof dtlsParameters>;
export type RtpCapabilities = z.output<typeof rtpCapabilities>;
export type RtpParameters = z.output<typeof rtpParameters>;

/** What a browser needs to make one transport; passed to mediasoup-client as it is. */
export type TransportInfo = {
  id: string;
  iceParameters: unknown;
  iceCandidates: unknown[];
  dtlsParameters: unknown;
};

/** Whose voice it is. `id` is null for a rep whose headset rings: they are no party yet. */
export type HeardParty = { id: PartyId | null; kind: PartyKind };

/** One thing this leg hears, or is about to hear (`active: false`: made while ringing, resumed on answer). */
export type Heard = {
  consumerId: string;
  producerId: string;
  rtpParameters: unknown;
  source: 'music' | 'voice';
  /** Null for music. */
  party: HeardParty | null;
  active: boolean;
};

/** The media side of a leg: two transports and what to hear. Sent by `call.start` and `leg.open`. */
export type LegMedia = {
  legId: LegId;
  send: TransportInfo;
  receive: TransportInfo;
  hearing: Heard[];
};

/** STUN and TURN servers in the browser's own format. */
export type IceServer = { urls: string[]; username?: string; credential?: string };

export type HelloAnswer = {
  protocolVersion: number;
  sessionId: string;
  /** Shoppers: keep per tab and send with the next `hello`. */
  token?: string;
  heartbeatMs: number;
  heartbeatMisses: number;
  serverTime: number;
  routerRtpCapabilities: unknown;
  iceServers: IceServer[];
  view: ShopperView | RepView;
  heldBy: HeldBy;
};

/** Which window of the person has the call and its media; of `nobody` the first to ask gets it. */
export type HeldBy = 'this' | 'another' | 'nobody';

/** Request type -> data of a good answer. */
export type Answers = {
  hello: HelloAnswer;
  'call.start': { callId: CallId; media: LegMedia };
  'call.context': Record<string, never>;
  'call.hang-up': Record<string, never>;
  'leg.open': { media: LegMedia };
  'leg.connect': Record<string, never>;
  'leg.produce': { producerId: string };
  'leg.restart-ice': { iceParameters: unknown };
  'leg.mute': Record<string, never>;
  'leg.microphone': Record<string, never>;
  'session.take-over': Record<string, never>;
  'leg.quality': Record<string, never>;
  beat: Record<string, never>;
  'rep.status': Record<string, never>;
  'missed.seen': Record<string, never>;
  'offer.accept': { callId: CallId };
  'offer.decline': Record<string, never>;
  'call.transfer': Record<string, never>;
  'queue.pick-up': { callId: CallId };
  'queue.remove': Record<string, never>;
  'caller.block': Record<string, never>;
  /** `pushKey`: what a browser subscribes to pushes with, base64url. */
  'callback.request': { callId: CallId; pushKey: string };
  'callback.push': Record<string, never>;
  'callback.answer': { callId: CallId; media: LegMedia };
  'callback.put-off': Record<string, never>;
  'callback.outcome': Record<string, never>;
  'wrap-up.finish': Record<string, never>;
};

export type Answer =
  | { id: number; ok: true; data: unknown }
  | { id: number; ok: false; error: { code: ErrorCode; message: string } };

export type Push =
  | { push: 'view'; view: ShopperView | RepView; heldBy: HeldBy }
  | { push: 'hearing'; legId: LegId; hearing: Heard[] }
  /** Another window of the same person wants the microphone of this one silenced, or open. */
  | { push: 'muted'; muted: boolean }
  /** The leg's media is gone (a worker died, ICE failed for good): ask for `leg.open` again. */
  | { push: 'leg-lost'; legId: LegId };
