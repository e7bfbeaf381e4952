import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mainAccount } from '../../../server/store/members.ts';
import { limits } from '../../../shared/limits.ts';
import { figure } from '../../support/figures.ts';
import {
  cookieOf,
  errorIn,
  makeAdmin,
  outcome,
  person,
  startServer,
  type TestServer,
} from './http-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

const setUp = async () => String(await server.links.ensureSetUp(mainAccount));
const look = (token: string) => server.post('/api/rep/links/look', { token });
const use = (token: string, body: object) => server.post('/api/rep/links/use', { token, ...body });
const tokenIn = (url: string) => new URL(url).hash.replace('#link=', '');

describe('one-time links', () => {
  test('H1 the set-up link makes the first admin, signs in, and puts them into every queue', async () => {
    const link = await setUp();
    expect(await (await look(link)).json()).toEqual({ purpose: 'set-up', email: '', name: '', known: false });
    const made = await use(link, { ...person, email: ' Ada@Shop.Example ' });
    expect(made.status).toBe(200);
    const { rep } = (await made.json()) as { rep: { id: string } };
    expect(rep).toMatchObject({
      ...{ name: person.name, email: person.email },
      accounts: [{ id: 'main', role: 'admin' }],
    });
    expect(await (await server.get('/api/rep/me', cookieOf(made))).json()).toEqual({ rep });
    const members = await server.db.selectFrom('queue_members').selectAll().execute();
    expect(members.map(member => member.rep_id)).toEqual([rep.id]);
  });

  test('H327 the first admin gives the first site and its queue names, where nobody has; nobody else does', async () => {
    const called = async () => {
      const { name: site } = await server.db.selectFrom('sites').select('name').executeTakeFirstOrThrow();
      const { name: queue } = await server.db.selectFrom('queues').select('name').executeTakeFirstOrThrow();
      return { site, queue };
    };
    const names = { site: 'Demo-Shop', queue: 'Verkauf' };
    const english = await called();
    const link = await setUp();
    expect(await outcome(await use(link, { ...person, names: { ...names, queue: '' } }))).toBe(
      '400 bad-request',
    );
    const admin = cookieOf(await use(link, { ...person, names }));
    expect(await called()).toEqual(names);

    const ben = { name: 'Ben', email: 'ben@shop.example', role: 'admin' };
    const { url } = (await (await server.send('POST', '/api/team/invitations', ben, admin)).json()) as {
      url: string;
    };
    const joining = { ...person, ...ben, names: { site: 'Boutique', queue: 'Ventes' } };
    expect((await use(tokenIn(url), joining)).status).toBe(200);
    expect(await called()).toEqual(names);

    // As it is where somebody named the site by another way before the first admin came.
    for (const table of ['audit', 'queue_members', 'rep_sessions', 'members', 'reps'] as const)
      await server.db.deleteFrom(table).execute();
    await server.db.updateTable('sites').set({ name: 'Tideline' }).execute();
    await server.db.updateTable('queues').set({ name: english.queue }).execute();
    expect((await use(await setUp(), { ...person, names })).status).toBe(200);
    expect(await called()).toEqual({ site: 'Tideline', queue: english.queue });
  });

  test('H2 a used link is gone, for looking and for using', async () => {
    const link = await setUp();
    expect((await use(link, person)).status).toBe(200);
    expect(await outcome(await look(link))).toBe('410 link-gone');
    expect(await outcome(await use(link, { ...person, email: 'b@shop.example' }))).toBe('410 link-gone');
  });

  test('H3 a link ends after its life', async () => {
    const link = await setUp();
    server.clock.now += limits.setupLinkMs - 1;
    expect((await look(link)).status).toBe(200);
    server.clock.now += 1;
    expect(await outcome(await look(link))).toBe('410 link-gone');
    expect(await outcome(await use(link, person))).toBe('410 link-gone');
  });

  test('H4 of many who use one link at the same time exactly one gets an account', async () => {
    for (let round = 0; round < 5; round++) {
      await server.db.deleteFrom('queue_members').execute();
      for (const table of ['audit', 'rep_sessions', 'members', 'reps'] as const)
        await server.db.deleteFrom(table).execute();
      const link = await setUp();
      const all = await Promise.all(
        Array.from({ length: 8 }, (_, n) => use(link, { ...person, email: `p${n}@shop.example` })),
      );
      expect(all.map(answer => answer.status).sort()).toEqual([200, ...Array<number>(7).fill(410)]);
      expect(await server.db.selectFrom('reps').select('id').execute()).toHaveLength(1);
    }
  });

  test('H5 each start makes a fresh set-up link and ends the one before; none once there is an admin', async () => {
    const first = await setUp();
    const second = await setUp();
    expect(await outcome(await look(first))).toBe('410 link-gone');
    expect((await use(second, person)).status).toBe(200);
    expect(await server.links.ensureSetUp(mainAccount)).toBeNull();
  });

  test('H6 only a hash of a link is kept', async () => {
    const token = await server.links.ensureSetUp(mainAccount);
    expect(token).toMatch(/^[\w-]{43}$/);
    const rows = JSON.stringify(await server.db.selectFrom('links').selectAll().execute());
    expect(rows).not.toContain(token);
  });

  test.each([
    ['a short password', { password: 'short' }, 'password', /at least 10/],
    ['no password', { password: undefined }, 'password', /choose a password/],
    ['a bad e-mail address', { email: 'ada' }, 'email', /does not look like/],
    ['no name', { name: '  ' }, 'name', /write a name/],
    ['a name with hidden marks', { name: 'Ada\u202e' }, 'name', /cannot be shown/],
    ['a name of the wrong type', { name: { $gt: '' } }, 'name', /write a name/],
  ])('H7 %s is refused in plain words, and the link still works', async (_what, change, field, words) => {
    const link = await setUp();
    const answer = await use(link, { ...person, ...change });
    expect(answer.status).toBe(400);
    const error = await errorIn(answer);
    expect(error).toMatchObject({ code: 'bad-request', field });
    expect(error.message).toMatch(words);
    expect((await use(link, person)).status).toBe(200);
  });

  test('H8 an admin invites a rep, who makes an account by the link and joins the team', async () => {
    const admin = await makeAdmin(server);
    const invitation = { name: 'Ben', email: 'ben@shop.example' };
    const invited = await server.post('/api/team/invitations', invitation, admin);
    const { url } = (await invited.json()) as { url: string };
    expect(url).toMatch(new RegExp(`^${server.url}/rep#link=[\\w-]{43}$`));
    const link = tokenIn(url);
    expect(await (await look(link)).json()).toEqual({
      ...{ purpose: 'invitation', known: false },
      ...invitation,
    });

    const other = await use(link, {
      ...invitation,
      email: 'eve@shop.example',
      password: person.password,
    });
    expect(await errorIn(other)).toMatchObject({ code: 'bad-request', field: 'email' });
    const made = await use(link, { ...invitation, password: person.password });
    expect(((await made.json()) as { rep: object }).rep).toMatchObject({
      ...invitation,
      accounts: [{ role: 'rep' }],
    });

    const team = (await (await server.get('/api/team', cookieOf(made))).json()) as { reps: object[] };
    expect(team.reps).toEqual([
      expect.objectContaining({ name: person.name, role: 'admin', status: 'offline' }),
      expect.objectContaining({ ...invitation, role: 'rep', status: 'offline' }),
    ]);
    expect(JSON.stringify(team)).not.toContain('argon2');
    expect(
      await outcome(await server.post('/api/team/invitations', { name: 'C', email: 'c@x' }, cookieOf(made))),
    ).toBe('403 not-allowed');
  });

  test('H9 an invitation to somebody who has an account is refused; a second one ends the first', async () => {
    const admin = await makeAdmin(server);
    expect(await outcome(await server.post('/api/team/invitations', person, admin))).toBe('409 email-taken');
    const invite = async () => {
      const answer = await server.post(
        '/api/team/invitations',
        { name: 'Ben', email: 'ben@x.example' },
        admin,
      );
      return tokenIn(((await answer.json()) as { url: string }).url);
    };
    const [first, second] = [await invite(), await invite()];
    expect(await outcome(await look(first))).toBe('410 link-gone');
    expect((await look(second)).status).toBe(200);
  });

  test('H10 an invitation leads to the public address when there is one', async () => {
    const behindProxy = await startServer({ publicUrl: 'https://talk.shop.example' });
    try {
      const admin = await makeAdmin(behindProxy);
      const answer = await behindProxy.post(
        '/api/team/invitations',
        { name: 'B', email: 'b@x.example' },
        admin,
      );
      expect(((await answer.json()) as { url: string }).url).toMatch(
        /^https:\/\/talk\.shop\.example\/rep#link=/,
      );
    } finally {
      await behindProxy.close();
    }
  });

  test('H200 a token of a link is taken in a body and nowhere else', async () => {
    const token = await setUp();
    for (const path of [`/api/rep/links/${token}`, `/api/rep/links/look?token=${token}`])
      expect((await server.get(path)).status).toBeGreaterThanOrEqual(404);
    expect((await server.post(`/api/rep/links/${token}`, person)).status).toBe(404);
    expect(await outcome(await server.post(`/api/rep/links/use?token=${token}`, person))).toBe(
      '400 bad-request',
    );
    expect((await use(token, person)).status).toBe(200);
    figure('14-urls', 'no path and no query takes one');
  });

  test('H11 neither links, passwords nor session tokens reach the log', async () => {
    const token = await server.links.ensureSetUp(mainAccount);
    const cookie = cookieOf(await use(String(token), person));
    // Even when a request fails in a way that nobody foresaw.
    await server.db.schema.dropTable('links').execute();
    expect(await outcome(await look(String(token)))).toBe('500 internal');
    const log = server.logged.join('');
    expect(log).toContain('a request failed');
    for (const secret of [String(token), person.password, cookie.split('=')[1]!, person.email]) {
      expect(log).not.toContain(secret);
    }
    figure('14-urls', 'none in the log');
  });
});
