/** Accounts on one server, on both engines: nobody sees another one's, and who is in several works in all of them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runAccountCommand } from '../../server/operator/accounts.ts';
import { mayAnywhere } from '../../server/store/members.ts';
import { openBeside } from '../../server/store/open.ts';
import type { Rep as Self } from '../../shared/api/people.ts';
import type { Route } from '../../shared/api/route.ts';
import { routes } from '../../shared/api/routes.ts';
import type { RepId } from '../../shared/ids.ts';
import { may, type Permission, permissions, type Role, roles } from '../../shared/permissions.ts';
import { type RequestInput, type RequestKind, type RequestType, requests } from '../../shared/protocol.ts';
import { engines, freshPlace, type Place } from '../support/engines.ts';
import { Rep, Shopper } from '../support/people.ts';
import { png } from '../support/pictures.ts';
import { RepAccount } from '../support/rep-account.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { SignalingClient } from '../support/signaling-client.ts';
import { until } from '../support/until.ts';

let place: Place;
let server: TestServer;
const password = 'a good long password';

const beside = () => openBeside({ databaseUrl: place.databaseUrl, dataDir: server.dataDir });

/** What the operator reads. */
async function operator(...words: string[]): Promise<string> {
  const db = beside();
  try {
    return await runAccountCommand(db, server.origin, words);
  } finally {
    await db.destroy();
  }
}
const tokenIn = (text: string) => /#link=([\w-]+)/.exec(text)?.[1] ?? '';

/** Olga is the admin of a second account, with a shop. */
async function secondAccount(): Promise<RepAccount> {
  const token = tokenIn(await operator('add', 'Second merchant'));
  const olga = await RepAccount.make(server.origin, token, {
    ...{ name: 'Olga', email: 'olga@second.example', password },
  });
  await olga.addSite(server.origin, 'Second shop');
  return olga;
}

type Team = { reps: { id: RepId; name: string }[] };
const idOf = async (account: RepAccount, name: string) =>
  (await account.read<Team>(server.origin, '/api/team')).reps.find(rep => rep.name === name)?.id;

describe.each(engines)('accounts on %s', engine => {
  beforeEach(async () => {
    place = await freshPlace(engine);
    server = await startTestServer({
      workers: 1,
      environment: place.databaseUrl === null ? {} : { DATABASE_URL: place.databaseUrl },
    });
  });
  afterEach(async () => {
    await server.close();
    await place.remove();
  });

  test('I40 an account is added by the operator, with a link for its first admin, and neither sees anything of the other', async () => {
    const ana = await server.addRep('Ana');
    const olga = await secondAccount();
    const lists = ['sites', 'queues', 'team', 'team/sessions', 'team/invitations', 'blocks', 'audit'];
    for (const path of [...lists, 'rep/overview?from=9000000000000000', 'reach']) {
      const own = JSON.stringify(await ana.read(server.origin, `/api/${path}`));
      expect(own, path).not.toMatch(/Olga|Second/);
      const other = JSON.stringify(await olga.read(server.origin, `/api/${path}`));
      expect(other, path).not.toMatch(/Ana|Demo shop/);
    }
    expect(await operator('list')).toMatch(/^main .*\n.* Second merchant\n$/);
    await expect(operator('link', 'main')).rejects.toThrow('has an admin already');
    await expect(operator('link', 'nothing')).rejects.toThrow('There is no account nothing');
    await expect(operator('add')).rejects.toThrow('How is the account called?');
    await expect(operator()).rejects.toThrow('npm run account');
  });

  test('I41 with ids of another account no route and no request of a socket gives or changes anything', async () => {
    const ana = await server.addRep('Ana');
    const olga = await secondAccount();
    const { ids, leave } = await belongings(ana);
    const before = await everything();
    let asked = 0;
    for (const [name, route] of Object.entries<Route>(routes)) {
      if (route.may === null) continue;
      const [method = '', path = ''] = name.split(' ');
      const query = Object.keys(route.query?.shape ?? {}).filter(key => ids[key] !== undefined);
      const body = bodies[name]?.(ids);
      if (!path.includes(':') && query.length === 0 && !JSON.stringify(body ?? null).includes(ids.siteId!))
        continue;
      const parameters = new URLSearchParams(query.map(key => [key, ids[key]!]));
      if (name === 'POST /api/sounds') parameters.set('name', 'Mine');
      const address = path.replaceAll(/:(\w+)/g, (_, parameter: string) => ids[parameter]!);
      expect(address, 'every parameter has an id').not.toContain('undefined');
      const answer = await olga.ask(
        server.origin,
        method,
        `${address}?${parameters}`,
        method === 'GET' ? undefined : (body ?? {}),
      );
      const said: unknown = await answer.json().catch(() => null);
      expect([name, answer.status, said]).toMatchObject([name, 404, { error: { code: 'not-found' } }]);
      asked++;
    }
    expect(asked).toBeGreaterThan(20);

    const { client: phone } = await SignalingClient.rep(server.origin, olga);
    const tried = new Set<string>();
    for (const [type, { may: permission }] of Object.entries<RequestKind>(requests)) {
      const data = frames[type as RequestType];
      if (permission === null || !may('admin', permission) || !data) continue;
      tried.add(type);
      await expect(
        phone.request(type as RequestType, data(ids) as RequestInput<RequestType>),
        type,
      ).rejects.toMatchObject({ code: expect.stringMatching(/^(not-found|offer-gone|not-in-call)$/) });
    }
    expect([...tried].sort()).toEqual(Object.keys(frames).sort());
    expect(JSON.stringify(phone.view)).not.toContain('Demo shop');
    phone.close();
    expect(await everything()).toEqual(before);
    leave();
  });

  test('I90 what a person may do by a request counts from the moment that their role changes', async () => {
    const ana = await server.addRep('Ana');
    await server.addRep('Ben');
    const id = (await idOf(ana, 'Ben'))!;
    const db = beside();
    const mays = async () => {
      const all = Object.keys(permissions) as Permission[];
      const found = await Promise.all(all.map(one => mayAnywhere(db, id, one)));
      return all.filter((_, at) => found[at]);
    };
    const tableOf = (role: Role) =>
      (Object.keys(permissions) as Permission[]).filter(one =>
        (permissions[one] as readonly string[]).includes(role),
      );
    const seen: string[] = [];
    for (const role of [...roles, 'rep'] as const) {
      expect((await ana.ask(server.origin, 'PATCH', `/api/team/${id}`, { role })).status).toBe(200);
      expect([role, await mays()]).toEqual([role, tableOf(role)]);
      seen.push(String((await mays()).length));
    }
    expect(new Set(seen).size).toBe(roles.length);
    await db.destroy();
  });

  test('I42 a person who works for several accounts joins each with the password they have, and serves all in one console', async () => {
    await server.addRep('Ana');
    const olga = await secondAccount();
    const ben = await server.addRep('Ben');
    const { name, email } = ben.person;
    const invited = await olga.ask(server.origin, 'POST', '/api/team/invitations', {
      ...{ name, email, role: 'supervisor' },
    });
    const token = tokenIn(((await invited.json()) as { url: string }).url);
    const look = await olga.ask(server.origin, 'POST', '/api/rep/links/look', { token });
    expect(await look.json()).toMatchObject({ purpose: 'invitation', known: true });
    const guess = { ...ben.person, password: 'another long password' };
    await expect(RepAccount.make(server.origin, token, guess)).rejects.toThrow('wrong-credentials');
    const both = await RepAccount.make(server.origin, token, ben.person);
    const { rep } = await both.read<{ rep: { accounts: unknown } }>(server.origin, '/api/rep/me');
    expect(rep.accounts).toMatchObject([
      { id: 'main', role: 'rep' },
      { name: 'Second merchant', role: 'supervisor' },
    ]);
    const { client: phone } = await SignalingClient.rep(server.origin, both);
    expect(phone.view?.queues).toHaveLength(2);
    phone.close();
    // Where he is a supervisor he sees the history, and nowhere else.
    const db = beside();
    const sites = await db.selectFrom('sites').select(['id', 'name']).execute();
    await db.destroy();
    for (const { id, name } of sites) {
      const answer = await both.ask(server.origin, 'GET', `/api/calls?siteId=${id}`);
      expect([name, answer.status]).toEqual([name, name === 'Second shop' ? 200 : 404]);
    }
    // No account's admin comes by what he has for another one.
    const link = await olga.ask(
      server.origin,
      'POST',
      `/api/team/${await idOf(olga, 'Ben')}/password-link`,
      {},
    );
    expect(await link.json()).toMatchObject({ error: { code: 'not-yours' } });
  });

  test('I43 who is disabled is out within a second and serves nothing, and serves the same queues once enabled', async () => {
    const ana = await server.addRep('Ana');
    const ben = await server.addRep('Ben');
    const id = await idOf(ana, 'Ben');
    const { client: phone } = await SignalingClient.rep(server.origin, ben);
    const closed = phone.closed();
    const disable = (disabled: boolean) => ana.ask(server.origin, 'PATCH', `/api/team/${id}`, { disabled });
    const began = performance.now();
    expect((await disable(true)).status).toBe(200);
    await closed;
    expect(performance.now() - began).toBeLessThan(1_000);
    expect((await ben.ask(server.origin, 'GET', '/api/rep/me')).status).toBe(401);
    const signIn = async () => {
      const { email } = ben.person;
      return ana.ask(server.origin, 'POST', '/api/rep/sign-in', { email, password });
    };
    expect(await (await signIn()).json()).toMatchObject({ error: { code: 'disabled' } });
    type Queues = { queues: { members: { repId: string; tier: number }[] }[] };
    const served = async () =>
      (await ana.read<Queues>(server.origin, '/api/queues')).queues.flatMap(queue =>
        queue.members.filter(member => member.repId === id),
      );
    expect(await served()).toEqual([]);
    expect((await disable(false)).status).toBe(200);
    expect(await served()).toHaveLength(1);
    expect((await signIn()).status).toBe(200);
  });

  test('I44 an account keeps an admin: the last one is not disabled, removed, or made anything else', async () => {
    const ana = await server.addRep('Ana');
    await server.addRep('Ben');
    const [own, bens] = [await idOf(ana, 'Ana'), await idOf(ana, 'Ben')];
    const change = async (id: string | undefined, body: object) =>
      ((await (await ana.ask(server.origin, 'PATCH', `/api/team/${id}`, body)).json()) as { error?: object })
        .error;
    for (const body of [{ role: 'rep' }, { disabled: true }])
      expect(await change(own, body)).toMatchObject({ code: 'last-admin' });
    const removed = await ana.ask(server.origin, 'DELETE', `/api/team/${own}`);
    expect(await removed.json()).toMatchObject({ error: { code: 'last-admin' } });
    expect(await change(bens, { role: 'admin' })).toBeUndefined();
    expect(await change(own, { role: 'supervisor' })).toBeUndefined();
    expect((await ana.ask(server.origin, 'GET', '/api/sites')).status).toBe(403);
  });

  test('I45 whoever is removed is out, keeps a name in the history but no photo, and may be invited again', async () => {
    const ana = await server.addRep('Ana');
    const ben = await server.addRep('Ben');
    const id = await idOf(ana, 'Ben');
    const sent = await ben.ask(server.origin, 'POST', '/api/rep/photo', png({ width: 64, height: 64 }));
    const { photo } = ((await sent.json()) as { rep: Self }).rep;
    const shown = async () => (await fetch(`${server.origin}/images/${photo}`)).status;
    expect(await shown()).toBe(200);
    expect((await ana.ask(server.origin, 'DELETE', `/api/team/${id}`)).status).toBe(200);
    expect(await shown()).toBe(404);
    expect(await idOf(ana, 'Ben')).toBeUndefined();
    expect((await ben.ask(server.origin, 'GET', '/api/rep/me')).status).toBe(401);
    const again = await RepAccount.make(server.origin, await ana.invite(server.origin, ben.person), {
      ...ben.person,
      password: 'a password of today',
    });
    expect(await idOf(again, 'Ben')).toBe(id);
    type Audit = { entries: { action: string; target: string; repName: string }[] };
    const { entries } = await ana.read<Audit>(server.origin, '/api/audit');
    expect(entries.map(({ action, target, repName }) => [action, target, repName])).toEqual([
      ['member.joined', 'Ben', 'Ben'],
      ['member.invited', 'Ben', 'Ana'],
      ['member.removed', 'Ben', 'Ana'],
      ['member.joined', 'Ben', 'Ben'],
      ['member.invited', 'Ben', 'Ana'],
      ['member.joined', 'Ana', 'Ana'],
    ]);
  });

  test('I46 a new password by a link or by oneself ends the other sessions, which are listed', async () => {
    const ana = await server.addRep('Ana');
    const ben = await server.addRep('Ben');
    type Sessions = { sessions: { id: string; here: boolean }[] };
    const sessions = async (of: RepAccount) =>
      (await of.read<Sessions>(server.origin, '/api/rep/sessions')).sessions;
    const made = await ana.ask(
      server.origin,
      'POST',
      `/api/team/${await idOf(ana, 'Ben')}/password-link`,
      {},
    );
    const token = tokenIn(((await made.json()) as { url: string }).url);
    const anew = { ...ben.person, name: 'Somebody else', password: 'a password of today' };
    const bens = await RepAccount.make(server.origin, token, anew);
    expect((await ben.ask(server.origin, 'GET', '/api/rep/me')).status).toBe(401);
    // A link for a password changes nothing else, and works once.
    expect((await bens.read<{ rep: { name: string } }>(server.origin, '/api/rep/me')).rep.name).toBe('Ben');
    await expect(RepAccount.make(server.origin, token, anew)).rejects.toThrow('link-gone');

    const other = await RepAccount.signIn(server.origin, anew);
    expect((await sessions(bens)).map(({ here }) => here).sort()).toEqual([false, true]);
    const change = (current: string) =>
      bens.ask(server.origin, 'PUT', '/api/rep/password', { current, password: 'yet another password' });
    expect(await (await change('not that one')).json()).toMatchObject({
      error: { code: 'wrong-credentials', field: 'current' },
    });
    expect(await sessions(other)).toHaveLength(2);
    expect((await change(anew.password)).status).toBe(200);
    expect((await other.ask(server.origin, 'GET', '/api/rep/me')).status).toBe(401);
    expect(await sessions(bens)).toHaveLength(1);
    const third = await RepAccount.signIn(server.origin, { ...anew, password: 'yet another password' });
    const [id] = (await sessions(bens)).filter(({ here }) => !here).map(session => session.id);
    expect((await bens.ask(server.origin, 'DELETE', `/api/rep/sessions/${id}`)).status).toBe(200);
    expect((await third.ask(server.origin, 'GET', '/api/rep/me')).status).toBe(401);
  });

  test('I47 an invitation has a role and queues, is listed, and works no more once it is withdrawn', async () => {
    const ana = await server.addRep('Ana');
    await ana.addSite(server.origin, 'Another shop');
    type Queues = { queues: { id: string; members: { repId: string }[] }[] };
    const { queues } = await ana.read<Queues>(server.origin, '/api/queues');
    const invite = async (name: string) => {
      const person = { name, email: `${name.toLowerCase()}@shop.example`, password };
      const answer = await ana.ask(server.origin, 'POST', '/api/team/invitations', {
        ...{ ...person, role: 'supervisor', queues: [queues[1]?.id] },
      });
      return { person, token: tokenIn(((await answer.json()) as { url: string }).url) };
    };
    const [sue, tom] = [await invite('Sue'), await invite('Tom')];
    type Invitations = { invitations: { id: string; name: string; role: string }[] };
    const waiting = async () =>
      (await ana.read<Invitations>(server.origin, '/api/team/invitations')).invitations;
    expect((await waiting()).map(({ name, role }) => [name, role]).sort()).toEqual([
      ['Sue', 'supervisor'],
      ['Tom', 'supervisor'],
    ]);
    const toms = (await waiting()).find(({ name }) => name === 'Tom');
    const withdraw = () => ana.ask(server.origin, 'DELETE', `/api/team/invitations/${toms?.id}`);
    expect([(await withdraw()).status, (await withdraw()).status]).toEqual([200, 404]);
    await expect(RepAccount.make(server.origin, tom.token, tom.person)).rejects.toThrow('link-gone');
    const made = await RepAccount.make(server.origin, sue.token, sue.person);
    expect(await waiting()).toEqual([]);
    const id = await idOf(made, 'Sue');
    const { queues: now } = await ana.read<Queues>(server.origin, '/api/queues');
    expect(now.map(queue => queue.members.some(member => member.repId === id))).toEqual([false, true]);
  });

  test('I48 who is an admin of some sites only has no say about the team, and cannot widen that', async () => {
    const ana = await server.addRep('Ana');
    const ben = await server.addRep('Ben');
    await ana.addSite(server.origin, 'Another shop');
    const { sites } = await ana.read<{ sites: { id: string }[] }>(server.origin, '/api/sites');
    const id = await idOf(ana, 'Ben');
    const limited = { role: 'admin', sites: [sites[1]?.id] };
    expect((await ana.ask(server.origin, 'PATCH', `/api/team/${id}`, limited)).status).toBe(200);
    expect((await ben.read<{ sites: { id: string }[] }>(server.origin, '/api/sites')).sites).toMatchObject([
      { id: sites[1]?.id },
    ]);
    for (const [method, path, body] of [
      ['PATCH', `team/${id}`, { sites: null }],
      ['POST', 'team/invitations', { name: 'X', email: 'x@shop.example', role: 'admin' }],
      ['GET', 'audit', undefined],
    ] as const)
      expect([path, (await ben.ask(server.origin, method, `/api/${path}`, body)).status]).toEqual([
        path,
        403,
      ]);
  });

  test('I49 an invitation by one account gives nobody the account of who is disabled in another', async () => {
    const ana = await server.addRep('Ana');
    const ben = await server.addRep('Ben');
    const olga = await secondAccount();
    const id = await idOf(ana, 'Ben');
    const disabled = await ana.ask(server.origin, 'PATCH', `/api/team/${id}`, { disabled: true });
    expect(disabled.status).toBe(200);
    const token = await olga.invite(server.origin, ben.person);
    const taken = { ...ben.person, password: 'a password of Olga' };
    await expect(RepAccount.make(server.origin, token, taken)).rejects.toThrow('wrong-credentials');
    await RepAccount.make(server.origin, token, ben.person);
  });
});

/** What Ana's account has, by the names of parameters: a call that rings, a sound, a block, an invitation, a session. */
async function belongings(ana: RepAccount): Promise<{ ids: Record<string, string>; leave(): void }> {
  const rep = await Rep.signIn(server.origin, ana);
  await rep.goAvailable(300);
  const rude = await Shopper.arrive(server.origin);
  const blocked = await rude.call(400);
  await rep.untilWork('ringing');
  await rep.signaling.request('caller.block', { callId: blocked, by: ['shopper'], forMs: null });
  await rep.signaling.until(view => view.work.state === 'idle');
  const shopper = await Shopper.arrive(server.origin);
  const callId = await shopper.call(500);
  const work = await rep.untilWork('ringing');
  type Sheets = { queues: { id: string; siteId: string }[] };
  const { queues } = await ana.read<Sheets>(server.origin, '/api/queues');
  const { id: queueId, siteId } = queues[0]!;
  const upload = await ana.ask(
    server.origin,
    'POST',
    `/api/sounds?${new URLSearchParams({ siteId, name: 'Song' })}`,
    new TextEncoder().encode('no sound at all'),
  );
  const { sound } = (await upload.json()) as { sound: { id: string } };
  const converted = async () =>
    (await ana.read<{ sound: { state: { is: string } } }>(server.origin, `/api/sounds/${sound.id}`)).sound
      .state.is === 'failed';
  await until(converted);
  await ana.invite(server.origin, { name: 'X', email: 'x@shop.example', password });
  const one = async <T>(path: string, key: string) =>
    (await ana.read<Record<string, T[]>>(server.origin, path))[key]![0]!;
  const invitation = await one<{ id: string }>('/api/team/invitations', 'invitations');
  const block = await one<{ id: string }>('/api/blocks', 'blocks');
  const session = await one<{ id: string }>('/api/rep/sessions', 'sessions');
  return {
    ids: {
      ...{ siteId, queueId, callId, soundId: sound.id, blockId: block.id, account: 'main' },
      ...{ invitationId: invitation.id, sessionId: session.id, offerId: work.offerId },
      repId: (await idOf(ana, 'Ana')) ?? '',
    },
    leave() {
      for (const person of [rep, rude, shopper]) person.close();
    },
  };
}

/** All that somebody could have changed, but for when sessions were used. */
async function everything(): Promise<string[]> {
  const db = beside();
  const tables = [
    ...([
      'accounts',
      'sites',
      'queues',
      'members',
      'queue_members',
      'rep_skills',
      'sounds',
      'images',
      'blocks',
    ] as const),
    ...(['links', 'refused_origins', 'calls', 'offers', 'audit'] as const),
  ];
  const rows: string[] = [];
  for (const table of tables)
    for (const row of await db.selectFrom(table).selectAll().execute())
      rows.push(`${table} ${JSON.stringify(row)}`);
  await db.destroy();
  return rows.sort();
}

type Ids = Record<string, string>;

/** Bodies that would be taken if the ids were one's own. */
const bodies: Record<string, (ids: Ids) => unknown> = {
  'POST /api/queues': ({ siteId }) => ({ siteId, name: 'Mine' }),
  'PATCH /api/queues/:queueId': () => ({ name: 'Mine' }),
  'POST /api/sites': ({ account }) => ({ name: 'Mine', accountId: account }),
  'PATCH /api/sites/:siteId': () => ({ name: 'Mine' }),
  'POST /api/sites/:siteId/allowed-origins': () => ({ origin: 'https://mine.example' }),
  'POST /api/sites/:siteId/refused-origins/forget': () => ({ origin: 'https://mine.example' }),
  'PATCH /api/calls/:callId': () => ({ boost: 1 }),
  'POST /api/privacy/find': ({ siteId }) => ({ siteId, customer: { by: 'everybody' } }),
  'POST /api/privacy/export': ({ siteId }) => ({ siteId, customer: { by: 'everybody' } }),
  'POST /api/privacy/forget': ({ siteId }) => ({ siteId, customer: { by: 'everybody' } }),
  'POST /api/images': () => new TextEncoder().encode('mine'),
  'POST /api/sounds': () => new TextEncoder().encode('mine'),
  'PATCH /api/sounds/:soundId': () => ({ name: 'Mine' }),
  'PATCH /api/team/:repId': () => ({ role: 'rep' }),
  'PUT /api/team/:repId/skills': () => ({ skills: [] }),
  'PUT /api/team/settings': () => ({ awayReasons: [], declineReasons: [] }),
};

/** Requests of a socket that name something of Ana's. */
const frames: Partial<Record<RequestType, (ids: Ids) => unknown>> = {
  'call.hang-up': ({ callId }) => ({ callId }),
  'callback.outcome': ({ callId }) => ({ callId, outcome: 'reached' }),
  'offer.accept': ({ offerId }) => ({ offerId }),
  'offer.decline': ({ offerId }) => ({ offerId }),
  'call.transfer': ({ callId, queueId }) => ({ callId, queueId }),
  'queue.pick-up': ({ callId }) => ({ callId }),
  'queue.remove': ({ callId }) => ({ callId }),
  'caller.block': ({ callId }) => ({ callId, by: ['shopper'], forMs: null }),
};
