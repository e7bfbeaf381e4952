import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isOwnNetwork } from '../../../server/http/metrics-route.ts';
import { trouble } from '../../../server/store/store-error.ts';
import { makeAdmin, outcome, startServer, type TestServer } from './http-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

type Ready = { status: string; failing?: { part: string; message: string }[] };
const ready = async () => {
  const answer = await server.get('/readyz');
  const body = (await answer.json()) as Ready;
  return { status: answer.status, parts: body.failing?.map(part => part.part) ?? [] };
};

describe('health', () => {
  test('H80 a running process is healthy, and ready when database and workers are', async () => {
    const answer = await server.get('/healthz');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'ok' });
    expect(await ready()).toEqual({ status: 200, parts: [] });
  });

  test('H81 a dead worker, a stopping server and a lost database each make it unready, by name', async () => {
    server.media.workers = [{ alive: true }, { alive: false }];
    expect(await ready()).toEqual({ status: 503, parts: ['media'] });
    server.life.shuttingDown = true;
    expect(await ready()).toEqual({ status: 503, parts: ['shutdown', 'media'] });
    server.life.trouble = trouble('full');
    expect(await ready()).toEqual({ status: 503, parts: ['shutdown', 'database', 'media'] });
    expect((await server.get('/healthz')).status).toBe(200);
  });

  test('L64 the check page is told of an ill part by codes and figures, and operators in a sentence too', async () => {
    const admin = await makeAdmin(server);
    server.media.workers = [{ alive: true }, { alive: false }];
    server.life.trouble = trouble('full');
    const answer = await server.get('/readyz');
    const codes = [
      { part: 'database', problem: 'full' },
      { part: 'media', problem: 'workers', params: { dead: 1, all: 2 } },
    ];
    const told = [trouble('full').message, '1 of 2 media workers are not alive'];
    expect(await answer.json()).toEqual({
      status: 'not-ready',
      failing: codes.map((code, i) => ({ ...code, message: told[i] })),
    });
    // While the database is ill nobody is known; the page is open by then, or asks again.
    server.life.trouble = null;
    const report = (await (await server.get('/api/reach', admin)).json()) as { notReady: unknown };
    expect(report.notReady).toEqual(codes.slice(1));
  });
});

describe('metrics', () => {
  test('H82 the figures come from the truth and from what was observed', async () => {
    await makeAdmin(server);
    server.metrics.callSetup.observe(0.12);
    server.metrics.callWait.observe(7);
    server.metrics.sockets.set({ role: 'shopper' }, 5);
    const answer = await server.get('/metrics');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const lines = (await answer.text()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'calls{state="waiting"} 0',
        'calls{state="talking"} 0',
        'calls_waiting 0',
        'reps{status="offline"} 1',
        'reps{status="available"} 0',
        'media_workers 2',
        'media_workers_alive 2',
        'media_legs 3',
        'media_edges 4',
        'media_pipes 1',
        'signaling_sockets{role="shopper"} 5',
        'call_setup_seconds_bucket{le="0.1"} 0',
        'call_setup_seconds_bucket{le="0.2"} 1',
        'call_wait_seconds_count 1',
      ]),
    );
    expect(lines.some(line => line.startsWith('process_cpu_seconds_total '))).toBe(true);
  });

  test('H83 figures are shown to this machine and private networks only', () => {
    for (const address of [
      '127.0.0.1',
      '::1',
      '::ffff:127.0.0.1',
      '10.1.2.3',
      '172.31.0.1',
      '192.168.1.9',
      'fd00::1',
      'fe80::1%eth0',
    ]) {
      expect(isOwnNetwork(address)).toBe(true);
    }
    for (const address of ['8.8.8.8', '172.32.0.1', '2001:db8::1', '::ffff:8.8.8.8', '', 'nonsense']) {
      expect(isOwnNetwork(address)).toBe(false);
    }
  });

  test('H84 whoever comes through a proxy that is not trusted does not count as this machine', async () => {
    const forwarded = { 'x-forwarded-for': '127.0.0.1' };
    expect(await outcome(await fetch(`${server.url}/metrics`, { headers: forwarded }))).toBe(
      '403 not-allowed',
    );
    const proxied = await startServer({ trustProxy: true });
    try {
      const from = (chain: string) =>
        fetch(`${proxied.url}/metrics`, { headers: { 'x-forwarded-for': chain } }).then(
          answer => answer.status,
        );
      expect(await from('10.0.0.1')).toBe(200);
      // Only what the proxy itself added counts, not what the client wrote before it.
      expect(await from('127.0.0.1, 8.8.8.8')).toBe(403);
    } finally {
      await proxied.close();
    }
  });

  test('H85 with a metrics token, only whoever shows it may read', async () => {
    const guarded = await startServer({ metricsToken: 'a long enough token' });
    try {
      const read = (authorization?: string) =>
        fetch(`${guarded.url}/metrics`, authorization === undefined ? {} : { headers: { authorization } });
      expect((await read('Bearer a long enough token')).status).toBe(200);
      expect((await read('Bearer another token entirely')).status).toBe(403);
      expect((await read()).status).toBe(403);
    } finally {
      await guarded.close();
    }
  });
});
