/** A proxy in front that the server was not told of, and the other way round. */
import { afterEach, describe, expect, test } from 'vitest';
import { httpLimits } from '../../../server/http/limits.ts';
import type { ServerNotice } from '../../../shared/api/server.ts';
import { makeAdmin, makeRep, outcome, startServer, type TestServer } from './http-server.ts';

let server: TestServer;
afterEach(() => server.close());

const visit = (count: number, headers: Record<string, string> = {}) =>
  Promise.all(
    Array.from({ length: count }, () => fetch(`${server.url}/api/sites/demo/availability`, { headers })),
  );
const forwarded = { 'x-forwarded-for': '192.0.2.7' };
const notices = async (cookie: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${server.url}/api/server-notices`, { headers: { cookie, ...headers } });
  return ((await answer.json()) as { notices: ServerNotice[] }).notices;
};
const warnings = () => server.logged.filter(line => line.includes('TRUST_PROXY'));

describe('a proxy', () => {
  test('H210 that nobody told us of is noticed by what signed-in people send, and by most of many requests', async () => {
    server = await startServer();
    const cookie = await makeAdmin(server);
    await visit(httpLimits.proxyRequests, { forwarded: 'for=192.0.2.7' });
    const [notice] = await notices(cookie);
    expect(notice).toMatchObject({ code: 'proxy-not-trusted', params: { certain: false } });
    expect(notice?.params.percent).toBeGreaterThanOrEqual(httpLimits.proxySharePercent);
    await notices(cookie, forwarded);
    await notices(cookie, forwarded);
    expect(await notices(cookie, forwarded)).toMatchObject([{ params: { certain: true } }]);
    // Said once, with what to do.
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain('Start with TRUST_PROXY=on');
  });

  test('H211 is not claimed because of a stranger who sends the header', async () => {
    server = await startServer();
    const cookie = await makeAdmin(server);
    await visit(1, forwarded);
    expect(await notices(cookie)).toEqual([]);
    await visit(httpLimits.proxyRequests);
    await visit(httpLimits.proxyRequests, forwarded);
    expect(await notices(cookie)).toEqual([]);
    expect(warnings()).toEqual([]);
  });

  test('H212 that is trusted but does not name addresses is noticed', async () => {
    server = await startServer({ trustProxy: true });
    const cookie = await makeAdmin(server);
    await visit(httpLimits.proxyRequests);
    expect(await notices(cookie)).toEqual([{ code: 'proxy-missing', params: { percent: 0 } }]);
    expect(warnings()).toHaveLength(1);
    await visit(httpLimits.proxyRequests, forwarded);
    expect(await notices(cookie)).toEqual([]);
  });

  test('H213 only an admin is told', async () => {
    server = await startServer();
    await makeAdmin(server);
    const rep = await makeRep(server);
    expect(await outcome(await server.get('/api/server-notices', rep))).toBe('403 not-allowed');
    expect(await outcome(await server.get('/api/server-notices'))).toBe('401 sign-in-needed');
  });
});
