/** RTP as tests look at it: RFC 3550 section 5.1. */

export function readRtp(packet: Uint8Array) {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const contributors = view.getUint8(0) & 0x0f;
  const extended = (view.getUint8(0) & 0x10) !== 0;
  let at = 12 + 4 * contributors;
  if (extended) at += 4 + 4 * view.getUint16(at + 2);
  return {
    version: view.getUint8(0) >> 6,
    marker: (view.getUint8(1) & 0x80) !== 0,
    payloadType: view.getUint8(1) & 0x7f,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    payload: packet.subarray(at),
  };
}
