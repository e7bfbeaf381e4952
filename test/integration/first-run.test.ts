/** The first run, as far as the server keeps it, on both engines. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runAccountCommand } from '../../server/operator/accounts.ts';
import { openBeside } from '../../server/store/open.ts';
import type { FirstRun } from '../../shared/api/first-run.ts';
import type { SiteSheet } from '../../shared/api/sites.ts';
import { testPage } from '../../shared/first-run.ts';
import { engines, freshPlace, type Place } from '../support/engines.ts';
import { Rep, Shopper } from '../support/people.ts';
import { RepAccount } from '../support/rep-account.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let place: Place;
let server: TestServer;
let ana: RepAccount;
const password = 'a good long password';

/** The newest state, as anybody reads it; `change` is sent before. */
async function run(who: RepAccount, change?: object, query = ''): Promise<FirstRun> {
  if (!change) return (await who.read<{ runs: FirstRun[] }>(server.origin, '/api/first-run')).runs[0]!;
  const answer = await who.ask(server.origin, 'PATCH', `/api/first-run${query}`, change);
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as FirstRun;
}

describe.each(engines)('the first run on %s', engine => {
  beforeEach(async () => {
    place = await freshPlace(engine);
    server = await startTestServer({
      workers: 1,
      environment: place.databaseUrl === null ? {} : { DATABASE_URL: place.databaseUrl },
    });
    ana = await RepAccount.make(server.origin, new URL(server.setUpLink()).hash.slice('#link='.length), {
      ...{ name: 'Ana', email: 'ana@shop.example', password },
    });
  });
  afterEach(async () => {
    await server.close();
    await place.remove();
  });

  test('H310 the step reached and the steps done are kept with the account: another device and a restarted server go on there', async () => {
    expect(await run(ana)).toEqual({ accountId: 'main', state: 'open', step: 'shop', done: [] });
    await run(ana, { step: 'hours', done: 'shop' });
    await run(ana, { step: 'people', done: 'language' });
    const phone = await RepAccount.signIn(server.origin, ana.person);
    const reached = { accountId: 'main', state: 'open', step: 'people', done: ['shop', 'language'] };
    expect(await run(phone)).toEqual(reached);
    // Both at once: neither takes back what the other did.
    await Promise.all([
      run(ana, { done: 'hours' }),
      run(phone, { done: 'people' }),
      run(ana, { done: 'code' }),
      run(phone, { done: 'live' }),
    ]);
    await server.restart();
    expect((await run(phone)).done).toEqual(['shop', 'hours', 'language', 'people', 'code', 'live']);
    expect((await run(ana, { state: 'finished' })).state).toBe('finished');
    expect(await run(phone)).toMatchObject({ state: 'finished', step: 'people' });
    for (const wrong of [{ step: 'nothing' }, { done: 'test-call' }, { state: 'half' }])
      await expect(run(ana, wrong)).rejects.toThrow('bad-request');
  });

  test('H311 each account has its own first run, which only its admins see and change', async () => {
    const db = openBeside({ databaseUrl: place.databaseUrl, dataDir: server.dataDir });
    const text = await runAccountCommand(db, server.origin, ['add', 'Second merchant']);
    await db.destroy();
    const olga = await RepAccount.make(server.origin, /#link=([\w-]+)/.exec(text)?.[1] ?? '', {
      ...{ name: 'Olga', email: 'olga@second.example', password },
    });
    const second = (await run(olga)).accountId;
    await run(ana, { step: 'live', state: 'dismissed' });
    expect(await run(olga)).toEqual({ accountId: second, state: 'open', step: 'shop', done: [] });
    await run(olga, { step: 'hours', done: 'shop' }, `?account=${second}`);
    expect(await run(ana)).toEqual({ accountId: 'main', state: 'dismissed', step: 'live', done: [] });
    await expect(run(olga, { step: 'live' }, '?account=main')).rejects.toThrow('not-found');
    await expect(run(ana, { step: 'live' }, `?account=${second}`)).rejects.toThrow('not-found');
    const token = await ana.invite(server.origin, { name: 'Ben', email: 'ben@shop.example', password });
    const ben = await RepAccount.make(server.origin, token, {
      ...{ name: 'Ben', email: 'ben@shop.example', password },
    });
    await expect(run(ben)).rejects.toThrow('403');
    await expect(run(ben, { step: 'live' })).rejects.toThrow('not-allowed');
  });

  test('H314 a test call is done once somebody answered a call from the test page, and from no other page', async () => {
    const rep = await Rep.signIn(server.origin, ana);
    await rep.goAvailable(880);
    const shopper = await Shopper.arrive(server.origin);
    const done = async () => (await run(ana)).done;
    const callFrom = async (url: string, answered: boolean) => {
      const callId = await shopper.call(440, { page: { url, title: 'Test page' } });
      await rep.untilWork('ringing');
      if (answered) await rep.answer();
      const before = await done();
      await shopper.signaling.request('call.hang-up', { callId });
      if (answered) await rep.signaling.request('wrap-up.finish', {});
      await rep.untilWork('idle');
      return before;
    };
    const page = testPage(server.origin, 'demo');
    expect(await callFrom(page, false)).toEqual([]);
    expect(await callFrom(`${server.origin}/`, true)).toEqual([]);
    expect(await callFrom(page.replace('127.0.0.1', 'shop.example'), true)).toEqual([]);
    expect(await callFrom(page, true)).toEqual(['test-call']);
    expect(await done()).toEqual(['test-call']);
    rep.close();
    shopper.close();
  });

  test('H324 what the steps about the shop set is found on another device and after a restart; a colour that somebody else has changed is refused with its field', async () => {
    const site = async (who: RepAccount) =>
      (await who.read<{ sites: SiteSheet[] }>(server.origin, '/api/sites')).sites[0]!;
    const { id } = await site(ana);
    const change = (who: RepAccount, body: object) =>
      who.ask(server.origin, 'PATCH', `/api/sites/${id}`, body);
    const colour = (accent: string, seen: string | null) => ({
      ...{ appearance: { accent }, before: { appearance: { accent: seen } } },
    });
    const phone = await RepAccount.signIn(server.origin, ana.person);
    expect((await change(ana, { name: 'Harbour Mugs', ...colour('#c2185b', null) })).status).toBe(200);
    expect((await change(phone, { languages: { allowed: ['de'], default: 'de' } })).status).toBe(200);
    const refused = await change(phone, { name: 'Mugs', ...colour('#0000aa', null) });
    expect([refused.status, await refused.json()]).toMatchObject([
      409,
      { error: { code: 'changed-meanwhile', field: 'appearance.accent' } },
    ]);
    await server.restart();
    expect(await site(phone)).toMatchObject({
      ...{ name: 'Harbour Mugs', languages: { allowed: ['de'], default: 'de' } },
      ...{ appearance: { accent: '#c2185b', shape: 'pill' } },
    });
    expect((await change(phone, colour('#0000aa', '#c2185b'))).status).toBe(200);
    expect((await site(ana)).appearance.accent).toBe('#0000aa');
  });
});
