/**
 * Does a proxy stand in front that we were not told of, or none where we were? Then every cap and rate counts the wrong
 * addresses, and nobody notices until the whole world is one address that has used up its share.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Context, Middleware } from 'koa';
import type { Logger } from 'pino';
import type { ServerNotice } from '../../shared/api/server.ts';
import { probes } from './concurrency-caps.ts';
import { httpLimits } from './limits.ts';

/** What is known of one stretch of time. */
type Seen = { requests: number; forwarded: number; ofMembers: number; ofMembersForwarded: number };
const nothing = (): Seen => ({ requests: 0, forwarded: 0, ofMembers: 0, ofMembersForwarded: 0 });

export type ProxyWatch = {
  /** Counts every request. */
  middleware: Middleware;
  /** A request of a stranger that does not come by there. */
  note(headers: IncomingHttpHeaders): void;
  notices(): ServerNotice[];
};

/** Whoever asks is a member of the team: what their requests bear was not made up by a stranger. */
export const markAsMember = (ctx: Context): void => {
  ctx.state.isMember = true;
};

/** @param now monotonic, ms */
export function createProxyWatch(
  { trustProxy }: { trustProxy: boolean },
  log: Logger,
  now: () => number = () => performance.now(),
): ProxyWatch {
  let before = nothing();
  let current = nothing();
  let since = now();
  let saidAt = Number.NEGATIVE_INFINITY;

  const seen = (): Seen => ({
    requests: before.requests + current.requests,
    forwarded: before.forwarded + current.forwarded,
    ofMembers: before.ofMembers + current.ofMembers,
    ofMembersForwarded: before.ofMembersForwarded + current.ofMembersForwarded,
  });

  const notices = (): ServerNotice[] => {
    const { requests, forwarded, ofMembers, ofMembersForwarded } = seen();
    const percent = requests === 0 ? 0 : Math.round((100 * forwarded) / requests);
    const enough = requests >= httpLimits.proxyRequests;
    const most = httpLimits.proxySharePercent;
    if (!trustProxy) {
      // One header of one stranger says nothing; that of a member who signed in through the proxy does.
      const certain = ofMembersForwarded * 2 > ofMembers;
      return certain || (enough && percent >= most)
        ? [{ code: 'proxy-not-trusted', params: { percent, certain } }]
        : [];
    }
    return enough && percent <= 100 - most ? [{ code: 'proxy-missing', params: { percent } }] : [];
  };

  const say = () => {
    const [notice] = notices();
    if (!notice || now() - saidAt < httpLimits.proxyWindowMs) return;
    saidAt = now();
    log.warn(notice.params, words[notice.code]);
  };

  /** 1 for one that came through a proxy. */
  const forwardedIn = (headers: IncomingHttpHeaders) =>
    headers['x-forwarded-for'] || headers.forwarded ? 1 : 0;
  const count = (forwarded: 0 | 1) => {
    if (now() - since >= httpLimits.proxyWindowMs) {
      before = now() - since >= 2 * httpLimits.proxyWindowMs ? nothing() : current;
      current = nothing();
      since = now();
    }
    current.requests++;
    current.forwarded += forwarded;
  };

  return {
    notices,
    note(headers) {
      count(forwardedIn(headers));
      say();
    },
    async middleware(ctx, next) {
      const forwarded = forwardedIn(ctx.headers);
      // Probes of the machine itself come through no proxy.
      if (!probes.has(ctx.path)) count(forwarded);
      try {
        await next();
      } finally {
        if (ctx.state.isMember) {
          current.ofMembers++;
          current.ofMembersForwarded += forwarded;
        }
        say();
      }
    },
  };
}

const words: Record<ServerNotice['code'], string> = {
  'proxy-not-trusted':
    'requests seem to come through a proxy, but TRUST_PROXY is off, so that everybody counts as one address and shares one cap. Start with TRUST_PROXY=on if there is a proxy',
  'proxy-missing':
    'TRUST_PROXY is on, but requests come without X-Forwarded-For: let the proxy set that header, or start with TRUST_PROXY=off if there is none',
};
