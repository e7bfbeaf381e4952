/** RTP packets of Opus frames: RFC 3550 section 5.1, RFC 7587. */
import { samplesPerFrame } from './opus-frame.ts';

/** One stream of RTP. */
export type RtpStream = {
  ssrc: number;
  payloadType: number;
  /** UDP port on the loopback address that it is sent to. */
  port: number;
  /**
   * The next sequence number. In shared memory, so that a thread that takes over goes on where the one before ended:
   * listeners miss what was not sent, and need nothing new.
   */
  sequence: Uint16Array<SharedArrayBuffer>;
};

const headerBytes = 12;
const markerBit = 0x80;

/**
 * The stream's next packet; counts its sequence number up.
 * @param frame number of the 20 ms frame since the clock's epoch
 * @param first the stream starts anew here after a silence, which receivers are told by the marker bit
 */
export function nextRtpPacket(stream: RtpStream, payload: Uint8Array, frame: number, first: boolean): Buffer {
  const rtp = Buffer.allocUnsafe(headerBytes + payload.length);
  rtp.writeUInt8(0x80, 0);
  rtp.writeUInt8(first ? stream.payloadType | markerBit : stream.payloadType, 1);
  rtp.writeUInt16BE(stream.sequence[0]!++, 2);
  rtp.writeUInt32BE((frame * samplesPerFrame) % 0x1_0000_0000, 4);
  rtp.writeUInt32BE(stream.ssrc, 8);
  rtp.set(payload, headerBytes);
  return rtp;
}
