import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createInProcessBus } from '../../../server/bus/in-process.ts';
import { askForCallback } from '../../../server/calls/commands/callbacks.ts';
import { movedClock, RowClock } from '../../../server/calls/transaction/row-clock.ts';
import { createTransactions } from '../../../server/calls/transaction/transactions.ts';
import { applyTo } from '../../../server/calls/writing/apply.ts';
import { waitedCommits } from '../../../server/store/store.ts';
import type { Block, CallStory, CallSummary } from '../../../shared/api/calls.ts';
import type { QueueSheet } from '../../../shared/api/queues.ts';
import type { SiteSheet } from '../../../shared/api/sites.ts';
import type { BlockId, CallId, ShopperId } from '../../../shared/ids.ts';
import { errorIn, makeAdmin, makeRep, outcome, person, startServer, type TestServer } from './http-server.ts';

let server: TestServer;
let admin: string;
beforeEach(async () => {
  server = await startServer();
  admin = await makeAdmin(server);
});
afterEach(() => server.close());

const read = async <T>(route: string) => (await (await server.get(route, admin)).json()) as T;
const site = async () => (await read<{ sites: SiteSheet[] }>('/api/sites')).sites[0]!;

describe('settings of a site', () => {
  test('H160 name, shops that may embed the button, and how long calls are kept', async () => {
    const { id } = await site();
    expect(await site()).toMatchObject({
      key: 'demo',
      allowedOrigins: [],
      retention: { callDays: 365, personalDays: 90 },
    });
    const changed = await server.send(
      'PATCH',
      `/api/sites/${id}`,
      {
        name: 'Harbour Mugs',
        allowedOrigins: ['https://shop.example/some/page?x=1', 'SHOP.example', 'http://localhost:3000'],
        retention: { callDays: 30, personalDays: 7 },
      },
      admin,
    );
    expect(changed.status).toBe(200);
    expect(await site()).toMatchObject({
      name: 'Harbour Mugs',
      allowedOrigins: ['https://shop.example', 'http://localhost:3000'],
      retention: { callDays: 30, personalDays: 7 },
    });
    // The list counts at once.
    const ask = await fetch(`${server.url}/api/sites/demo/availability`, {
      headers: { origin: 'https://shop.example' },
    });
    expect(ask.headers.get('access-control-allow-origin')).toBe('https://shop.example');
  });

  test('H166 a further site has a key of its own, and a queue that the team serves', async () => {
    const add = async (name: string) => {
      const answer = await server.send('POST', '/api/sites', { name }, admin);
      return ((await answer.json()) as { site: SiteSheet }).site;
    };
    expect(await add('Café Möwe & Söhne')).toMatchObject({
      key: 'cafe-mowe-sohne',
      name: 'Café Möwe & Söhne',
    });
    expect((await add('Cafe Mowe, Sohne')).key).toBe('cafe-mowe-sohne-2');
    expect((await add('茶')).key).toBe('shop');
    const { queues } = await read<{ queues: QueueSheet[] }>('/api/queues');
    expect(queues.map(queue => [queue.siteName, queue.members.length])).toContainEqual(['茶', 1]);
    const availability = await fetch(`${server.url}/api/sites/shop/availability`);
    expect(await availability.json()).toMatchObject({ availability: 'no-rep' });
    // All of them share the one rep, so they are routed together.
    const groups = await server.db.selectFrom('sites').select('routing_group').distinct().execute();
    expect(groups).toHaveLength(1);
  });

  test('H161 what cannot be is refused in words, with its place, and nothing is changed', async () => {
    const before = await site();
    for (const [body, field] of [
      [{ allowedOrigins: ['not a host'] }, 'allowedOrigins.0'],
      [{ allowedOrigins: ['javascript://alert'] }, 'allowedOrigins.0'],
      [{ name: '' }, 'name'],
      [{ retention: { callDays: 0, personalDays: 1 } }, 'retention.callDays'],
      [{ retention: { callDays: 10, personalDays: 11 } }, 'retention.personalDays'],
    ] as const) {
      const answer = await server.send('PATCH', `/api/sites/${before.id}`, body, admin);
      expect(await errorIn(answer)).toMatchObject({ code: 'bad-request', field });
    }
    expect(await site()).toEqual(before);
  });

  test('H162 reasons to be away are the team’s, set by admins', async () => {
    const rep = await makeRep(server);
    expect(await read('/api/team/settings')).toEqual({
      awayReasons: ['default:break', 'default:lunch', 'default:meeting'],
      declineReasons: ['default:busy', 'default:other-topic'],
      twoFactor: 'optional',
    });
    const awayReasons = ['Packing parcels', 'Lunch'];
    expect(await outcome(await server.send('PUT', '/api/team/settings', { awayReasons }, rep))).toBe(
      '403 not-allowed',
    );
    expect((await server.send('PUT', '/api/team/settings', { awayReasons }, admin)).status).toBe(200);
    expect(await read('/api/team/settings')).toMatchObject({ awayReasons });
    const twice = { awayReasons: ['Lunch', 'Lunch'] };
    expect(await errorIn(await server.send('PUT', '/api/team/settings', twice, admin))).toMatchObject({
      message: 'Each reason only once.',
    });
  });

  test('H326 a reason that comes with the product stays a code among those that a team wrote itself', async () => {
    const awayReasons = ['default:break', 'Packing parcels'];
    const declineReasons = ['default:other-topic'];
    const reasons = { awayReasons, declineReasons };
    expect((await server.send('PUT', '/api/team/settings', reasons, admin)).status).toBe(200);
    expect(await read('/api/team/settings')).toMatchObject(reasons);
  });

  test('H328 a new site has a queue that is called as the asker says, else Sales', async () => {
    const queues = async () => {
      const { queues } = (await read('/api/queues')) as { queues: { siteName: string; name: string }[] };
      return queues.map(({ siteName, name }) => [siteName, name]);
    };
    for (const body of [{ name: 'Zweiter Laden', queue: 'Verkauf' }, { name: 'Third shop' }])
      expect((await server.send('POST', '/api/sites', body, admin)).status).toBe(200);
    expect(await queues()).toEqual(
      expect.arrayContaining([
        ['Zweiter Laden', 'Verkauf'],
        ['Third shop', 'Sales'],
      ]),
    );
    const empty = await server.send('POST', '/api/sites', { name: 'Fourth shop', queue: ' ' }, admin);
    expect(await errorIn(empty)).toMatchObject({ code: 'bad-request', field: 'queue' });
  });
});

describe('what became of calls', () => {
  test('H163 calls are listed from the newest on, told step by step, and can be put first while they wait', async () => {
    const { id: siteId } = await site();
    await server.db.updateTable('queues').set({ settings: '{"callback":{"phone":true}}' }).execute();
    const transactions = createTransactions({
      store: { db: server.db, siteLocks: null, ...waitedCommits(server.db) },
      bus: createInProcessBus(),
      rowClock: new RowClock(movedClock(() => server.clock.now)),
    });
    for (const [name, phone] of Object.entries({ Ada: '030 123456', Kim: '030 123457', Lee: '030 123458' })) {
      // The first two in the same moment.
      if (name === 'Lee') server.clock.now += 1_000;
      await transactions.change([siteId], change =>
        askForCallback(
          change,
          { callId: name as CallId, siteId, shopperId: name as ShopperId, context: { name } },
          phone,
        ),
      );
    }
    server.clock.now += 5_000;
    await transactions.change([siteId], change =>
      applyTo(change, 'Kim' as CallId, { type: 'end', reason: 'callback-failed' }),
    );

    const first = await read<{ calls: CallSummary[] }>(`/api/calls?siteId=${siteId}&limit=2`);
    expect(first.calls.map(call => call.context.name)).toEqual(['Lee', 'Kim']);
    expect(first.calls[1]).toMatchObject({
      state: 'ended',
      endReason: 'callback-failed',
      callback: 'phone',
      waitedMs: 6_000,
      talkedMs: null,
    });
    const behind = async ({ startedAt, callId }: CallSummary) =>
      (
        await read<{ calls: CallSummary[] }>(
          `/api/calls?siteId=${siteId}&limit=1&before=${startedAt},${callId}`,
        )
      ).calls;
    // The end of a page between two of the same moment loses neither.
    const [kim] = await behind(first.calls[0]!);
    const [ada] = await behind(kim!);
    expect([kim?.callId, ada?.callId]).toEqual(['Kim', 'Ada']);
    expect(await behind(ada!)).toEqual([]);
    expect((await server.send('GET', `/api/calls?siteId=${siteId}&before=x`, undefined, admin)).status).toBe(
      400,
    );
    const { call } = await read<{ call: CallStory }>('/api/calls/Kim');
    expect(call.steps.map(step => [step.seq, step.type])).toEqual([
      [1, 'started'],
      [2, 'callback-asked'],
      [3, 'ended'],
    ]);
    expect(call.steps[2]).toMatchObject({ data: { reason: 'callback-failed' } });

    // A supervisor can put one first.
    const boost = (callId: string, value: number) =>
      server.send('PATCH', `/api/calls/${callId}`, { boost: value }, admin);
    expect((await boost('Lee', 1)).status).toBe(200);
    const { priority } = await server.db
      .selectFrom('calls')
      .select('priority')
      .where('id', '=', 'Lee' as CallId)
      .executeTakeFirstOrThrow();
    expect(priority).toBe(1);
    expect(await errorIn(await boost('Kim', 1))).toMatchObject({
      code: 'not-found',
      message: 'This call does not wait any more.',
    });
    expect(await errorIn(await boost('Lee', 99))).toMatchObject({
      field: 'boost',
      ...{ reason: 'tooLarge', params: { most: 9 } },
    });
  });

  test('H250 a table of calls for spreadsheets has no formulas in it, is written for two at once, and only for overseers', async () => {
    const { id: siteId } = await site();
    await server.db.updateTable('queues').set({ settings: '{"callback":{"phone":true}}' }).execute();
    const transactions = createTransactions({
      store: { db: server.db, siteLocks: null, ...waitedCommits(server.db) },
      bus: createInProcessBus(),
      rowClock: new RowClock(movedClock(() => server.clock.now)),
    });
    for (const [name, phone] of [
      ['=HYPERLINK("http://x")', '+47 400 00 001'],
      ['Kim, "the" caller', '+47 400 00 000'],
    ] as const)
      await transactions.change([siteId], change =>
        askForCallback(
          change,
          {
            callId: name.length.toString() as CallId,
            siteId,
            shopperId: name as ShopperId,
            context: { name },
          },
          phone,
        ),
      );
    const route = `/api/calls.csv?siteId=${siteId}`;
    const answer = await server.get(`${route}&text=kim`, admin);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="calls-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = bytes.toString().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('"Kim, ""the"" caller",\'+47 400 00 000');
    expect(await (await server.get(route, admin)).text()).toContain('"\'=HYPERLINK(""http://x"")"');

    // A count that leaked would refuse some of these.
    for (let i = 0; i < 6; i++) {
      expect((await server.send('HEAD', route, undefined, admin)).status).toBe(200);
      expect((await (await server.get(route, admin)).text()).length).toBeGreaterThan(100);
    }
    const rep = await makeRep(server);
    expect(await outcome(await server.get(route, rep))).toBe('403 not-allowed');
    expect(await outcome(await server.get(route))).toBe('401 sign-in-needed');
    expect(await outcome(await server.get('/api/calls.csv', admin))).toBe('400 bad-request');
  });

  test('H224 who is blocked is listed for admins and supervisors of the shop, and lifted', async () => {
    const { id } = await site();
    const [ada] = await server.db.selectFrom('reps').select('id').execute();
    const block = { site_id: id, label: 'Kim', reason: 'shouts', rep_id: ada!.id, created_at: 1 };
    await server.db
      .insertInto('blocks')
      .values([
        { ...block, id: 'now' as BlockId, expires_at: server.clock.now + 1_000 },
        { ...block, id: 'over' as BlockId, expires_at: server.clock.now },
      ])
      .execute();
    const marks = ['shopper:kim', 'network:home'];
    await server.db
      .insertInto('block_marks')
      .values(marks.map(mark => ({ site_id: id, block_id: 'now' as BlockId, mark })))
      .execute();
    const list = `/api/blocks?siteId=${id}`;
    expect(await read(list)).toEqual({
      blocks: [
        {
          ...{
            id: 'now',
            siteId: id,
            siteName: expect.any(String),
            label: 'Kim',
            by: expect.arrayContaining(['shopper', 'network']),
          },
          ...{ reason: 'shouts', repName: person.name, createdAt: 1, expiresAt: server.clock.now + 1_000 },
        },
      ],
    });
    const rep = await makeRep(server);
    for (const [cookie, said] of [
      [rep, '403 not-allowed'],
      ['', '401 sign-in-needed'],
    ] as const) {
      expect(await outcome(await server.get(list, cookie))).toBe(said);
      expect(await outcome(await server.send('DELETE', '/api/blocks/now', {}, cookie))).toBe(said);
    }
    // Whoever has several shops reads those of all, and supervisors do as admins do.
    await server.db
      .updateTable('members')
      .set({ role: 'supervisor' })
      .where('rep_id', 'in', db => db.selectFrom('reps').select('id').where('email', '!=', person.email))
      .execute();
    const every = (await (await server.get('/api/blocks', rep)).json()) as { blocks: Block[] };
    expect(every.blocks.map(block => block.id)).toEqual(['now']);
    expect(await outcome(await server.send('DELETE', '/api/blocks/now', {}, admin))).toBe('200');
    expect(await outcome(await server.send('DELETE', '/api/blocks/now', {}, admin))).toBe('404 not-found');
    expect(await read(list)).toEqual({ blocks: [] });
    expect(await server.db.selectFrom('block_marks').selectAll().execute()).toEqual([]);
  });

  test('H164 only admins and supervisors see calls', async () => {
    const rep = await makeRep(server);
    const { id } = await site();
    for (const route of [`/api/calls?siteId=${id}`, '/api/calls/Kim']) {
      expect(await outcome(await server.get(route, rep))).toBe('403 not-allowed');
      expect(await outcome(await server.get(route))).toBe('401 sign-in-needed');
    }
    expect(await outcome(await server.get('/api/calls/nothing', admin))).toBe('404 not-found');
    expect(await outcome(await server.get('/api/calls', admin))).toBe('400 bad-request');
    expect(await outcome(await server.get('/api/sites', rep))).toBe('403 not-allowed');
  });
});
