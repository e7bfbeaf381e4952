import { request } from 'node:https';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { permissions } from '../../../shared/permissions.ts';
import { until } from '../../support/until.ts';
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

const credentials = { email: person.email, password: person.password };

describe('signing in', () => {
  test('H20 the right password signs in, in any spelling of the e-mail address', async () => {
    await makeAdmin(server);
    const answer = await server.post('/api/rep/sign-in', { ...credentials, email: ' ADA@shop.example' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      rep: {
        languages: [],
        photo: null,
        id: expect.any(String),
        name: person.name,
        email: person.email,
        may: Object.entries(permissions)
          .filter(([, who]) => who.some(one => one === 'admin'))
          .map(([name]) => name),
        accounts: [{ id: 'main', name: '', role: 'admin' }],
      },
      setUpTwoFactor: false,
    });
    expect((await server.get('/api/rep/me', cookieOf(answer))).status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('H21 a wrong password and an unknown e-mail address get the same answer', async () => {
    await makeAdmin(server);
    const wrong = await server.post('/api/rep/sign-in', { ...credentials, password: 'not the password' });
    const unknown = await server.post('/api/rep/sign-in', { ...credentials, email: 'eve@shop.example' });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    const error = await errorIn(wrong);
    expect(error.code).toBe('wrong-credentials');
    expect(await errorIn(unknown)).toEqual(error);
    expect(wrong.headers.get('set-cookie')).toBeNull();
  });

  test('H22 the cookie is kept from scripts and from other sites, and ends with the sign-in', async () => {
    await makeAdmin(server);
    const cookie = (await server.post('/api/rep/sign-in', credentials)).headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^talk-to-us-rep=/);
    expect(cookie.toLowerCase()).toContain('; httponly');
    expect(cookie.toLowerCase()).toContain('; samesite=strict');
    expect(cookie.toLowerCase()).toContain('; path=/;');
    expect(cookie.toLowerCase()).not.toContain('secure');
    expect(new Date(/expires=([^;]+)/i.exec(cookie)?.[1] ?? 0).getTime()).toBeGreaterThan(
      Date.now() + limits.repSignInMs - 60_000,
    );
  });

  test('H23 over https the cookie is secure and bound to the host', async () => {
    await makeAdmin(server);
    const origin = `https://localhost:${server.servers.ports().https}`;
    const cookie = await new Promise<string>((resolve, reject) => {
      const sent = request(
        `${origin}/api/rep/sign-in`,
        {
          method: 'POST',
          host: '127.0.0.1',
          rejectUnauthorized: false,
          headers: { origin, 'content-type': 'application/json' },
        },
        answer => {
          answer.resume();
          resolve(String(answer.headers['set-cookie']));
        },
      );
      sent.once('error', reject);
      sent.end(JSON.stringify(credentials));
    });
    expect(cookie).toMatch(/^__Host-talk-to-us-rep=.+; secure/i);
  });

  test('H24 signing out ends the session for good, also for a copy of the cookie', async () => {
    const cookie = await makeAdmin(server);
    const out = await server.post('/api/rep/sign-out', {}, cookie);
    expect(out.status).toBe(200);
    expect(out.headers.get('set-cookie')).toMatch(/^talk-to-us-rep=; .*expires=Thu, 01 Jan 1970/);
    expect(await outcome(await server.get('/api/rep/me', cookie))).toBe('401 sign-in-needed');
    expect(server.signedOut).toHaveLength(1);
  });

  test('H25 without a good session every rep route asks for a sign-in', async () => {
    await makeAdmin(server);
    const { token } = server.identity.issueShopperToken('site' as SiteId);
    const rep = await server.db.selectFrom('reps').select('id').executeTakeFirstOrThrow();
    const cookies = [
      '',
      'talk-to-us-rep=nonsense',
      `talk-to-us-rep=${token}`,
      `talk-to-us-rep=${server.identity.issueTicket(rep.id)}`,
    ];
    for (const cookie of cookies) {
      for (const answer of [
        server.get('/api/rep/me', cookie),
        server.get('/api/team', cookie),
        server.post('/api/rep/ticket', {}, cookie),
        server.post('/api/team/invitations', { name: 'B', email: 'b@x.example' }, cookie),
      ]) {
        expect(await outcome(await answer)).toBe('401 sign-in-needed');
      }
    }
  });

  test('H26 a session ends after its life', async () => {
    const cookie = await makeAdmin(server);
    server.clock.now += limits.repSignInMs;
    expect((await server.get('/api/rep/me', cookie)).status).toBe(200);
    server.clock.now += 6_000;
    expect(await outcome(await server.get('/api/rep/me', cookie))).toBe('401 sign-in-needed');
  });

  test('H27 a role that is taken away is gone at once', async () => {
    const cookie = await makeAdmin(server);
    await server.db.updateTable('members').set({ role: 'rep' }).execute();
    const invitation = { name: 'B', email: 'b@x.example' };
    expect(await outcome(await server.post('/api/team/invitations', invitation, cookie))).toBe(
      '403 not-allowed',
    );
  });

  test('H28 guessing a password is slowed down after ten tries, and the right one is let in all the same', async () => {
    await makeAdmin(server);
    const guess = (password: string) => server.post('/api/rep/sign-in', { ...credentials, password });
    const first = await Promise.all(Array.from({ length: 10 }, (_, n) => guess(`guess number ${n}`)));
    expect(first.map(answer => answer.status)).toEqual(Array<number>(10).fill(401));
    // The next one waits for its turn.
    const begun = performance.now();
    expect((await guess(person.password)).status).toBe(200);
    expect(performance.now() - begun).toBeGreaterThan(limits.signInSlowMs - 50);
    // Another person behind the same address is not held up by it.
    const other = await server.post('/api/rep/sign-in', { ...credentials, email: 'ben@shop.example' });
    expect(other.status).toBe(401);
    // More than can be waited for are sent away, with words and a time.
    const refused = await Promise.any(
      Array.from({ length: 8 }, async (_, n) => {
        const answer = await guess(`and number ${n}`);
        if (answer.status !== 429) throw new Error(`answered ${answer.status}`);
        return answer;
      }),
    );
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await errorIn(refused)).message).toMatch(/wait/);
  });

  test('H203 a browser in which the person signed in before is let in at once, whatever others try', async () => {
    await makeAdmin(server);
    const signIn = (password: string, cookie = '') =>
      server.post('/api/rep/sign-in', { ...credentials, password }, cookie);
    const browser = (await signIn(person.password)).headers
      .getSetCookie()
      .find(cookie => cookie.startsWith('talk-to-us-browser='));
    expect(browser).toMatch(/httponly/i);
    expect(browser).toMatch(/samesite=strict/i);
    const cookie = String(browser).split(';')[0];
    // A flood from the same address, most of which is still waiting.
    const flood = Array.from({ length: 40 }, (_, n) => signIn(`guess number ${n}`).catch(() => null));
    await until(async () => (await Promise.any(flood))?.status === 401);
    expect((await signIn(person.password, cookie)).status).toBe(200);
    // The cookie itself lets nobody in, and is no other person's.
    expect((await server.get('/api/rep/me', cookie)).status).toBe(401);
  });

  test('H30 signing in well does not use up tries', async () => {
    await makeAdmin(server);
    for (let n = 0; n < 55; n++)
      expect((await server.post('/api/rep/sign-in', credentials)).status).toBe(200);
  });
});

describe('socket tickets', () => {
  const ticketFor = async (cookie: string) =>
    ((await (await server.post('/api/rep/ticket', {}, cookie)).json()) as { ticket: string }).ticket;

  test('H31 a ticket works once, whoever comes first of many', async () => {
    const cookie = await makeAdmin(server);
    const ticket = await ticketFor(cookie);
    const all = await Promise.all(Array.from({ length: 20 }, () => server.identity.useTicket(ticket)));
    expect(all.filter(rep => rep !== null)).toHaveLength(1);
    expect(await server.identity.useTicket(ticket)).toBeNull();
    expect(await server.identity.useTicket(await ticketFor(cookie))).not.toBeNull();
  });

  test('H32 a ticket ends after its life, and no used ticket is remembered for ever', async () => {
    const cookie = await makeAdmin(server);
    const late = await ticketFor(cookie);
    await server.identity.useTicket(await ticketFor(cookie));
    server.clock.now += limits.ticketMs + 10_000;
    expect(await server.identity.useTicket(late)).toBeNull();
    expect(await server.identity.useTicket(await ticketFor(cookie))).not.toBeNull();
    expect(await server.db.selectFrom('used_tickets').selectAll().execute()).toHaveLength(1);
  });

  test('H33 a session cookie or a shopper token is no ticket', async () => {
    const cookie = await makeAdmin(server);
    expect(await server.identity.useTicket(cookie.split('=')[1]!)).toBeNull();
    expect(
      await server.identity.useTicket(server.identity.issueShopperToken('s' as SiteId).token),
    ).toBeNull();
  });

  test('H34 a shopper token names the shopper and the site, and the same shopper can have it again', () => {
    const first = server.identity.issueShopperToken('site-1' as SiteId);
    expect(server.identity.readShopperToken(first.token)).toEqual({
      siteId: 'site-1',
      shopperId: first.shopperId,
    });
    const again = server.identity.issueShopperToken('site-1' as SiteId, first.shopperId);
    expect(again.shopperId).toBe(first.shopperId);
    expect(server.identity.issueShopperToken('site-1' as SiteId).shopperId).not.toBe(first.shopperId);
  });
});
