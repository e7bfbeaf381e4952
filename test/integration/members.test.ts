/** The people of an account, on both engines: what each may do and where, who is out, and what is noted of it. */

import { describe, expect, test } from 'vitest';
import type { Rep as Self } from '../../shared/api/people.ts';
import { engines } from '../support/engines.ts';
import { Rep, Shopper } from '../support/people.ts';
import { png } from '../support/pictures.ts';
import { RepAccount } from '../support/rep-account.ts';
import { SignalingClient } from '../support/signaling-client.ts';
import { accountServer, idOf, password, secondAccount, server, tokenIn } from './account-server.ts';

describe.each(engines)('members on %s', engine => {
  accountServer(engine);

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

  test('I66 another role, or other shops, reach consoles that are open at once, in a call too, and removal from one of several accounts', async () => {
    const ana = await server.addRep('Ana');
    const bens = await server.addRep('Ben');
    await ana.serveAlone(server.origin);
    const olga = await secondAccount();
    const id = await idOf(ana, 'Ben');
    const queue = (await ana.read<{ queues: { id: string }[] }>(server.origin, '/api/queues')).queues[0];
    await ana.ask(server.origin, 'PATCH', `/api/queues/${queue?.id}`, { members: [{ repId: id }] });
    await RepAccount.make(server.origin, await olga.invite(server.origin, bens.person), bens.person);
    const ben = await Rep.signIn(server.origin, bens);
    await ben.goAvailable(300);
    const kim = await Shopper.arrive(server.origin);
    await kim.call(400);
    await ben.answer();
    const accessIs = (wanted: RegExp) =>
      ben.signaling.until(({ access, work }) => wanted.test(access) && work.state === 'talking');
    await accessIs(/^main rep \*; \w+ rep \*$|; main rep \*$/);
    const change = (body: object) => ana.ask(server.origin, 'PATCH', `/api/team/${id}`, body);
    await change({ role: 'supervisor' });
    await accessIs(/main supervisor \*/);
    const { sites } = await ana.read<{ sites: { id: string }[] }>(server.origin, '/api/sites');
    await change({ sites: [sites[0]?.id] });
    await accessIs(new RegExp(`main supervisor \\["${sites[0]?.id}"\\]`));
    expect((await bens.read<{ rep: { may: string[] } }>(server.origin, '/api/rep/me')).rep.may).toContain(
      'blocks.manage',
    );
    await olga.ask(server.origin, 'DELETE', `/api/team/${id}`);
    await accessIs(/^main supervisor [^;]*$/);
    kim.close();
    ben.close();
  });

  test('I67 a new name, and a new password by a link, are in the record of each account of the person, which the table names', async () => {
    const ana = await server.addRep('Ana');
    const ben = await server.addRep('Ben');
    const made = await ana.ask(
      server.origin,
      'POST',
      `/api/team/${await idOf(ana, 'Ben')}/password-link`,
      {},
    );
    const token = tokenIn(((await made.json()) as { url: string }).url);
    const anew = await RepAccount.make(server.origin, token, {
      ...ben.person,
      password: 'a password of today',
    });
    const olga = await secondAccount();
    await RepAccount.make(server.origin, await olga.invite(server.origin, anew.person), anew.person);
    const rename = () => anew.ask(server.origin, 'PATCH', '/api/rep/me', { name: 'Benjamin' });
    // The same once more is no change.
    expect([(await rename()).status, (await rename()).status]).toEqual([200, 200]);
    type Audit = {
      entries: { accountId: string; action: string; repName: string; before: unknown; after: unknown }[];
    };
    const read = async (of: RepAccount) => (await of.read<Audit>(server.origin, '/api/audit')).entries;
    const renamed = { action: 'member.renamed', repName: 'Benjamin', before: 'Ben', after: 'Benjamin' };
    const [newest, used, link] = await read(ana);
    expect(newest).toMatchObject({ ...renamed, accountId: 'main' });
    expect(used).toMatchObject({ action: 'member.password-link-used', repName: 'Benjamin', before: null });
    expect(link).toMatchObject({ action: 'member.password-link', repName: 'Ana' });
    const [other, joined] = await read(olga);
    expect(other).toMatchObject(renamed);
    expect(other?.accountId).not.toBe('main');
    expect(joined).toMatchObject({ action: 'member.joined' });
    const table = await olga.ask(server.origin, 'GET', '/api/audit.csv');
    const [head, first] = (await table.text()).split('\r\n');
    expect(head).toMatch(/at,account,by,action,target,before,after$/);
    expect(first).toMatch(/,Second merchant,Benjamin,member.renamed,/);
  });

  test('I68 the last admin of all shops is not limited to some of them, and an admin of some is no other one', async () => {
    const ana = await server.addRep('Ana');
    await server.addRep('Ben');
    await ana.addSite(server.origin, 'Another shop');
    const { sites } = await ana.read<{ sites: { id: string }[] }>(server.origin, '/api/sites');
    const some = { sites: [sites[1]?.id] };
    const [own, bens] = [await idOf(ana, 'Ana'), await idOf(ana, 'Ben')];
    const change = async (id: string | undefined, body: object) =>
      ((await (await ana.ask(server.origin, 'PATCH', `/api/team/${id}`, body)).json()) as { error?: object })
        .error;
    expect(await change(own, some)).toMatchObject({ code: 'last-admin' });
    expect(await change(bens, { role: 'admin', ...some })).toBeUndefined();
    for (const body of [some, { role: 'rep' }, { disabled: true }])
      expect(await change(own, body)).toMatchObject({ code: 'last-admin' });
    type Team = { reps: { name: string; sites: string[] | null }[] };
    const { reps } = await ana.read<Team>(server.origin, '/api/team');
    expect(reps.map(({ name, sites: where }) => [name, where])).toEqual([
      ['Ana', null],
      ['Ben', some.sites],
    ]);
    expect(await change(bens, { sites: null })).toBeUndefined();
    expect(await change(own, some)).toBeUndefined();
  });
});
