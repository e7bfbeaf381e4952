/** A piece's packets in memory that all threads of the process share: handed over without being copied. */

export type PackedPackets = {
  /** One packet after the other. */
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  /** Where each begins, and after the last one where it ends. */
  readonly bounds: Uint32Array<SharedArrayBuffer>;
};

export function packPackets(packets: readonly Uint8Array[]): PackedPackets {
  const bounds = new Uint32Array(new SharedArrayBuffer(4 * (packets.length + 1)));
  for (const [i, packet] of packets.entries()) bounds[i + 1] = bounds[i]! + packet.length;
  const bytes = new Uint8Array(new SharedArrayBuffer(bounds[packets.length]!));
  for (const [i, packet] of packets.entries()) bytes.set(packet, bounds[i]);
  return { bytes, bounds };
}

export const packetCount = ({ bounds }: PackedPackets) => bounds.length - 1;

/** Not a copy. */
export function packetAt({ bytes, bounds }: PackedPackets, index: number): Uint8Array {
  return bytes.subarray(bounds[index], bounds[index + 1]);
}
