/** Accounts on one server, on both engines: nobody sees another one's, and who is in several works in all of them. */
import { describe, expect, test } from 'vitest';
import { mayAnywhere } from '../../server/store/members.ts';
import type { Route } from '../../shared/api/route.ts';
import { routes } from '../../shared/api/routes.ts';
import { may, type Permission, permissions, type Role, roles } from '../../shared/permissions.ts';
import { type RequestInput, type RequestKind, type RequestType, requests } from '../../shared/protocol.ts';
import { engines } from '../support/engines.ts';
import { Rep, Shopper } from '../support/people.ts';
import { RepAccount } from '../support/rep-account.ts';
import { SignalingClient } from '../support/signaling-client.ts';
import { until } from '../support/until.ts';
import {
  accountServer,
  beside,
  idOf,
  operator,
  password,
  secondAccount,
  server,
  tokenIn,
} from './account-server.ts';

describe.each(engines)('accounts on %s', engine => {
  accountServer(engine);

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
      if (name === 'GET /api/reports/calls') parameters.set('counted', 'entered');
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
  'POST /api/reach/page': ({ siteId }) => ({ url: 'https://shop.example/', site: siteId }),
  'PATCH /api/first-run': () => ({ step: 'live', state: 'finished' }),
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
  'PUT /api/board/reps/:repId/status': () => ({ status: 'away', why: 'Mine' }),
  'POST /api/board/reps/:repId/end-wrap-up': () => ({ why: 'Mine' }),
  'PATCH /api/team/:repId': () => ({ role: 'rep' }),
  'PUT /api/team/:repId/skills': () => ({ skills: [] }),
  'PUT /api/team/:repId/languages': () => ({ languages: [] }),
  'PUT /api/team/settings': () => ({ awayReasons: [], declineReasons: [] }),
};

/** Requests of a socket that name something of Ana's. */
const frames: Partial<Record<RequestType, (ids: Ids) => unknown>> = {
  'call.hang-up': ({ callId }) => ({ callId }),
  'callback.outcome': ({ callId }) => ({ callId, outcome: 'reached' }),
  'offer.accept': ({ offerId }) => ({ offerId }),
  'offer.decline': ({ offerId }) => ({ offerId }),
  'call.transfer': ({ callId, queueId }) => ({ callId, queueId }),
  'call.hold': ({ callId }) => ({ callId, hold: true }),
  'call.transfer-to-rep': ({ callId, repId }) => ({ callId, repId }),
  'call.take-back': ({ callId }) => ({ callId }),
  'call.colleagues': ({ callId }) => ({ callId }),
  'queue.pick-up': ({ callId }) => ({ callId }),
  'queue.remove': ({ callId }) => ({ callId }),
  'caller.block': ({ callId }) => ({ callId, by: ['shopper'], forMs: null }),
};
