/** Under which names and origins this server is reached: what its own pages may come from. */

import { isIPv6 } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';

export type Ports = { http: number; https: number };

/** Every address of this machine's interfaces that can stand in a URL; those bound to one link cannot. */
function interfaceAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap(list => list ?? [])
    .map(entry => entry.address)
    .filter(address => !address.toLowerCase().startsWith('fe80:'));
}

/**
 * The names and addresses of this server, each once: this machine under every usual name, its interfaces, and
 * what the operator announced.
 */
export function ownHosts(options: {
  announced: readonly string[];
  publicUrl: string | null;
  /** Further public names. */
  domains?: readonly string[];
  addresses?: readonly string[];
  machine?: string;
}): string[] {
  const {
    announced,
    publicUrl,
    domains = [],
    addresses = interfaceAddresses(),
    machine = hostname(),
  } = options;
  const name = machine.toLowerCase();
  // `.local` is how phones on the same network find a machine by name (mDNS).
  const names = name.includes('.') ? [name] : [name, `${name}.local`];
  const publicHost = publicUrl ? [new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')] : [];
  const hosts = [
    'localhost',
    '127.0.0.1',
    '::1',
    ...names,
    ...addresses,
    ...announced,
    ...domains,
    ...publicHost,
  ];
  return [...new Set(hosts.filter(host => host !== ''))];
}

/** The origins of our own pages, in the spelling that browsers use; the default ports are left out by it. */
export function ownOrigins(
  hosts: readonly string[],
  ports: Ports,
  publicUrl: string | null,
  domains: readonly string[] = [],
): Set<string> {
  const origins = new Set<string>();
  for (const host of hosts) {
    const inUrl = isIPv6(host) ? `[${host}]` : host;
    for (const url of [`http://${inUrl}:${ports.http}`, `https://${inUrl}:${ports.https}`]) {
      const origin = URL.parse(url)?.origin;
      if (origin) origins.add(origin);
    }
  }
  if (publicUrl) origins.add(new URL(publicUrl).origin);
  // Whatever port a router forwards these from, people open them without one.
  for (const domain of domains) origins.add(`https://${domain}`);
  return origins;
}

/** How long a list is used before the interfaces are looked at again, milliseconds. */
const freshMs = 10_000;

/**
 * A function that gives the current own origins: a machine that changes its network, or gets its address late,
 * keeps working without a restart. `ports` is asked each time, since port 0 is known only after listening.
 */
export function trackOwnOrigins(options: {
  ports: () => Ports;
  announced: readonly string[];
  publicUrl: string | null;
  domains?: readonly string[];
  now: () => number;
}): () => ReadonlySet<string> {
  let current: { origins: ReadonlySet<string>; at: number; ports: Ports } | undefined;
  return () => {
    const ports = options.ports();
    const stale =
      !current ||
      options.now() - current.at >= freshMs ||
      current.ports.http !== ports.http ||
      current.ports.https !== ports.https;
    if (stale || !current) {
      const origins = ownOrigins(ownHosts(options), ports, options.publicUrl, options.domains);
      current = { origins, at: options.now(), ports };
    }
    return current.origins;
  };
}
