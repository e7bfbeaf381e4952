/** Signing in by OpenID Connect, at a real provider. */
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { startProvider, type TestProvider } from '../../support/oidc-provider.ts';
import {
  cookieOf,
  makeAdmin,
  makeRep,
  outcome,
  person,
  startServer,
  type TestServer,
} from './http-server.ts';

let provider: TestProvider;
let server: TestServer;
beforeEach(async () => {
  provider = await startProvider();
  server = await startServer({}, undefined, provider.settings);
  provider.open(`${server.url}/api/rep/oidc/return`);
});
afterEach(async () => {
  await server.close();
  await provider.close();
});

/** As much of a browser as redirects need: cookies by origin, and one step at a time. */
class Walk {
  readonly #cookies = new Map<string, Map<string, string>>();
  readonly set: string[] = [];

  async step(url: string): Promise<Response> {
    const { origin } = new URL(url);
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    const cookie = [...jar].map(pair => pair.join('=')).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      this.set.push(line);
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }

  /** Where the redirects lead that begin there, up to the first address that fits. */
  async follow(url: string, until: (url: string) => boolean): Promise<string> {
    let at = url;
    for (let steps = 0; steps < 12 && !until(at); steps++) {
      const answer = await this.step(at);
      const next = answer.headers.get('location');
      if (next === null)
        throw new Error(
          `${at} leads nowhere: ${answer.status} ${await answer.text()} ${server.logged.at(-1)}`,
        );
      at = new URL(next, at).href;
    }
    return at;
  }

  cookie(name: string): string {
    return this.#cookies.get(server.url)?.get(name) ?? '';
  }
}

const start = () => `${server.url}/api/rep/oidc/start`;
const isReturn = (url: string) => url.startsWith(`${server.url}/api/rep/oidc/return`);
const isConsole = (url: string) => url.startsWith(`${server.url}/rep`);

/** The whole way. Where it ends, below our own address, and the cookie of whoever is signed in then. */
async function signIn(walk = new Walk()): Promise<{ at: string; cookie: string; walk: Walk }> {
  const end = await walk.follow(start(), isConsole);
  const session = walk.cookie('talk-to-us-rep');
  return { at: end.replace(server.url, ''), cookie: session && `talk-to-us-rep=${session}`, walk };
}
const problem = (code: string) => ({ at: `/rep#sign-in-problem=${code}`, cookie: '' });
const nameOf = async (cookie: string) =>
  ((await (await server.get('/api/rep/me', cookie)).json()) as { rep: { name: string } }).rep.name;
const isAda = (claims = {}) => {
  provider.person.claims = { email: 'Ada@Shop.example', email_verified: true, ...claims };
};

describe('signing in by a provider', () => {
  test('I70 who comes back with the verified e-mail address of a member is signed in', async () => {
    await makeAdmin(server);
    isAda();
    const { at, cookie, walk } = await signIn();
    expect(at).toBe('/rep');
    expect(await nameOf(cookie)).toBe(person.name);
    const flow = walk.set.find(line => line.startsWith('talk-to-us-oidc=e')) ?? '';
    expect(flow).toMatch(/; path=\/api\/rep\/oidc;/i);
    expect(flow).toMatch(/; httponly/i);
    expect(flow).toMatch(/; samesite=lax/i);
    expect(walk.set.find(line => line.startsWith('talk-to-us-rep='))).toMatch(/; samesite=strict/i);
    expect(walk.cookie('talk-to-us-oidc')).toBe('');
    const { entries } = (await (await server.get('/api/audit', cookie)).json()) as {
      entries: { action: string; after: unknown }[];
    };
    expect(entries[0]).toMatchObject({
      ...{ action: 'member.provider-connected', after: { issuer: provider.settings.issuer } },
    });
  });

  test('I71 the provider is asked with PKCE, state and nonce, new ones each time, which the cookie does not hold', async () => {
    const walks = [new Walk(), new Walk()];
    const seen = new Set<string>();
    for (const walk of walks) {
      const asked = new URL((await walk.step(start())).headers.get('location') ?? '');
      const told = Object.fromEntries(asked.searchParams);
      expect(told).toMatchObject({
        ...{ response_type: 'code', code_challenge_method: 'S256', client_id: provider.settings.clientId },
        ...{ redirect_uri: `${server.url}/api/rep/oidc/return`, scope: 'openid email' },
      });
      const [, body = ''] = walk.cookie('talk-to-us-oidc').split('.');
      for (const name of ['state', 'nonce', 'code_challenge']) {
        const value = told[name] ?? '';
        expect(value).toMatch(/^[\w-]{43}$/);
        expect(Buffer.from(body, 'base64url').toString()).not.toContain(value);
        seen.add(value);
      }
    }
    expect(seen.size).toBe(6);
  });

  test('I72 later the person is known by what the provider calls them, whatever their e-mail address is by then', async () => {
    await makeAdmin(server);
    await makeRep(server);
    isAda();
    await signIn();
    isAda({ email: 'ben@shop.example', email_verified: false });
    expect(await nameOf((await signIn()).cookie)).toBe(person.name);
    // Somebody else who is given her address there does not become her.
    provider.person.subject = 'ada-2';
    isAda();
    expect(await signIn()).toMatchObject(problem('connected-elsewhere'));
  });

  test('I73 an unknown person, an e-mail address that is not verified or missing, and a disabled member are told so', async () => {
    await makeAdmin(server);
    isAda({ email: 'eve@shop.example' });
    expect(await signIn()).toMatchObject(problem('not-invited'));
    for (const email_verified of [false, undefined]) {
      isAda({ email_verified });
      expect(await signIn()).toMatchObject(problem('email-unverified'));
    }
    isAda({ email: undefined });
    expect(await signIn()).toMatchObject(problem('email-unverified'));
    isAda();
    const { cookie } = await signIn();
    await server.db.updateTable('members').set({ disabled_at: 1 }).execute();
    expect(await outcome(await server.get('/api/rep/me', cookie))).toBe('401 sign-in-needed');
    expect(await signIn()).toMatchObject(problem('disabled'));
  });

  test('I74 an answer with another state, without the cookie, too late or used before signs nobody in', async () => {
    await makeAdmin(server);
    isAda();
    const expired = problem('expired').at;
    const endOf = async (walk: Walk, url: string) =>
      (await walk.follow(url, isConsole)).replace(server.url, '');

    const walk = new Walk();
    const back = await walk.follow(start(), isReturn);
    const other = new URL(back);
    other.searchParams.set('state', 'x'.repeat(43));
    expect(await endOf(walk, other.href)).toBe(expired);

    expect(await endOf(new Walk(), await new Walk().follow(start(), isReturn))).toBe(expired);

    const late = new Walk();
    const lateBack = await late.follow(start(), isReturn);
    server.clock.now += limits.providerSignInMs + 10_000;
    expect(await endOf(late, lateBack)).toBe(expired);

    const twice = new Walk();
    const twiceBack = await twice.follow(start(), isReturn);
    const flow = `talk-to-us-oidc=${twice.cookie('talk-to-us-oidc')}`;
    expect(await endOf(twice, twiceBack)).toBe('/rep');
    const again = await fetch(twiceBack, { redirect: 'manual', headers: { cookie: flow } });
    expect(again.headers.get('location')).toBe(expired);
    expect(cookieOf(again)).not.toContain('talk-to-us-rep=e');
  });

  test('I75 a code that the provider does not know, or a no of the provider, signs nobody in', async () => {
    await makeAdmin(server);
    isAda();
    for (const change of [{ code: 'made-up' }, { error: 'access_denied' }]) {
      const walk = new Walk();
      const back = new URL(await walk.follow(start(), isReturn));
      for (const [name, value] of Object.entries(change)) back.searchParams.set(name, value);
      expect((await walk.follow(back.href, isConsole)).replace(server.url, '')).toBe(problem('refused').at);
      expect(walk.cookie('talk-to-us-rep')).toBe('');
    }
  });

  test('I76 no code, token or secret is in a log or in where people end up', async () => {
    await makeAdmin(server);
    isAda();
    const walk = new Walk();
    const back = new URL(await walk.follow(start(), isReturn));
    const answer = await walk.step(back.href);
    const shown = `${answer.headers.get('location')} ${await answer.text()} ${server.logged.join('\n')}`;
    const { clientSecret } = provider.settings;
    for (const kept of [back.searchParams.get('code'), back.searchParams.get('state'), clientSecret])
      expect(shown).not.toContain(kept);
    expect(shown).not.toContain('eyJ');
    expect(server.logged.join('\n')).toContain('rep signed in by the provider');
  });

  test('I77 a provider that is away or does not answer is told within seconds; it is tried again, and passwords work meanwhile', async () => {
    await makeAdmin(server);
    isAda();
    provider.hang();
    const begun = performance.now();
    const together = Promise.all([signIn(), signIn(), signIn()]);
    const credentials = { email: person.email, password: person.password };
    expect((await server.post('/api/rep/sign-in', credentials)).status).toBe(200);
    for (const one of await together) expect(one).toMatchObject(problem('provider-away'));
    expect(performance.now() - begun).toBeLessThan(limits.providerAnswerMs + 5_000);
    expect(provider.asked).toEqual(['GET /.well-known/openid-configuration']);

    provider.open(`${server.url}/api/rep/oidc/return`);
    expect((await signIn()).at).toBe('/rep');
    // What it said of itself is kept.
    await signIn();
    expect(provider.asked.filter(path => path.includes('well-known'))).toHaveLength(2);
    // Away between going there and coming back.
    const walk = new Walk();
    const back = await walk.follow(start(), isReturn);
    await provider.close();
    expect((await walk.follow(back, isConsole)).replace(server.url, '')).toBe(problem('provider-away').at);
  });

  test('I78 the sign-in page is told what the provider is called; without one there is nothing to visit', async () => {
    expect(await (await server.get('/api/rep/sign-in-ways')).json()).toEqual({ provider: 'Tideline ID' });
    const plain = await startServer();
    try {
      expect(await (await plain.get('/api/rep/sign-in-ways')).json()).toEqual({ provider: null });
      for (const path of ['start', 'return'])
        expect(await outcome(await plain.get(`/api/rep/oidc/${path}`))).toBe('404 not-found');
    } finally {
      await plain.close();
    }
  });

  test('I79 people come back to PUBLIC_URL where it is set, and never to a name that only a header says', async () => {
    const forged = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request(start(), { headers: { host: 'evil.example' } }, answer => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.once('error', reject);
      sent.end();
    });
    expect(forged).toBe(403);
    const publicUrl = 'https://talk.shop.example';
    const known = await startServer({ publicUrl }, undefined, provider.settings);
    try {
      const first = await fetch(`${known.url}/api/rep/oidc/start`, { redirect: 'manual' });
      expect(first.headers.get('location')).toBe(`${publicUrl}/api/rep/oidc/start?there=1`);
      // Behind a proxy the name is another one again.
      const second = await fetch(`${known.url}/api/rep/oidc/start?there=1`, { redirect: 'manual' });
      const asked = new URL(second.headers.get('location') ?? '');
      expect(asked.searchParams.get('redirect_uri')).toBe(`${publicUrl}/api/rep/oidc/return`);
    } finally {
      await known.close();
    }
  });
});
