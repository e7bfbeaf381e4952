/** `GET /metrics`, and who may read it. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList, isIPv6 } from 'node:net';
import type { Context } from 'koa';
import { refuse } from '../../shared/refusals.ts';
import type { Handlers } from './api/mount.ts';
import type { HttpDeps } from './deps.ts';
import { HttpError } from './errors.ts';
import { refreshGauges } from './refresh-gauges.ts';

/** This machine and the networks that the internet cannot reach (RFC 1918, RFC 4193, link-local). */
const own = new BlockList();
own.addSubnet('127.0.0.0', 8, 'ipv4');
own.addSubnet('10.0.0.0', 8, 'ipv4');
own.addSubnet('172.16.0.0', 12, 'ipv4');
own.addSubnet('192.168.0.0', 16, 'ipv4');
own.addSubnet('169.254.0.0', 16, 'ipv4');
own.addAddress('::1', 'ipv6');
own.addSubnet('fc00::', 7, 'ipv6');
own.addSubnet('fe80::', 10, 'ipv6');

/** True for an address of this machine or of a private network; IPv4 in IPv6 clothes included. */
export function isOwnNetwork(address: string): boolean {
  const bare = address.split('%')[0] ?? '';
  return own.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
}

export const metricsHandlers = (deps: HttpDeps): Handlers<'GET /metrics'> => ({
  async 'GET /metrics'({ ctx }) {
    if (!mayRead(ctx, deps.config)) {
      throw new HttpError('not-allowed', refuse('figuresPrivate'));
    }
    await refreshGauges(deps);
    ctx.set('cache-control', 'no-store');
    ctx.body = await deps.metrics.registry.metrics();
    ctx.type = deps.metrics.registry.contentType;
  },
});

function mayRead(ctx: Context, { metricsToken, trustProxy }: HttpDeps['config']): boolean {
  if (metricsToken !== null) return sameText(ctx.get('authorization'), `Bearer ${metricsToken}`);
  // Through a proxy on this machine everybody looks local: then only a trusted proxy's word counts.
  const proxied = ctx.get('x-forwarded-for') !== '' || ctx.get('forwarded') !== '';
  if (proxied && !trustProxy) return false;
  return isOwnNetwork(ctx.ip);
}

/** Compared by hash, so that the time taken tells neither length nor content. */
function sameText(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
