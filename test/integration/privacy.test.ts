/** A customer is forgotten: nothing that is kept has their words any more, looked for in the bytes. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { forgetOld } from '../../server/calls/timers/retention.ts';
import { openBeside } from '../../server/store/open.ts';
import type { CustomerWish } from '../../shared/api/privacy.ts';
import type { CallContext } from '../../shared/call-context.ts';
import type { CallId, SiteId } from '../../shared/ids.ts';
import { postgresPrograms } from '../../tools/setup/postgres.mjs';
import { engines, freshPlace, type Place } from '../support/engines.ts';
import { Rep, Shopper } from '../support/people.ts';
import type { RepAccount } from '../support/rep-account.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let place: Place;
let server: TestServer;
let ana: RepAccount;
let rep: Rep;
let siteId: SiteId;

/** No other text has these. */
const words = [
  'Zephyrine',
  'Quartzmann',
  'quince-marmalade',
  '1517 1234567',
  'asked-for-a-discount',
  'shouted-at-me',
];
const shopper = {
  page: { url: 'https://shop.example/quince-marmalade', title: 'quince-marmalade' },
  name: 'Zephyrine Quartzmann',
};

/** All that is kept, as bytes: the files of the embedded database, or a dump of the other one. */
function kept(): string {
  if (place.databaseUrl !== null) {
    const programs = postgresPrograms(process.env);
    if (programs === null)
      throw new Error('PostgreSQL is not installed. Run `npm test`, whose set-up installs it.');
    return execFileSync(path.join(programs, 'pg_dump'), [place.databaseUrl], { encoding: 'latin1' });
  }
  const files = readdirSync(server.dataDir, { recursive: true, encoding: 'utf8' })
    .map(name => path.join(server.dataDir, name))
    .filter(name => statSync(name).isFile());
  return files.map(name => readFileSync(name, 'latin1')).join('\n');
}
const left = () => {
  const bytes = kept();
  return words.filter(word => bytes.includes(word));
};

/** Columns in which words of customers may be. */
const ofCustomers = [
  ...[
    'calls.context',
    'calls.note',
    'calls.handed_note',
    'calls.transfer_note',
    'calls.callback_phone',
    'calls.callback_push',
  ],
  ...['calls.shopper_id', 'calls.caller_network', 'call_events.data'],
  ...['blocks.label', 'blocks.reason', 'block_marks.mark', 'audit.target'],
  'call_entries.page',
];
/** All others that are text: ids, words of a list, and what the merchant’s own people are called and set. */
const notOfCustomers: Record<string, string> = {
  accounts: 'first_run id name settings',
  audit: 'account_id action after before id rep_id',
  block_marks: 'block_id site_id',
  blocks: 'call_id id rep_id site_id',
  call_entries: 'call_id language outcome queue_id rep_id site_id',
  call_events: 'account_id call_id id rep_id site_id type',
  call_parties: 'call_id id kind left_why mode rep_id site_id state',
  call_samples: 'call_id party_id site_id',
  calls:
    'callback_kind end_reason handed_by id language needs outlook queue_id reserved_rep_id site_id state',
  clock: 'boot id',
  figures_state: 'id',
  history_sequences: 'account_id',
  images: 'id name rep_id site_id',
  identities: 'issuer rep_id subject',
  lines: 'needs queue_id site_id',
  links: 'account_id email name purpose queues rep_id role token_hash',
  members: 'account_id kept_queues languages rep_id role sites',
  offers: 'call_id id rep_id site_id state',
  queue_members: 'counted_day queue_id rep_id site_id',
  queues: 'id last_rung_rep_id name settings site_id',
  recovery_codes: 'code_hash rep_id',
  refused_origins: 'origin site_id',
  rep_events: 'note reason rep_id status',
  rep_work: 'call_id queue_id rep_id site_id',
  rep_sessions: 'browser id rep_id',
  rep_skills: 'account_id rep_id skill',
  reps: 'directed email id name password_hash session_id status status_note status_reason work wrap_up_call_id',
  retention_clock: 'id',
  second_factors: 'pending rep_id secret',
  sites: 'account_id allowed_origins id key name routing_group settings',
  sound_pieces: 'sound_id',
  sounds: 'id name problem site_id state',
  store_probe: 'id',
  unmet_demand: 'queue_id reason site_id',
  used_tickets: 'jti',
};

/** As `table.column`. */
async function columnsWith(db: ReturnType<typeof openBeside>, sought: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const { name } of await db.introspection.getTables())
    for (const row of await db
      .selectFrom(name as 'calls')
      .selectAll()
      .execute())
      for (const [column, value] of Object.entries(row))
        if (typeof value === 'string' && sought.some(one => value.includes(one)))
          found.add(`${name}.${column}`);
  return [...found].sort();
}

const ask = async <T>(route: string, customer: CustomerWish): Promise<T> => {
  const answer = await ana.ask(server.origin, 'POST', `/api/privacy/${route}`, { siteId, customer });
  return (await answer.json()) as T;
};

/** A talk of the customer, with a note afterwards; and a callback to their number, taken out of the line and blocked. */
async function visit(): Promise<void> {
  const person = await Shopper.arrive(server.origin);
  await person.call(500, shopper);
  const { call } = await rep.answer();
  await person.signaling.request('call.hang-up', { callId: call.callId });
  await rep.untilWork('wrap-up');
  await rep.signaling.request('wrap-up.finish', { note: 'asked-for-a-discount' });
  await rep.untilWork('idle');
  await rep.signaling.request('rep.status', { status: 'away' });
  const { callId } = await person.signaling.request('callback.request', {
    ...{ kind: 'phone', phone: '+49 1517 1234567', context: shopper },
  });
  await rep.signaling.request('caller.block', {
    ...{ callId, by: ['number'], forMs: null, reason: 'shouted-at-me' },
  });
  await rep.signaling.request('rep.status', { status: 'available' });
  person.close();
}

describe.each(engines)('what is kept of a customer, on %s', engine => {
  beforeEach(async () => {
    place = await freshPlace(engine);
    server = await startTestServer({ workers: 1, environment: place.environment });
    ana = await server.addRep('Ana');
    const { sites } = await ana.read<{ sites: { id: SiteId }[] }>(server.origin, '/api/sites');
    siteId = sites[0]!.id;
    await ana.patchQueue(server.origin, {
      callback: {
        page: true,
        phone: true,
        tries: 2,
        retryMs: 300_000,
        expireMs: 86_400_000,
        numbers: numbers,
      },
      overflow: { ...ends, noRep: { do: 'callback' } },
    });
    rep = await Rep.signIn(server.origin, ana);
    await rep.goAvailable(300);
  });
  afterEach(async () => {
    rep.close();
    await server.close();
    await place.remove();
  });

  test('I80 it is handed out whole, and forgotten so that no file and no dump has a word of it; the figures stay', async () => {
    await visit();
    expect(left().sort()).not.toEqual([]);
    const byName: CustomerWish = { by: 'name', value: ' zephyrine quartzmann' };
    expect(await ask('find', byName)).toMatchObject({ calls: 2, live: 0 });
    expect(await ask('find', { by: 'number', value: '4915171234567' })).toMatchObject({ calls: 1 });
    expect(await ask('find', { by: 'name', value: 'Zephyrine' })).toMatchObject({ calls: 0, firstAt: null });
    const { calls } = await ask<{ calls: { callId: CallId; note: string; steps: unknown[] }[] }>(
      'export',
      byName,
    );
    expect(calls.map(call => call.note)).toContain('asked-for-a-discount');
    expect(JSON.stringify(calls)).toContain('shouted-at-me');

    expect(await ask('forget', byName)).toEqual({ calls: 2, blocks: 1, live: 0 });
    expect(left()).toEqual([]);
    expect(await ask('find', byName)).toMatchObject({ calls: 0 });
    const { call } = await ana.read<{ call: { talkedMs: number; context: object } }>(
      server.origin,
      `/api/calls/${calls[0]!.callId}`,
    );
    expect(call.context).toEqual({});
    expect(call.talkedMs).toBeGreaterThan(0);
  });

  test('I91 no column that customers’ words get into keeps one of them, wherever they were typed', async () => {
    const db = openBeside({ databaseUrl: place.databaseUrl, dataDir: server.dataDir });
    // A column that is new has to be put where it belongs.
    const texts = (await db.introspection.getTables()).flatMap(({ name, columns }) =>
      columns.filter(({ dataType }) => /^text$/i.test(dataType)).map(column => `${name}.${column.name}`),
    );
    const others = Object.entries(notOfCustomers).flatMap(([table, columns]) =>
      columns.split(' ').map(column => `${table}.${column}`),
    );
    expect(texts.sort()).toEqual([...ofCustomers, ...others].sort());
    const typed: string[] = [];
    const word = (where: string) => {
      typed.push(`zq${where}qz`);
      return `zq${where}qz`;
    };
    const name = word('name');
    const context = (at: string): CallContext => ({
      page: { url: `https://shop.example/${word(`${at}url`)}`, title: word(`${at}title`) },
      cart: {
        items: [
          {
            ...{ name: word(`${at}item`), quantity: 1, price: word(`${at}price`) },
            url: `https://shop.example/${word(`${at}itemurl`)}`,
          },
        ],
        total: word(`${at}total`),
      },
      name,
      fields: [{ label: word(`${at}label`), value: word(`${at}value`) }],
    });
    const seen = new Set<string>();
    const look = async () => {
      for (const column of await columnsWith(db, typed)) seen.add(column);
    };
    const people: Shopper[] = [];
    const somebody = async () => {
      const person = await Shopper.arrive(server.origin);
      people.push(person);
      return person;
    };

    const talker = await somebody();
    await talker.call(500, context('start'));
    await rep.answer();
    await talker.signaling.request('call.context', { context: context('later') });
    // Somebody whose push service says where their browser is, while the rep talks.
    const pushed = await somebody();
    const callId = await pushed.call(600, context('pushed'));
    await pushed.signaling.request('callback.request', { kind: 'page' });
    const keys = { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) };
    const endpoint = `https://fcm.googleapis.com/fcm/send/${word('push')}`;
    await pushed.signaling.request('callback.push', { callId, subscription: { endpoint, keys } });
    await look();
    await rep.signaling.request('queue.remove', { callId, reason: word('removed') });
    const { call } = await rep.untilWork('talking');
    // Handed to a colleague.
    const ben = await Rep.signIn(server.origin, await server.addRep('Ben'));
    await ben.goAvailable(660);
    await ben.signaling.until(view => view.status === 'available');
    const { colleagues } = await rep.signaling.request('call.colleagues', { callId: call.callId });
    const to = { callId: call.callId, repId: colleagues.find(({ name }) => name === 'Ben')!.repId };
    await rep.signaling.request('call.transfer-to-rep', { ...to, note: word('handed') });
    await look();
    await ben.answer();
    await look();
    await rep.untilWork('wrap-up');
    await rep.signaling.request('wrap-up.finish', { note: word('note') });
    await rep.untilWork('idle');
    await rep.signaling.request('rep.status', { status: 'away' });
    await talker.signaling.request('call.hang-up', { callId: call.callId });
    await ben.untilWork('wrap-up');
    ben.close();
    // Blocked and let in again: the audit knows by what name. Blocked by the network alone: the block has name and reason.
    type Blocks = { blocks: { id: string }[] };
    for (const by of ['shopper', 'network'] as const) {
      const person = await somebody();
      const asked = await person.signaling.request('callback.request', {
        ...{ kind: 'phone', phone: by === 'network' ? '+49 1517 7654321' : '+49 1517 8765432' },
        context: context(by),
      });
      await rep.signaling.request('caller.block', {
        ...{ callId: asked.callId, by: [by], forMs: null, reason: word(`blocked${by}`) },
      });
      await look();
      if (by === 'network') continue;
      const { blocks } = await ana.read<Blocks>(server.origin, '/api/blocks');
      const lifted = await ana.ask(server.origin, 'DELETE', `/api/blocks/${blocks[0]?.id}`);
      expect(lifted.status).toBe(200);
    }
    typed.push('8765432', '7654321');
    const calls = await db.selectFrom('calls').select(['shopper_id', 'caller_network']).execute();
    typed.push(...calls.flatMap(row => [row.shopper_id, row.caller_network]).filter(text => text !== ''));
    await look();
    // Each of them is where we think that customers’ words are, so that nothing is looked for in vain.
    expect([...seen].sort()).toEqual([...ofCustomers].sort());
    for (const person of people) person.close();

    expect(await ask('forget', { by: 'name', value: name })).toMatchObject({ calls: 4, blocks: 1, live: 0 });
    expect(await columnsWith(db, typed)).toEqual([]);
    await db.destroy();
    const bytes = kept();
    expect(typed.filter(one => bytes.includes(one))).toEqual([]);
  });

  test('I92 whoever is known from a block alone, their calls being older than what is kept, is forgotten by name or number', async () => {
    await visit();
    const db = openBeside({ databaseUrl: place.databaseUrl, dataDir: server.dataDir });
    await forgetOld({ db, now: () => Date.now() + 100 * 86_400_000 });
    expect(await columnsWith(db, words)).toEqual(['blocks.label', 'blocks.reason']);
    expect(await ask('forget', { by: 'number', value: '0000' })).toEqual({ calls: 0, blocks: 0, live: 0 });
    expect(await ask('forget', { by: 'number', value: '4915171234567' })).toMatchObject({ blocks: 1 });
    expect(await columnsWith(db, words)).toEqual([]);
    await db.destroy();
  });

  test('I81 everybody is forgotten at once, but for whoever talks at present', async () => {
    await visit();
    const other = await Shopper.arrive(server.origin);
    await other.call(600, { name: 'Still Here' });
    await rep.answer();
    expect(await ask('forget', { by: 'everybody' })).toEqual({ calls: 2, blocks: 1, live: 1 });
    expect(left()).toEqual([]);
    expect(kept()).toContain('Still Here');
    other.close();
  });
});

const numbers = { countries: 'any', premium: true, own: 'DE' } as const;
const ends = { closed: { do: 'end' }, full: { do: 'end' }, maxWait: { do: 'end' } } as const;
