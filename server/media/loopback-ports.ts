/** UDP ports on the loopback address, for what this server's own parts send each other. Nobody else reaches them. */
import { networkInterfaces } from 'node:os';
import { mediaLimits } from './limits.ts';

export type PortRange = { min: number; max: number };

/** IPv4 where this machine has it, which is all but always. */
export function loopbackAddress(): string {
  const entries = Object.values(networkInterfaces()).flatMap(list => list ?? []);
  return entries.some(({ address }) => address === '127.0.0.1') ? '127.0.0.1' : '::1';
}

/**
 * Apart from each other, and from the WebRtcServers' ports, which a replaced worker must find free: above the base port,
 * or below it where there is no room above.
 * @param rtcPortBase 0: any free ports
 */
export function loopbackPorts(rtcPortBase: number): { pipes: PortRange; music: PortRange } {
  const { loopbackPortOffset, loopbackPortsWithoutBase, pipePorts, musicPorts } = mediaLimits;
  const base = rtcPortBase || loopbackPortsWithoutBase;
  const count = pipePorts + musicPorts;
  const above = base + loopbackPortOffset;
  const first = above + count <= 65_536 ? above : base - loopbackPortOffset - count;
  return {
    pipes: { min: first, max: first + pipePorts - 1 },
    music: { min: first + pipePorts, max: first + count - 1 },
  };
}
