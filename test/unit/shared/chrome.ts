/** What mediasoup-client sends over libwebrtc with Chrome's handler, as it was recorded. */
import type { DtlsParameters, RtpCapabilities, RtpParameters } from '../../../shared/protocol.ts';

const feedback = [
  { type: 'transport-cc', parameter: '' },
  { type: 'nack', parameter: '' },
];
const extension = (kind: 'audio' | 'video', uri: string, preferredId: number) => ({
  kind,
  uri,
  preferredId,
  preferredEncrypt: false,
  direction: 'sendrecv' as const,
});
const absSendTime = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time';
const transportCc = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';
const sdesMid = 'urn:ietf:params:rtp-hdrext:sdes:mid';
const audioLevel = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';

export const chromeCapabilities: RtpCapabilities = {
  codecs: [
    {
      kind: 'audio',
      mimeType: 'audio/opus',
      preferredPayloadType: 100,
      clockRate: 48_000,
      channels: 2,
      parameters: { minptime: 10, useinbandfec: 1 },
      rtcpFeedback: feedback,
    },
  ],
  headerExtensions: [
    extension('video', sdesMid, 1),
    extension('video', absSendTime, 4),
    extension('video', transportCc, 5),
    extension('audio', audioLevel, 6),
    extension('video', 'urn:3gpp:video-orientation', 8),
    extension('video', 'urn:ietf:params:rtp-hdrext:toffset', 9),
    extension('video', 'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay', 11),
  ],
};

export const chromeMicrophone: RtpParameters = {
  mid: '0',
  codecs: [
    {
      mimeType: 'audio/opus',
      payloadType: 111,
      clockRate: 48_000,
      channels: 2,
      parameters: { minptime: 10, useinbandfec: 1, usedtx: 1 },
      rtcpFeedback: feedback,
    },
  ],
  headerExtensions: [
    { uri: sdesMid, id: 4, encrypt: false, parameters: {} },
    { uri: absSendTime, id: 2, encrypt: false, parameters: {} },
    { uri: transportCc, id: 3, encrypt: false, parameters: {} },
    { uri: audioLevel, id: 1, encrypt: false, parameters: {} },
  ],
  encodings: [{ ssrc: 3_415_170_237, dtx: false }],
  rtcp: { cname: 'aThbcq4YA62vKPh+', reducedSize: true },
  msid: 'dab97a3a-6f83-4877-95f8-e04ed278c111 34ec9164-1b1d-468c-b068-aa255fe51c0e',
};

export const chromeDtls: DtlsParameters = {
  role: 'client',
  fingerprints: [
    {
      algorithm: 'sha-256',
      value:
        '1C:1C:D1:F5:24:5C:10:26:61:E5:A1:39:FE:E8:CB:33:38:7F:08:AA:7A:61:10:1D:5B:F8:7B:7B:88:62:D9:FF',
    },
  ],
};
