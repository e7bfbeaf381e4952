/**
 * What a click would get is asked by every visitor of every shop, and is the same for all of them: the answer that Koa gave
 * to one is given to the next who asks the same from the same page, without going through Koa again. It is good for as
 * long as what it was made from is (see `createKnownReachability`); whatever is not plain goes to Koa.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { LRUCache } from 'lru-cache';
import type { QueueId, SiteId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import type { Offered } from '../calls/routing/availability.ts';
import { clientAddress } from '../quota/network.ts';
import type { ConcurrencyCaps } from './concurrency-caps.ts';
import type { HttpDeps } from './deps.ts';
import { httpLimits } from './limits.ts';
import type { ProxyWatch } from './proxy-watch.ts';
import { cutOffUnread } from './request-rules.ts';

/** What an answer was made from. */
type Source = { siteId: SiteId; queueId: QueueId | undefined; reading: Promise<Offered> };
type Known = Source & { headers: string[]; body: string };

export type AvailabilityCache = {
  /** True when the request has been answered. */
  answer(req: IncomingMessage, res: ServerResponse): boolean;
  /** Koa is about to give that answer, made of what was read. */
  answering(req: IncomingMessage, res: ServerResponse, source: Source, answer: object): void;
  /** Who may ask has changed. */
  forget(): void;
};

type Deps = Pick<HttpDeps, 'config' | 'reachability' | 'storeTrouble'> & {
  proxy: ProxyWatch;
  concurrencyCaps: ConcurrencyCaps;
};

export function createAvailabilityCache({
  config: { trustProxy },
  reachability,
  storeTrouble,
  proxy,
  concurrencyCaps,
}: Deps): AvailabilityCache {
  const known = new LRUCache<string, Known>({
    max: httpLimits.quickAnswersKept,
    ttl: limits.reachabilityKeptMs,
    updateAgeOnGet: false,
  });
  // An answer that was made before who may ask changed must not be kept after.
  let version = 0;

  return {
    answer(req, res) {
      const key = keyOf(req);
      const found = key === null ? undefined : known.get(key);
      if (!found || storeTrouble()) return false;
      // The next one is read at once, so that Koa finds it.
      if (reachability(found.siteId, found.queueId) !== found.reading) return false;
      if (!concurrencyCaps.takesStranger(clientAddress(req, trustProxy), res)) return false;
      proxy.note(req.headers);
      cutOffUnread(req, res);
      res.writeHead(200, found.headers);
      res.end(found.body);
      return true;
    },
    answering(req, res, source, answer) {
      const key = keyOf(req);
      if (key === null) return;
      const began = version;
      res.once('finish', () => {
        if (res.statusCode !== 200 || version !== began) return;
        const body = JSON.stringify(answer);
        // As Koa has written it: the answer and nothing else.
        if (Number(res.getHeader('content-length')) !== Buffer.byteLength(body)) return;
        const headers = res.getHeaderNames().flatMap(name => [name, String(res.getHeader(name))]);
        known.set(key, { ...source, headers, body });
      });
    },
    forget() {
      version++;
      known.clear();
    },
  };
}

const path = /^\/api\/sites\/[^/?]+\/availability(?:\?|$)/;

/** All that the answer goes by; null for what is not plain: a body, a browser that somebody has signed in with. */
function keyOf({ method, url = '', headers, socket }: IncomingMessage): string | null {
  if (method !== 'GET' || !path.test(url)) return null;
  const { host = '', origin = '', cookie } = headers;
  if (cookie !== undefined || headers['content-length'] !== undefined) return null;
  if (headers['transfer-encoding'] !== undefined) return null;
  const scheme = `${(socket as TLSSocket).encrypted ?? false} ${headers['x-forwarded-proto'] ?? ''}`;
  const forwardedHost = headers['x-forwarded-host'] ?? '';
  const key = [url, host, origin, scheme, forwardedHost].join('\n');
  return key.length > httpLimits.quickAnswerKeyLength ? null : key;
}
