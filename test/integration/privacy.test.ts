/** A customer is forgotten: nothing that is kept has their words any more, looked for in the bytes. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CustomerWish } from '../../shared/api/privacy.ts';
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
    server = await startTestServer({
      workers: 1,
      environment: place.databaseUrl === null ? {} : { DATABASE_URL: place.databaseUrl },
    });
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
