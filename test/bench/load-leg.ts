/**
 * One participant as a load: WebRTC by node-datachannel (all native, no audio decoding) with hand-made SDP towards
 * mediasoup's transports. Sends ready RTP packets, counts what arrives.
 */
import nodeDataChannel from 'node-datachannel';
import type {
  DtlsParameters,
  Heard,
  LegMedia,
  RtpCapabilities,
  RtpParameters,
  TransportInfo,
} from '../../shared/protocol.ts';
import type { ClientIo } from '../support/wrtc-client.ts';

export const payloadType = 100;
const mid = '0';
/** 32 kbit/s at 20 ms. */
const payloadBytes = 80;

export const loadCapabilities: RtpCapabilities = {
  codecs: [
    {
      kind: 'audio',
      mimeType: 'audio/opus',
      preferredPayloadType: payloadType,
      clockRate: 48_000,
      channels: 2,
      parameters: {},
      rtcpFeedback: [{ type: 'nack' }],
    },
  ],
  headerExtensions: [],
};

type Track = ReturnType<InstanceType<typeof nodeDataChannel.PeerConnection>['addTrack']>;
type Peer = InstanceType<typeof nodeDataChannel.PeerConnection>;

export class LoadLeg {
  sent = 0;
  received = 0;
  /** Each RTP packet that comes. */
  onPacket: (packet: Buffer) => void = () => {};
  readonly #ssrc: number;
  readonly #media: LegMedia;
  readonly #io: ClientIo;
  readonly #packet: Buffer;
  #sequence = 0;
  #timestamp = 0;
  #sender: { peer: Peer; track: Track } | undefined;
  #receiver: { peer: Peer; track: Track | undefined } | undefined;

  constructor(media: LegMedia, io: ClientIo, ssrc: number) {
    this.#media = media;
    this.#io = io;
    this.#ssrc = ssrc;
    this.#packet = Buffer.alloc(12 + payloadBytes, 0x5a);
    this.#packet.writeUInt8(0x80, 0);
    this.#packet.writeUInt8(payloadType, 1);
    this.#packet.writeUInt32BE(ssrc, 8);
  }

  /** Where the server takes media. */
  get server(): { ip: string; port: number } {
    const { address, ip, port } = this.#media.send.iceCandidates[0] as {
      address?: string;
      ip: string;
      port: number;
    };
    return { ip: address ?? ip, port };
  }

  /** Makes the microphone; returns its producer's id when packets can be sent. */
  async produce(): Promise<string> {
    const peer = newPeer(`send-${this.#ssrc}`);
    const audio = new nodeDataChannel.Audio(mid, 'SendOnly');
    audio.addOpusCodec(payloadType);
    audio.addSSRC(this.#ssrc, `load-${this.#ssrc}`);
    const track = peer.addTrack(audio);
    const open = new Promise<void>(resolve => track.onOpen(resolve));
    const offer = localDescription(peer);
    peer.setLocalDescription('offer');
    const { sdp } = await offer;
    await this.#io.connect(this.#media.send.id, dtlsOf(sdp));
    peer.setRemoteDescription(answerSdp(this.#media.send), 'answer');
    const producerId = await this.#io.produce(rtpParameters(this.#ssrc));
    await open;
    this.#sender = { peer, track };
    return producerId;
  }

  /** Connects the receiving side to what is heard. */
  async hear(heard: Heard): Promise<void> {
    const peer = newPeer(`receive-${this.#ssrc}`);
    const receiver: { peer: Peer; track: Track | undefined } = { peer, track: undefined };
    this.#receiver = receiver;
    const connected = new Promise<void>((resolve, reject) => {
      peer.onStateChange(state => {
        if (state === 'connected') resolve();
        if (state === 'failed') reject(new Error('the load client could not connect'));
      });
    });
    peer.onTrack(track => {
      // Held, or it would be collected with its callback.
      receiver.track = track;
      track.onMessage(packet => {
        // RTCP comes by the same port (RFC 5761).
        const type = packet[1]! & 0x7f;
        if (type >= 64 && type < 96) return;
        this.received++;
        this.onPacket(packet);
      });
    });
    const answer = localDescription(peer);
    peer.setRemoteDescription(offerSdp(this.#media.receive, heard.rtpParameters as RtpParameters), 'offer');
    const { sdp } = await answer;
    await this.#io.connect(this.#media.receive.id, dtlsOf(sdp));
    await connected;
  }

  /** One 20 ms packet. */
  send(): void {
    this.#packet.writeUInt16BE(this.#sequence, 2);
    this.#packet.writeUInt32BE(this.#timestamp, 4);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#timestamp = (this.#timestamp + 960) >>> 0;
    if (this.#sender?.track.sendMessageBinary(this.#packet)) this.sent++;
  }

  close(): void {
    this.#sender?.peer.close();
    this.#receiver?.peer.close();
  }
}

function newPeer(name: string): Peer {
  return new nodeDataChannel.PeerConnection(name, { iceServers: [], bindAddress: '127.0.0.1' });
}

function localDescription(peer: Peer): Promise<{ sdp: string }> {
  return new Promise(resolve => peer.onLocalDescription(sdp => resolve({ sdp })));
}

/** What a client's description says of its side of DTLS. */
export function dtlsOf(sdp: string): DtlsParameters {
  const value = /a=fingerprint:sha-256 (\S+)/i.exec(sdp)?.[1];
  if (!value) throw new Error(`no SHA-256 fingerprint in: ${sdp}`);
  return { role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] };
}

/** Of a microphone. */
export function rtpParameters(ssrc: number, type = payloadType): RtpParameters {
  return {
    mid,
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: type,
        clockRate: 48_000,
        channels: 2,
        parameters: {},
        rtcpFeedback: [{ type: 'nack' }],
      },
    ],
    headerExtensions: [],
    encodings: [{ ssrc }],
    rtcp: { cname: `load-${ssrc}` },
  };
}

/** The server's answer to a client that offers its microphone. */
export const answerSdp = (transport: TransportInfo, type = payloadType) =>
  sdp(transport, mid, type, ['a=recvonly', 'a=setup:passive']);

/** The server's offer of what is to be heard. */
export const offerSdp = (
  transport: TransportInfo,
  { mid: heardMid = mid, codecs, encodings }: RtpParameters,
) =>
  sdp(transport, heardMid, payloadType, [
    'a=sendonly',
    ...(codecs[0]?.rtcpFeedback ?? []).map(({ type }) => `a=rtcp-fb:${payloadType} ${type}`),
    // The client answers `active`: DTLS begins on its side, as with browsers.
    'a=setup:actpass',
    `a=ssrc:${encodings[0]?.ssrc} cname:server`,
  ]);

function sdp(transport: TransportInfo, mid: string, type: number, media: string[]): string {
  const ice = transport.iceParameters as { usernameFragment: string; password: string };
  const candidates = transport.iceCandidates as {
    foundation: string;
    priority: number;
    ip: string;
    protocol: string;
    port: number;
  }[];
  const { fingerprints } = transport.dtlsParameters as DtlsParameters;
  const fingerprint = fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    `a=group:BUNDLE ${mid}`,
    `m=audio 9 UDP/TLS/RTP/SAVPF ${type}`,
    'c=IN IP4 127.0.0.1',
    `a=mid:${mid}`,
    'a=rtcp-mux',
    `a=ice-ufrag:${ice.usernameFragment}`,
    `a=ice-pwd:${ice.password}`,
    `a=fingerprint:sha-256 ${fingerprint?.value}`,
    `a=rtpmap:${type} opus/48000/2`,
    ...media,
    ...candidates
      .filter(({ protocol }) => protocol === 'udp')
      .map(one => `a=candidate:${one.foundation} 1 udp ${one.priority} ${one.ip} ${one.port} typ host`),
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}
