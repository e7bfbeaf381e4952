/** What the media connection of a leg is made of, in the terms of mediasoup and ORTC; parts of the protocol. */
import { z } from 'zod';
import { partyKinds } from './domain.ts';
import { id, legId } from './id-schemas.ts';
import type { PartyId } from './ids.ts';

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

export type DtlsParameters = z.output<typeof dtlsParameters>;
export type RtpCapabilities = z.output<typeof rtpCapabilities>;
export type RtpParameters = z.output<typeof rtpParameters>;

/** What a browser needs to make one transport; passed to mediasoup-client as it is. */
export const transportInfo = z.object({
  id: z.string().describe('`transportId` of the requests about it'),
  iceParameters: z.unknown().describe('of the server'),
  iceCandidates: z.array(z.unknown()).describe('of the server'),
  dtlsParameters: z.unknown().describe('of the server'),
});
export type TransportInfo = z.output<typeof transportInfo>;

/** Whose voice it is. */
export const heardParty = z.object({
  id: id<PartyId>().nullable().describe('null for a rep whose headset rings: they are no party yet'),
  kind: z.enum(partyKinds),
});
export type HeardParty = z.output<typeof heardParty>;

/** One thing that a leg hears, or is about to hear. */
export const heard = z.object({
  consumerId: z.string(),
  producerId: z.string(),
  rtpParameters: z.unknown().describe('for the consumer, as mediasoup gives them'),
  source: z.enum(['music', 'voice']),
  party: heardParty.nullable().describe('whose voice it is; null for music'),
  active: z.boolean().describe('false: made while it rings, resumed when it is answered'),
});
export type Heard = z.output<typeof heard>;

/** The media side of a leg: two transports and what to hear. */
export const legMedia = z.object({
  legId,
  send: transportInfo.describe('for the microphone'),
  receive: transportInfo.describe('for all that is heard'),
  hearing: z.array(heard),
});
export type LegMedia = z.output<typeof legMedia>;

/** STUN and TURN servers in the browser's own format. */
export const iceServer = z.object({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
});
export type IceServer = z.output<typeof iceServer>;
