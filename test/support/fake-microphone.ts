import type { RtpParameters } from '../../shared/protocol.ts';

/** What a browser says of its microphone, for tests that need a producer but no sound. */
export const fakeMicrophone = (ssrc: number): RtpParameters => ({
  mid: '0',
  codecs: [
    {
      mimeType: 'audio/opus',
      payloadType: 111,
      clockRate: 48_000,
      channels: 2,
      parameters: { minptime: 10, useinbandfec: 1 },
      rtcpFeedback: [{ type: 'nack' }],
    },
  ],
  headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4 }],
  encodings: [{ ssrc }],
  rtcp: { cname: `test-${ssrc}` },
});
