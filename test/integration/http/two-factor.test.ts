/** Signing in with a code besides the password. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runAccountCommand } from '../../../server/operator/accounts.ts';
import { mainAccount } from '../../../server/store/members.ts';
import type { AuditEntry, TeamMember } from '../../../shared/api/people.ts';
import type { AccountId, RepId } from '../../../shared/ids.ts';
import { allowances, limits } from '../../../shared/limits.ts';
import { codeAt } from '../../support/authenticator.ts';
import {
  cookieOf,
  errorIn,
  makeAdmin,
  makeRep,
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

const { email, password } = person;
const ben = { email: 'ben@shop.example', password };
const signIn = (code?: string, who: { email: string; password: string } = person, cookie?: string) =>
  server.post('/api/rep/sign-in', { email: who.email, password: who.password, code }, cookie);

/** Switch it on; the codes of this moment are used then, so the clock goes on. */
async function switchOn(cookie: string): Promise<{ secret: string; recoveryCodes: string[] }> {
  const begun = await server.post('/api/rep/two-factor', { password }, cookie);
  const { secret } = (await begun.json()) as { secret: string };
  const code = codeAt(secret, server.clock.now);
  const confirmed = await server.send('PUT', '/api/rep/two-factor', { code }, cookie);
  expect(confirmed.status).toBe(200);
  server.clock.now += 60_000;
  const { recoveryCodes } = (await confirmed.json()) as { recoveryCodes: string[] };
  return { secret, recoveryCodes };
}

const audit = async (cookie: string) =>
  ((await (await server.get('/api/audit', cookie)).json()) as { entries: AuditEntry[] }).entries.map(
    ({ action, target, repName }) => ({ action, target, by: repName }),
  );
const team = async (cookie: string) =>
  ((await (await server.get('/api/team', cookie)).json()) as { reps: TeamMember[] }).reps;
const idOf = async (cookie: string, name: string): Promise<RepId> => {
  const member = (await team(cookie)).find(one => one.name === name);
  if (!member) throw new Error(`${name} is not on the team`);
  return member.id;
};

describe('two-factor sign-in', () => {
  test('I56 after the right password a code is asked for, and nobody else learns that one is needed', async () => {
    const { secret } = await switchOn(await makeAdmin(server));
    const refused = await signIn();
    expect(refused.headers.get('set-cookie')).toBeNull();
    expect(await errorIn(refused)).toMatchObject({ code: 'code-needed', field: 'code' });
    const guess = { ...person, password: 'not the password' };
    for (const code of [undefined, codeAt(secret, server.clock.now)])
      expect(await outcome(await signIn(code, guess))).toBe('401 wrong-credentials');
    expect(await outcome(await signIn('000 000x'))).toBe('401 wrong-code');
    const shown = codeAt(secret, server.clock.now);
    const answer = await signIn(`${shown.slice(0, 3)} ${shown.slice(3)}`);
    expect(answer.status).toBe(200);
    expect((await server.get('/api/rep/me', cookieOf(answer))).status).toBe(200);
    expect(await outcome(await signIn(shown))).toBe('401 wrong-code');
    const logged = server.logged.join('\n');
    for (const kept of [secret, shown]) expect(logged).not.toContain(kept);
  });

  test('I57 a wrong code slows down as a wrong password does, and after ten no code is looked at for a while', async () => {
    const admin = await makeAdmin(server);
    const { secret } = await switchOn(admin);
    for (let n = 0; n < allowances.wrongCodes.burst; n++)
      expect(await outcome(await signIn(`00000${n}x`))).toBe('401 wrong-code');
    const begun = performance.now();
    const right = await signIn(codeAt(secret, server.clock.now));
    expect(performance.now() - begun).toBeGreaterThan(limits.signInSlowMs - 50);
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
    // A browser in which the person signed in before has tries of its own.
    const { id } = ((await (await server.get('/api/rep/me', admin)).json()) as { rep: { id: RepId } }).rep;
    const known = `talk-to-us-browser=${server.identity.issueKnownBrowser(id)}`;
    expect((await signIn(codeAt(secret, server.clock.now), person, known)).status).toBe(200);
  });

  test('I93 a recovery code that is refused is told as one; an app’s code as one that another one follows', async () => {
    const cookie = await makeAdmin(server);
    const { recoveryCodes } = await switchOn(cookie);
    await signIn(recoveryCodes[0]);
    const reasonOf = async (code: string | undefined) => {
      const { code: said, reason, field } = await errorIn(await signIn(code));
      expect([said, field]).toEqual(['wrong-code', 'code']);
      return reason;
    };
    for (const code of [recoveryCodes[0], 'AAAA-BBBB-CCCC-DDDD'])
      expect(await reasonOf(code)).toBe('wrongRecoveryCode');
    // What the code of the error itself says.
    expect(await reasonOf('000 000')).toBeUndefined();
  });

  test('I58 a recovery code is taken in the place of a code, once', async () => {
    const cookie = await makeAdmin(server);
    const { recoveryCodes } = await switchOn(cookie);
    expect((await signIn(recoveryCodes[0])).status).toBe(200);
    expect(await outcome(await signIn(recoveryCodes[0]))).toBe('401 wrong-code');
    expect(await (await server.get('/api/rep/two-factor', cookie)).json()).toEqual({
      ...{ on: true, required: false, recoveryCodesLeft: 9 },
    });
    const renew = (word: string) =>
      server.post('/api/rep/two-factor/recovery-codes', { password: word }, cookie);
    expect(await outcome(await renew('not the password'))).toBe('401 wrong-credentials');
    const renewed = (await (await renew(password)).json()) as { recoveryCodes: string[] };
    expect(await outcome(await signIn(recoveryCodes[1]))).toBe('401 wrong-code');
    expect((await signIn(renewed.recoveryCodes[1])).status).toBe(200);
  });

  test('I59 the password is asked for before a secret is shown and before it is switched off', async () => {
    const cookie = await makeAdmin(server);
    const wrong = { password: 'not the password' };
    expect(await outcome(await server.post('/api/rep/two-factor', wrong, cookie))).toBe(
      '401 wrong-credentials',
    );
    const early = await server.send('PUT', '/api/rep/two-factor', { code: '123456' }, cookie);
    expect(await outcome(early)).toBe('404 not-found');
    const begun = await server.post('/api/rep/two-factor', { password }, cookie);
    const { uri, qr } = (await begun.json()) as { uri: string; qr: string };
    expect(uri).toMatch(/^otpauth:\/\/totp\//);
    expect(qr).toMatch(/^<svg [^>]*><path d="[\w .-]+"\/?>/);
    const confirm = await server.send('PUT', '/api/rep/two-factor', { code: '12345x' }, cookie);
    expect(await errorIn(confirm)).toMatchObject({ code: 'wrong-code', field: 'code' });
    await switchOn(cookie);
    expect(await outcome(await server.post('/api/rep/two-factor/off', wrong, cookie))).toBe(
      '401 wrong-credentials',
    );
    expect(await outcome(await signIn())).toBe('401 code-needed');
    expect((await server.post('/api/rep/two-factor/off', { password }, cookie)).status).toBe(200);
    expect((await signIn()).status).toBe(200);
    expect((await audit(cookie)).slice(0, 2).map(one => one.action)).toEqual([
      'member.two-factor-off',
      'member.two-factor-on',
    ]);
  });

  test('I60 an admin takes the second factor of a member away, but not one of another account’s member, nor their own', async () => {
    const admin = await makeAdmin(server);
    const cookie = await makeRep(server);
    await switchOn(cookie);
    const repId = await idOf(admin, 'Ben');
    const remove = (id: string, as: string) => server.send('DELETE', `/api/team/${id}/two-factor`, {}, as);
    expect((await team(admin)).map(one => [one.name, one.twoFactor])).toEqual([
      [person.name, false],
      ['Ben', true],
    ]);
    expect(await outcome(await remove(repId, cookie))).toBe('403 not-allowed');
    expect(await outcome(await remove('nobody', admin))).toBe('404 not-found');
    expect(await outcome(await remove(await idOf(admin, person.name), admin))).toBe('403 not-allowed');

    const other = 'other' as AccountId;
    await server.db
      .insertInto('accounts')
      .values({ id: other, name: 'Other', settings: '{}', created_at: 1 })
      .execute();
    const inOther = {
      ...{ account_id: other, rep_id: repId, role: 'rep' as const, sites: null, disabled_at: null },
      ...{ languages: '[]', kept_queues: null, created_at: 1 },
    } as const;
    await server.db.insertInto('members').values(inOther).execute();
    expect(await outcome(await remove(repId, admin))).toBe('409 not-yours');
    await server.db.deleteFrom('members').where('account_id', '=', other).execute();
    expect(await outcome(await signIn(undefined, ben))).toBe('401 code-needed');
    expect((await remove(repId, admin)).status).toBe(200);
    expect((await signIn(undefined, ben)).status).toBe(200);
    expect((await audit(admin))[0]).toEqual({
      ...{ action: 'member.two-factor-removed', target: 'Ben', by: person.name },
    });
  });

  test('I61 a link for a new password is no way around it', async () => {
    const admin = await makeAdmin(server);
    const { secret } = await switchOn(await makeRep(server));
    const token = await server.links.newPassword(mainAccount, await idOf(admin, 'Ben'), null);
    const fresh = { name: 'Ben', email: ben.email, password: 'another long password' };
    const used = await server.post('/api/rep/links/use', { token, ...fresh });
    expect(used.headers.get('set-cookie')).toBeNull();
    expect(await outcome(used)).toBe('401 code-needed');
    expect(await outcome(await signIn(undefined, fresh))).toBe('401 code-needed');
    expect((await signIn(codeAt(secret, server.clock.now), fresh)).status).toBe(200);
  });

  test('I62 where a team asks for it, who signs in without one sets it up and gets nothing else before', async () => {
    const admin = await makeAdmin(server);
    const before = await makeRep(server);
    const settings = (await (await server.get('/api/team/settings', admin)).json()) as object;
    const put = (body: object) => server.send('PUT', '/api/team/settings', body, admin);
    expect((await put({ ...settings, twoFactor: 'required' })).status).toBe(200);
    // Who does not know of it leaves it as it is.
    const { twoFactor, ...rest } = settings as { twoFactor: string };
    expect(twoFactor).toBe('optional');
    expect(await (await put(rest)).json()).toMatchObject({ twoFactor: 'required' });
    // Nobody is thrown out of a talk by it.
    expect((await server.get('/api/rep/me', before)).status).toBe(200);

    const answer = await signIn(undefined, ben);
    expect(await answer.json()).toMatchObject({ rep: { name: 'Ben' }, setUpTwoFactor: true });
    const cookie = cookieOf(answer);
    for (const refused of [
      server.get('/api/rep/me', cookie),
      server.post('/api/rep/ticket', {}, cookie),
      server.get('/api/team', cookie),
      server.send('PUT', '/api/rep/password', { current: password, password: 'x'.repeat(12) }, cookie),
      server.post('/api/rep/two-factor/off', { password }, cookie),
    ])
      expect(await outcome(await refused)).toBe('401 sign-in-needed');
    expect(await (await server.get('/api/rep/two-factor', cookie)).json()).toMatchObject({ required: true });
    const { secret } = await switchOn(cookie);
    expect((await server.post('/api/rep/ticket', {}, cookie)).status).toBe(200);
    expect(await outcome(await server.post('/api/rep/two-factor/off', { password }, cookie))).toBe(
      '409 two-factor-required',
    );
    const again = await signIn(codeAt(secret, server.clock.now), ben);
    expect(await again.json()).toMatchObject({ setUpTwoFactor: false });
  });

  test('I63 switching it on ends all other sessions', async () => {
    const first = await makeAdmin(server);
    const second = cookieOf(await signIn());
    await switchOn(second);
    expect(await outcome(await server.get('/api/rep/me', first))).toBe('401 sign-in-needed');
    expect((await server.get('/api/rep/me', second)).status).toBe(200);
  });

  test('I64 whoever runs the server takes it away from an admin who lost everything', async () => {
    const cookie = await makeAdmin(server);
    await switchOn(cookie);
    const command = (...words: string[]) => runAccountCommand(server.db, server.url, words);
    await expect(command('two-factor-off', 'nobody@shop.example')).rejects.toThrow('Nobody signs in as');
    expect(await command('two-factor-off', ` ${email.toUpperCase()}`)).toContain('with the password alone');
    expect(await command('two-factor-off', email)).toContain('has no two-factor');
    expect((await signIn()).status).toBe(200);
    expect((await audit(cookie))[0]).toMatchObject({ action: 'member.two-factor-removed', by: null });
  });
});
