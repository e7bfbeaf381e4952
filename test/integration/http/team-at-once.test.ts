/** What two owners, or a script, do to the team in the same moment, on both engines. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runAccountCommand } from '../../../server/operator/accounts.ts';
import { openBeside } from '../../../server/store/open.ts';
import type { TeamMember } from '../../../shared/api/people.ts';
import type { SiteSheet } from '../../../shared/api/sites.ts';
import type { AccountId, RepId } from '../../../shared/ids.ts';
import { engines, freshPlace, type Place } from '../../support/engines.ts';
import { RepAccount } from '../../support/rep-account.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { password, tokenIn } from '../account-server.ts';
import { answersOf, deeds, known, mustFollow, oneOf, type Somebody, statusesOf, times } from '../at-once.ts';

describe.each(engines)('the team, at once, on %s', engine => {
  let place: Place;
  let server: TestServer;
  let db: ReturnType<typeof openBeside>;
  let ana: Somebody;
  let sites: SiteSheet[];
  let made = 0;

  beforeAll(async () => {
    place = await freshPlace(engine);
    server = await startTestServer({
      workers: 1,
      environment: place.databaseUrl === null ? {} : { DATABASE_URL: place.databaseUrl },
    });
    db = openBeside({ databaseUrl: place.databaseUrl, dataDir: server.dataDir });
    ana = await known(server.origin, await server.addRep('Ana'));
    await ana.account.addSite(server.origin, 'Another shop');
    ({ sites } = await ana.account.read<{ sites: SiteSheet[] }>(server.origin, '/api/sites'));
  });
  afterAll(async () => {
    await db.destroy();
    await server.close();
    await place.remove();
  });

  const ask = (method: string, path: string, body?: unknown, by = ana) =>
    by.account.ask(server.origin, method, `/api/${path}`, body);
  const noted = (action: Parameters<typeof deeds>[2], target?: string) =>
    deeds(ana.account, server.origin, action, target);
  const memberOf = async ({ id }: Somebody) =>
    (await ana.account.read<{ reps: TeamMember[] }>(server.origin, '/api/team')).reps.find(
      one => one.id === id,
    )!;
  const person = (name = `Rep ${++made}`) => ({
    ...{ name, password, email: `${name.toLowerCase().replaceAll(' ', '')}@shop.example` },
  });
  /** @param queues none for somebody who serves nothing, of whom no site knows */
  const somebody = async (queues?: string[]): Promise<Somebody & { name: string }> => {
    const one = person();
    const body = { name: one.name, email: one.email, queues };
    const { url } = (await (await ask('POST', 'team/invitations', body)).json()) as { url: string };
    const account = await RepAccount.make(server.origin, tokenIn(url), one);
    return { ...(await known(server.origin, account)), name: one.name };
  };
  const servedBy = async ({ id }: { id: RepId }) =>
    (await db.selectFrom('queue_members').select('queue_id').where('rep_id', '=', id).execute())
      .map(row => row.queue_id)
      .sort();

  test('H330 a role and the shops that it is about, changed at once, are both kept', async () => {
    const ben = await somebody([]);
    const where = [sites[0]!.id];
    const back = { role: 'rep', sites: null };
    for (let round = 0; round < 5; round++) {
      const asked = times(10, index =>
        ask('PATCH', `team/${ben.id}`, index % 2 ? { role: 'supervisor' } : { sites: where }),
      );
      expect(await statusesOf(asked)).toEqual(times(10, () => 200));
      expect(await memberOf(ben)).toMatchObject({ role: 'supervisor', sites: where });
      mustFollow(await noted('member.role-changed', ben.name), {
        ...{ role: 'supervisor', sites: JSON.stringify(where) },
      });
      await ask('PATCH', `team/${ben.id}`, back);
    }
  });

  test('H331 whoever is disabled and enabled many times at once serves what they served, and each is noted once', async () => {
    const ben = await somebody();
    const served = await servedBy(ben);
    const all = (disabled: boolean) =>
      statusesOf(times(20, () => ask('PATCH', `team/${ben.id}`, { disabled })));
    for (let round = 1; round <= 3; round++) {
      expect(await all(true)).toEqual(times(20, () => 200));
      expect(await servedBy(ben)).toEqual([]);
      expect((await memberOf(ben)).keptQueues.toSorted()).toEqual(served);
      expect(await all(false)).toEqual(times(20, () => 200));
      expect(await servedBy(ben)).toEqual(served);
      for (const action of ['member.disabled', 'member.enabled'] as const)
        expect(await noted(action, ben.name)).toHaveLength(round);
    }
  });

  test('H332 of many who remove somebody one does; nothing of them is left, whichever queue is added meanwhile', async () => {
    for (const queues of [undefined, []]) {
      const ben = await somebody(queues);
      const removals = times(10, () => ask('DELETE', `team/${ben.id}`));
      const adding = sites.map(({ id }, index) =>
        ask('POST', 'queues', { siteId: id, name: `Queue ${made} ${index}` }),
      );
      const skills = times(5, () =>
        ask('PUT', `team/${ben.id}/skills`, { skills: [{ skill: 'x', level: 1 }] }),
      );
      expect(await statusesOf(removals)).toEqual(oneOf(10, 404));
      expect(await statusesOf(adding)).toEqual([200, 200]);
      for (const one of await statusesOf(skills)) expect([200, 404]).toContain(one);
      expect(await servedBy(ben)).toEqual([]);
      expect(
        await db.selectFrom('rep_skills').select('skill').where('rep_id', '=', ben.id).execute(),
      ).toEqual([]);
      expect(await noted('member.removed', ben.name)).toHaveLength(1);
    }
  });

  test('H332 who is disabled serves no queue that is added, or is given new members, in the same moment', async () => {
    const ben = await somebody([]);
    const { queues } = await ana.account.read<{ queues: { id: string; members: object[] }[] }>(
      server.origin,
      '/api/queues',
    );
    for (let round = 0; round < 5; round++) {
      const members = [{ repId: ana.id }, { repId: ben.id }];
      const answers = await answersOf([
        ask('PATCH', `team/${ben.id}`, { disabled: true }),
        ...sites.map(({ id }) => ask('POST', 'queues', { siteId: id, name: `Round ${round}` })),
        ...queues.slice(0, 4).map(({ id }) => ask('PATCH', `queues/${id}`, { members })),
        ...queues
          .slice(0, 4)
          .map(({ id }) => ask('PATCH', `queues/${id}`, { members: members.toReversed() })),
      ]);
      for (const { status, body } of answers) expect([200, 400], JSON.stringify(body)).toContain(status);
      expect(await servedBy(ben)).toEqual([]);
      expect(await statusesOf([ask('PATCH', `team/${ben.id}`, { disabled: false })])).toEqual([200]);
    }
  });

  test('H333 two admins cannot take the role from each other, however they try', async () => {
    for (const [method, body] of [
      ['PATCH', { role: 'rep' }],
      ['PATCH', { disabled: true }],
      ['PATCH', { role: 'admin', sites: [sites[0]!.id] }],
      ['DELETE', undefined],
    ] as const) {
      const ben = await somebody([]);
      expect((await ask('PATCH', `team/${ben.id}`, { role: 'admin' })).status).toBe(200);
      const asked = times(4, () => [
        ask(method, `team/${ben.id}`, body),
        ask(method, `team/${ana.id}`, body, ben),
      ]).flat();
      for (const { status, body: told } of await answersOf(asked))
        expect([200, 401, 403, 404, 409], JSON.stringify(told)).toContain(status);
      const admins = await db
        .selectFrom('members')
        .select('rep_id')
        .where('role', '=', 'admin')
        .where('sites', 'is', null)
        .where('disabled_at', 'is', null)
        .execute();
      expect(admins).toHaveLength(1);
      if (admins[0]!.rep_id !== ben.id) continue;
      // Ana stays the one who asks in this file.
      if (method === 'DELETE') {
        const { url } = (await (
          await ask('POST', 'team/invitations', { name: 'Ana', email: 'ana@shop.example' }, ben)
        ).json()) as { url: string };
        ana = await known(server.origin, await RepAccount.make(server.origin, tokenIn(url), person('Ana')));
      }
      await ask('PATCH', `team/${ana.id}`, { role: 'admin', sites: null, disabled: false }, ben);
      ana = await known(server.origin, await RepAccount.signIn(server.origin, person('Ana')));
      await ask('PATCH', `team/${ben.id}`, { role: 'rep' });
    }
  });

  test('H334 of skills and languages that are set many times at once one set is kept whole, and it is the one noted last', async () => {
    const ben = await somebody([]);
    const sets = times(20, index => [
      { skill: `skill ${index}`, level: 1 + (index % 5) },
      { skill: 'shared', level: 1 + (index % 5) },
    ]);
    const asked = sets.map(skills => ask('PUT', `team/${ben.id}/skills`, { skills }));
    expect(await statusesOf(asked)).toEqual(times(20, () => 200));
    const bySkill = <T extends { skill: string }>(list: T[]) =>
      list.toSorted((a, b) => (a.skill < b.skill ? -1 : 1));
    const { skills } = await memberOf(ben);
    expect(sets.map(bySkill)).toContainEqual(bySkill(skills));
    const entries = await noted('member.skills-changed', ben.name);
    mustFollow(
      entries.map(one => ({
        ...one,
        before: bySkill(one.before as typeof skills),
        after: bySkill(one.after as typeof skills),
      })),
      bySkill(skills),
    );
    const languages = times(20, index => (index % 2 ? ['de', 'fr'] : ['en']));
    const spoken = languages.map((list, index) =>
      index % 3
        ? ask('PUT', `team/${ben.id}/languages`, { languages: list })
        : ask('PATCH', 'rep/me', { languages: list }, ben),
    );
    expect(await statusesOf(spoken)).toEqual(times(20, () => 200));
    mustFollow(await noted('member.languages-changed', ben.name), (await memberOf(ben)).languages);
  });

  test('H335 what a team shares is changed whole, and what is left out is not set back, without a shop too', async () => {
    const told = await runAccountCommand(db, server.origin, ['add', 'Without a shop']);
    const olga = await known(
      server.origin,
      await RepAccount.make(server.origin, tokenIn(told), { ...person('Olga') }),
    );
    const lists = (index: number) => ({ awayReasons: [`Break ${index}`], declineReasons: [] });
    for (const twoFactor of ['required', 'optional'] as const) {
      const asked = times(12, index =>
        ask('PUT', 'team/settings', { ...lists(index), ...(index === 5 ? { twoFactor } : {}) }, olga),
      );
      expect(await statusesOf(asked)).toEqual(times(12, () => 200));
      const stored = await olga.account.read<{ twoFactor: string }>(server.origin, '/api/team/settings');
      expect(stored.twoFactor).toBe(twoFactor);
      mustFollow(await deeds(olga.account, server.origin, 'team.changed'), stored);
    }
  });

  test('H336 of many invitations for one address at once one works; it is withdrawn once, or accepted once, never both', async () => {
    for (const ending of ['withdrawn', 'accepted', 'both']) {
      const one = person();
      const asked = times(6, () => ask('POST', 'team/invitations', { name: one.name, email: one.email }));
      const answers = await answersOf(asked);
      expect(answers.map(({ status }) => status)).toEqual(times(6, () => 200));
      type Invitations = { invitations: { id: string; name: string }[] };
      const listed = async () =>
        (await ana.account.read<Invitations>(server.origin, '/api/team/invitations')).invitations.filter(
          ({ name }) => name === one.name,
        );
      const waiting = await listed();
      expect(waiting).toHaveLength(1);
      expect(await noted('member.invited', one.name)).toHaveLength(6);
      const tokens = answers.map(({ body }) => tokenIn((body as { url: string }).url));
      const withdrawals =
        ending === 'accepted' ? [] : times(6, () => ask('DELETE', `team/invitations/${waiting[0]?.id}`));
      const uses =
        ending === 'withdrawn' ? [] : tokens.map(token => ask('POST', 'rep/links/use', { ...one, token }));
      const [withdrawn, used] = [await statusesOf(withdrawals), await statusesOf(uses)];
      const done = [...withdrawn, ...used].filter(status => status === 200);
      expect([...withdrawn, ...used].every(status => [200, 404, 410].includes(status))).toBe(true);
      expect(done).toHaveLength(1);
      expect(await listed()).toEqual([]);
      const [withdrawals_, joined] = [
        await noted('member.invitation-withdrawn', one.name),
        await noted('member.joined', one.name),
      ];
      expect([withdrawals_.length, joined.length]).toEqual(withdrawn.includes(200) ? [1, 0] : [0, 1]);
    }
  });

  test('H336 two merchants who invite the same new person get one person, whose password is that of the first link used', async () => {
    const told = await runAccountCommand(db, server.origin, ['add', 'Second merchant']);
    const olga = await known(
      server.origin,
      await RepAccount.make(server.origin, tokenIn(told), person('Olga two')),
    );
    for (let round = 0; round < 3; round++) {
      const one = person();
      const links = await answersOf(
        [ana, olga].map(by => ask('POST', 'team/invitations', { name: one.name, email: one.email }, by)),
      );
      const passwords = ['the first good password', 'the second good password'];
      const answers = await answersOf(
        links.map(({ body }, index) =>
          ask('POST', 'rep/links/use', {
            ...{ ...one, password: passwords[index], token: tokenIn((body as { url: string }).url) },
          }),
        ),
      );
      const statuses = answers.map(({ status }) => status);
      // The second one is asked for the password that the person has by then.
      expect([200, 401, 409]).toEqual(expect.arrayContaining(statuses));
      expect(statuses.filter(status => status === 200)).toHaveLength(1);
      const rows = await db.selectFrom('reps').select('id').where('email', '=', one.email).execute();
      expect(rows).toHaveLength(1);
      const tried = passwords.map(password => ask('POST', 'rep/sign-in', { email: one.email, password }));
      expect((await answersOf(tried)).map(({ status }) => status === 200)).toEqual(
        statuses.map(status => status === 200),
      );
    }
  });

  test('H337 of many links at once for a new password, or for a first admin, the last one works', async () => {
    const ben = await somebody([]);
    const asked = times(10, () => ask('POST', `team/${ben.id}/password-link`, {}));
    expect(await statusesOf(asked)).toEqual(times(10, () => 200));
    const live = (purpose: 'password' | 'set-up') =>
      db
        .selectFrom('links')
        .select('token_hash')
        .where('purpose', '=', purpose)
        .where('used_at', 'is', null)
        .execute();
    expect(await live('password')).toHaveLength(1);
    expect(await noted('member.password-link', ben.name)).toHaveLength(10);

    const id = randomUUID() as string as AccountId;
    await db
      .insertInto('accounts')
      .values({ id, name: 'Third', settings: '{}', created_at: Date.now() })
      .execute();
    const others = times(4, () => openBeside({ databaseUrl: place.databaseUrl, dataDir: server.dataDir }));
    await Promise.all(others.map(one => runAccountCommand(one, server.origin, ['link', id])));
    for (const one of others) await one.destroy();
    expect(await live('set-up')).toHaveLength(1);
  });
});
