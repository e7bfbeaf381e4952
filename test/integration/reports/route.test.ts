/** Reports over HTTP: whose calls they count, and what is forgotten with them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createInProcessBus } from '../../../server/bus/in-process.ts';
import { forgetCustomer } from '../../../server/calls/commands/customers.ts';
import { callsOfCustomer } from '../../../server/calls/history/customer.ts';
import { forgetOld } from '../../../server/calls/timers/retention.ts';
import { movedClock, RowClock } from '../../../server/calls/transaction/row-clock.ts';
import { createTransactions } from '../../../server/calls/transaction/transactions.ts';
import { waitedCommits } from '../../../server/store/store.ts';
import type { Report } from '../../../shared/api/reports.ts';
import type { ShopperId, SiteId } from '../../../shared/ids.ts';
import { ToldHistory } from '../../support/told-history.ts';
import { asRep, makeAdmin, makeRep, outcome, startServer, type TestServer } from '../http/http-server.ts';

let server: TestServer;
let admin: string;
let rep: string;
let supervisor: string;
const at = Date.UTC(2026, 5, 1, 10);

beforeAll(async () => {
  server = await startServer();
  server.clock.now = at + 3_600_000;
  admin = await makeAdmin(server);
  rep = await makeRep(server);
  const token = await server.links.invite({ ...asRep, name: 'Sue', email: 'sue@shop.example' }, null);
  const made = await server.post('/api/rep/links/use', {
    ...{ token, name: 'Sue', email: 'sue@shop.example', password: 'correct horse battery' },
  });
  supervisor = made.headers.get('set-cookie')?.split(';')[0] ?? '';
  const told = new ToldHistory(server);
  await told.site('one', ['one'], 'Europe/Berlin');
  await told.site('two', ['two'], 'Europe/Berlin');
  await server.db
    .updateTable('members')
    .set({ role: 'supervisor', sites: JSON.stringify(['one']) })
    .where('rep_id', 'in', db => db.selectFrom('reps').select('id').where('email', '=', 'sue@shop.example'))
    .execute();
  const lost = [[9, 'ended', null, { reason: 'shopper-lost' }]] as const;
  for (const site of ['one', 'two', 'two'])
    await told.call(
      { site, queue: site, at, page: `https://shop.example/${site}?who=kim`, language: 'de' },
      lost.map(event => [...event]),
    );
  await told.figured();
});
afterAll(() => server.close());

const entered = async (query: string, cookie: string) => {
  const response = await server.get(`/api/reports?${query}`, cookie);
  expect(response.status).toBe(200);
  return ((await response.json()) as Report).total.entered;
};

test('R131 reports count the calls of the sites that whoever asks may see, and a rep gets none', async () => {
  expect(await entered('', admin)).toBe(3);
  expect(await entered('siteId=two', admin)).toBe(2);
  expect(await entered('', supervisor)).toBe(1);
  expect(await entered('queueId=two', supervisor)).toBe(0);
  for (const path of ['/api/reports', '/api/reports.csv', '/api/reports/calls']) {
    const query = path.endsWith('calls') ? 'siteId=two&counted=entered' : 'siteId=two';
    expect([path, await outcome(await server.get(`${path}?${query}`, supervisor))]).toEqual([
      path,
      '404 not-found',
    ]);
    expect([path, await outcome(await server.get(`${path}?${query}`, rep))]).toEqual([
      path,
      '403 not-allowed',
    ]);
  }
  const listed = await server.get('/api/reports/calls?counted=abandoned', supervisor);
  expect(((await listed.json()) as { entries: unknown[] }).entries).toHaveLength(1);
});

test('R132 a day that there is not, and a time beyond the longest, are refused', async () => {
  for (const query of ['from=2026-02-30', 'period=days&from=2020-01-01&until=2026-01-01', 'by=colour'])
    expect(await outcome(await server.get(`/api/reports?${query}`, admin))).toBe('400 bad-request');
});

test('R133 page and language of a call are in no figure once its customer is forgotten, and the call in none once it is deleted', async () => {
  const { db } = server;
  const now = () => server.clock.now;
  const transactions = createTransactions({
    store: { db, siteLocks: null, ...waitedCommits(db) },
    bus: createInProcessBus(),
    rowClock: new RowClock(movedClock(now)),
  });
  const site = 'two' as SiteId;
  const pages = async () => {
    const response = await server.get('/api/reports?by=page', admin);
    return ((await response.json()) as Report).parts.map(({ key, counts }) => [key, counts.entered]);
  };
  expect(await pages()).toEqual([
    ['https://shop.example/two', 2],
    ['https://shop.example/one', 1],
  ]);
  for await (const calls of callsOfCustomer(db, site, {
    by: 'shopper',
    value: 'call-2' as ShopperId,
  } as never))
    await transactions.change([site], change => forgetCustomer(change, site, calls));
  expect(await pages()).toContainEqual(['', 1]);
  await forgetOld({ db, now: () => at + 100 * 24 * 3_600_000 });
  expect(await pages()).toEqual([['', 3]]);
  await forgetOld({ db, now: () => at + 400 * 24 * 3_600_000 });
  expect(await entered('', admin)).toBe(0);
});
