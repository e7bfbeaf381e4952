/**
 * The one way in which this server asks other servers, when somebody else said which: a page its push service, later a
 * merchant a webhook. A stranger must not make it reach what only this machine or its network can reach.
 */
import { lookup } from 'node:dns/promises';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';
import { type Destinations, type RemoteUrl, readRemoteUrl } from './remote-url.ts';

/** Why there is no answer. */
export type FetchProblem =
  /** The address is not one that may be asked. */
  | 'not-allowed'
  /** Its name leads into a network that strangers must not reach. */
  | 'not-public'
  | 'unreachable'
  | 'too-slow'
  /** The answer is longer than what is taken. */
  | 'too-large';

export class FetchError extends Error {
  readonly problem: FetchProblem;
  /** The address stays out of the message: that of a push subscription is a secret. */
  constructor(problem: FetchProblem, options?: { cause?: unknown }) {
    super(`the other server could not be asked: ${problem}`, options);
    this.name = 'FetchError';
    this.problem = problem;
  }
}

export type Outgoing = {
  method: 'GET' | 'HEAD' | 'POST';
  headers: Readonly<Record<string, string | number>>;
  body: Uint8Array | null;
};
export type Incoming = { status: number; headers: IncomingHttpHeaders; body: Buffer };

export type GuardedClient = {
  /** Whether that address may be asked, as far as its text tells. */
  accepts(url: string): boolean;
  /**
   * One request, and its answer whatever the status: a redirect is an answer and is not followed.
   * @throws FetchError
   */
  send(url: string, outgoing: Outgoing): Promise<Incoming>;
};

export type GuardedClientOptions = Destinations & {
  /** From the look-up of the name to the last byte of the answer, ms. */
  timeoutMs: number;
  /** Of the answer's body. */
  maxBytes: number;
  /** All IP addresses of a name; the system's resolver unless given. */
  resolve?: (host: string) => Promise<string[]>;
};

export function createGuardedClient(options: GuardedClientOptions): GuardedClient {
  const { timeoutMs, maxBytes, trustedOrigins, resolve = systemResolver } = options;

  /** The addresses that the connection is made to, which are those that were checked: the name is asked for once. */
  async function addressesOf({ host, origin }: RemoteUrl): Promise<string[]> {
    const addresses = isIP(host) ? [host] : await resolve(host);
    if (addresses.length === 0) throw new FetchError('unreachable');
    // One that is not public among others is no accident.
    if (!trustedOrigins.includes(origin) && !addresses.every(isPublicAddress))
      throw new FetchError('not-public');
    return addresses;
  }

  return {
    accepts: url => readRemoteUrl(url, options) !== null,
    async send(text, outgoing) {
      const url = readRemoteUrl(text, options);
      if (!url) throw new FetchError('not-allowed');
      const time = new AbortController();
      const timer = setTimeout(() => time.abort(new FetchError('too-slow')), timeoutMs);
      try {
        const addresses = await orAborted(addressesOf(url), time.signal);
        return await exchange(url, addresses, outgoing, time.signal, maxBytes);
      } catch (cause) {
        if (cause instanceof FetchError) throw cause;
        throw new FetchError(time.signal.aborted ? 'too-slow' : 'unreachable', { cause });
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

const systemResolver = async (host: string) =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** The system's look-up cannot be called off; what comes of it too late counts for nothing. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

async function exchange(
  { host, port, path }: RemoteUrl,
  addresses: readonly string[],
  { method, headers, body }: Outgoing,
  signal: AbortSignal,
  maxBytes: number,
): Promise<Incoming> {
  const pinned: LookupFunction = (_host, { all }, found) => {
    const list = addresses.map(address => ({ address, family: isIP(address) }));
    if (all) found(null, list);
    else found(null, list[0]!.address, list[0]!.family);
  };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    // No shared agent: a connection is never one that was made for somebody else, nor through a proxy of the system.
    const ask = request({ agent: false, host, port, path, method, headers, lookup: pinned, signal }, resolve);
    ask.on('error', reject);
    ask.end(body ?? undefined);
  });
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new FetchError('too-large');
    chunks.push(chunk);
  }
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) };
}
