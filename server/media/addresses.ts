/** Which addresses the workers listen on and tell browsers about, and a check that they can work. */
import { createSocket } from 'node:dgram';
import { createServer, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { types as ms } from 'mediasoup';
import { mediaLimits } from './limits.ts';
import { MediaSetupError } from './setup-error.ts';

export type AddressOptions = {
  /** First worker's port, UDP and TCP; worker n has base + n. 0: any free ports. */
  rtcPortBase: number;
  /** Local address to bind when exactly one address is announced. */
  listenAddress: string;
  /** What browsers are told; empty means every address of this machine of the kinds that `listenAddress` stands for. */
  announcedAddresses: readonly string[];
};

/** Where one worker binds (`ip`) and what it announces there, if that differs. */
type Binding = { ip: string; announcedAddress?: string };

/** Host name of RFC 1123: labels of letters, digits and hyphens, not all digits (that would be a bad IPv4 address). */
const hostName =
  /^(?=.{1,253}$)(?!.*\.\d+$)(?!\d+$)[a-z\d]([a-z\d-]{0,61}[a-z\d])?(\.[a-z\d]([a-z\d-]{0,61}[a-z\d])?)*$/i;

/** An address that is good on one link only cannot stand in a URL, nor be reached from elsewhere. */
const ofOneLink = /^(169\.254\.|fe[89ab])/i;

/** This machine's addresses that others can reach, IPv4 first and then in the system's order. */
export function localAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap(entries => entries ?? [])
    .filter(entry => !entry.internal && !ofOneLink.test(entry.address))
    .map(entry => entry.address)
    .toSorted((a, b) => isIP(a) - isIP(b));
}

/** Those of the kinds that listening on `host` reaches: `::` is both, an address or `0.0.0.0` its own kind. */
export function addressesReachedBy(host: string): string[] {
  return host === '::'
    ? localAddresses()
    : localAddresses().filter(address => isIP(address) === (isIP(host) || 4));
}

/**
 * - Nothing announced: every local address and 127.0.0.1, so that a browser on this machine connects with no network.
 * - Addresses of this machine are bound each by itself. One socket on 0.0.0.0 would answer from whichever address the
 *   route to the caller has, and a browser drops an answer that comes from elsewhere: measured on one machine, 63 ms
 *   to connect instead of 20.
 * - An address that this machine does not have (NAT, container) goes with `listenAddress` when it is the only one,
 *   else with the first local address.
 */
function bindings({ listenAddress, announcedAddresses }: AddressOptions): Binding[] {
  const local = localAddresses();
  if (announcedAddresses.length === 0) {
    const all = [
      ...addressesReachedBy(listenAddress),
      ...(listenAddress === '::' ? ['::1'] : []),
      '127.0.0.1',
    ];
    const ips = isEvery(listenAddress) ? all.filter(canBind) : [listenAddress];
    return ips.slice(-mediaLimits.addresses).map(ip => ({ ip }));
  }
  const own = announcedAddresses.filter(address => loopback.includes(address) || local.includes(address));
  if (announcedAddresses.length === 1 && own.length === 0) {
    return [{ ip: listenAddress, announcedAddress: announcedAddresses[0]! }];
  }
  const others = announcedAddresses.filter(address => !own.includes(address));
  const ofItsKind = local.filter(address => isIP(address) === (isIP(others[0] ?? '') || 4));
  const carrier = ofItsKind.find(address => !own.includes(address)) ?? ofItsKind[0];
  if (others.length > 1 || (others.length === 1 && (!carrier || own.includes(carrier)))) {
    throw new MediaSetupError(
      'announced-address',
      `ANNOUNCED_ADDRESS names ${others.join(' and ')}, which this machine does not have itself. At most one such address (the one your router or cloud forwards to this machine) can be announced next to its own: ${local.join(', ') || 'none'}.`,
    );
  }
  const bound: Binding[] = own.map(ip => ({ ip }));
  if (others.length === 1) bound.unshift({ ip: carrier!, announcedAddress: others[0]! });
  return bound;
}

const loopback = ['127.0.0.1', '::1'];
const isEvery = (address: string) => address === '0.0.0.0' || address === '::';

/** A network without IPv4, or a machine without IPv6, may have no such loopback address either. */
function canBind(address: string): boolean {
  if (!loopback.includes(address)) return true;
  const entries = Object.values(networkInterfaces()).flatMap(list => list ?? []);
  return entries.some(entry => entry.address === address);
}

/** What the `WebRtcServer` of worker `index` listens on: UDP first, since it is preferred. */
export function listenInfos(options: AddressOptions, index: number): ms.TransportListenInfo[] {
  const port = options.rtcPortBase === 0 ? 0 : options.rtcPortBase + index;
  const bound = bindings(options);
  const kept = { udp: { recvBufferSize: mediaLimits.receiveBufferBytes }, tcp: {} };
  return (['udp', 'tcp'] as const).flatMap(protocol =>
    bound.map(at => ({ protocol, port, ...kept[protocol], ...at })),
  );
}

/**
 * Says in plain words what would keep callers from connecting, before anything is started.
 * @throws MediaSetupError
 */
export async function checkAddresses(options: AddressOptions & { workers: number }): Promise<void> {
  for (const address of options.announcedAddresses) checkAnnounced(address);
  if (isIP(options.listenAddress) === 0) {
    throw new MediaSetupError(
      'listen-address',
      `RTC_LISTEN_ADDRESS is "${options.listenAddress}", which is not an IP address. Use 0.0.0.0 for all of this machine's addresses.`,
    );
  }
  if (bindings(options).length === 0)
    throw new MediaSetupError(
      'listen-address',
      'This machine has only IPv6 addresses, which RTC_LISTEN_ADDRESS=0.0.0.0 leaves out. Start with HOST=:: and RTC_LISTEN_ADDRESS=::.',
    );
  const [announced, ...more] = options.announcedAddresses;
  if (
    announced &&
    more.length === 0 &&
    isIP(announced) === 6 &&
    isIP(options.listenAddress) === 4 &&
    !localAddresses().includes(announced) &&
    !loopback.includes(announced)
  )
    throw new MediaSetupError(
      'announced-address',
      `ANNOUNCED_ADDRESS is ${announced}, but RTC_LISTEN_ADDRESS=${options.listenAddress} takes no media by IPv6. Start with RTC_LISTEN_ADDRESS=:: as well.`,
    );
  const last = options.rtcPortBase + options.workers - 1;
  if (!Number.isInteger(options.rtcPortBase) || options.rtcPortBase < 0 || last > 65_535) {
    throw new MediaSetupError(
      'port',
      `RTC_PORT is ${options.rtcPortBase}: with ${options.workers} workers the media ports would be ${options.rtcPortBase} to ${last}, and a port is between 1 and 65535.`,
    );
  }
  for (let index = 0; index < options.workers; index++) {
    for (const { protocol, ip, port } of listenInfos(options, index)) {
      await (protocol === 'udp' ? tryUdp : tryTcp)(ip, port!).catch((cause: NodeJS.ErrnoException) => {
        throw bindError(cause, protocol, ip, port!);
      });
    }
  }
}

function checkAnnounced(address: string): void {
  if (address === '0.0.0.0' || address === '::') {
    throw new MediaSetupError(
      'announced-address',
      `ANNOUNCED_ADDRESS is ${address}, which no browser can send to. Give the address callers reach this machine at, or leave it out to use all of its own.`,
    );
  }
  if (isIP(address) !== 0 || hostName.test(address)) return;
  throw new MediaSetupError(
    'announced-address',
    `ANNOUNCED_ADDRESS is "${address}", which is neither an IP address nor a host name. Give only the address, without http://, port or spaces, such as 203.0.113.7 or voice.example.com.`,
  );
}

function bindError(
  cause: NodeJS.ErrnoException,
  protocol: string,
  ip: string,
  port: number,
): MediaSetupError {
  const where = `${protocol.toUpperCase()} port ${port} on ${ip}`;
  if (cause.code === 'EADDRINUSE') {
    return new MediaSetupError(
      'port',
      `The media ${where} is taken by another program. Stop that program, or set RTC_PORT to a free port (each worker takes one, counting up from it).`,
      { cause },
    );
  }
  if (cause.code === 'EACCES') {
    return new MediaSetupError(
      'port',
      `This user may not listen on the media ${where}. Set RTC_PORT to a port above 1023.`,
      { cause },
    );
  }
  if (cause.code === 'EADDRNOTAVAIL') {
    return new MediaSetupError(
      'listen-address',
      `This machine does not have the address ${ip}. Set RTC_LISTEN_ADDRESS to 0.0.0.0 (all), :: (all, with IPv6) or to one of: ${[...localAddresses(), '127.0.0.1'].join(', ')}.`,
      { cause },
    );
  }
  return new MediaSetupError('port', `Cannot listen on the media ${where}: ${cause.message}.`, { cause });
}

function tryUdp(ip: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIP(ip) === 6 ? 'udp6' : 'udp4');
    socket.once('error', error => {
      socket.close();
      reject(error);
    });
    socket.bind(port, ip, () => socket.close(() => resolve()));
  });
}

function tryTcp(ip: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, ip, () => server.close(() => resolve()));
  });
}
