import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Overview } from '../../../shared/api/calls.ts';
import type { ListedQueue, QueueSheet } from '../../../shared/api/queues.ts';
import { limits } from '../../../shared/limits.ts';
import {
  asRep,
  errorIn,
  makeAdmin,
  makeRep,
  outcome,
  person,
  startServer,
  type TestServer,
} from './http-server.ts';

let server: TestServer;
let admin: string;
beforeEach(async () => {
  server = await startServer();
  admin = await makeAdmin(server);
});
afterEach(() => server.close());

const send = (method: string, route: string, body: unknown, cookie = admin) =>
  server.send(method, route, body, cookie);
const queues = async () =>
  ((await (await server.get('/api/queues', admin)).json()) as { queues: ListedQueue[] }).queues;
async function firstQueue(): Promise<ListedQueue> {
  return (await queues())[0]!;
}

describe('queue settings', () => {
  test('H130 an admin reads a queue with its settings and members', async () => {
    const queue = await firstQueue();
    expect(queue).toMatchObject({
      name: 'Sales',
      settings: { strategy: 'longest-idle', maxLength: 50, wrapUp: { kind: 'fixed', ms: 15_000 } },
    });
    expect(queue.members).toHaveLength(1);
  });

  test('R96 the list of queues tells what a click would get now', async () => {
    const { id } = await firstQueue();
    const is = async () => (await firstQueue()).availability;
    expect(await is()).toBe('no-rep');
    await server.db
      .updateTable('reps')
      .set({ status: 'available', session_id: 'here', media_ready: 1 })
      .execute();
    await server.db.updateTable('queues').set({ no_rep_since: null }).execute();
    expect(await is()).toBe('open');
    await server.db.updateTable('reps').set({ work: 'talking' }).execute();
    expect(await is()).toBe('busy');
    const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
    const week = Object.fromEntries(days.map(day => [day, []]));
    const hours = { timeZone: 'UTC', week, holidays: [], closures: [] };
    expect((await send('PATCH', `/api/queues/${id}`, { settings: { hours } })).status).toBe(200);
    expect(await is()).toBe('closed');
  });

  test('R97 a desk’s overview is for whoever is signed in, and of a day that began at most 26 hours ago', async () => {
    const rep = await makeRep(server);
    const ask = (from: unknown, cookie = rep) => server.get(`/api/rep/overview?from=${from}`, cookie);
    const now = server.clock.now;
    expect(await outcome(await ask(now, ''))).toBe('401 sign-in-needed');
    for (const from of [now - limits.dayMs - 1, -1, 'today', '', 1e16])
      expect(await outcome(await ask(from))).toBe('400 bad-request');
    const answer = (await (await ask(now - limits.dayMs)).json()) as Overview;
    expect(answer).toMatchObject({ today: { answered: 0 }, recent: [], team: { more: 0 } });
    // The admin; not the reader.
    expect(answer.team.colleagues).toHaveLength(1);
    expect(Object.keys(answer.team.colleagues[0] ?? {})).not.toContain('email');
  });

  test('H131 what is left out of a change stays as it is', async () => {
    const { id } = await firstQueue();
    expect((await send('PATCH', `/api/queues/${id}`, { settings: { strategy: 'ring-all' } })).status).toBe(
      200,
    );
    expect((await send('PATCH', `/api/queues/${id}`, { name: 'Service' })).status).toBe(200);
    expect(await firstQueue()).toMatchObject({
      name: 'Service',
      settings: { strategy: 'ring-all', maxLength: 50 },
    });
  });

  test('H132 a value that cannot be is refused with a reason, its parameters and its place, and nothing is changed', async () => {
    const before = await firstQueue();
    const wrong = [
      [{ maxLength: 0 }, 'maxLength', 'tooSmall', { least: 1 }, 'That is too small: at least 1.'],
      [
        { offerMs: 300 },
        'offerMs',
        'tooShortTime',
        { leastMs: 5_000 },
        'That is too short: at least 5 seconds.',
      ],
      [
        { wrapUp: { kind: 'open', ms: 1e12 } },
        ...['wrapUp.ms', 'tooLongTime', { mostMs: 7_200_000 }, 'That is too long: at most 2 hours.'],
      ],
      [
        { skills: [{ skill: 'a', level: 9 }] },
        ...['skills.0.level', 'tooLarge', { most: 5 }, 'That is too large: at most 5.'],
      ],
      [{ strategy: 'loudest' }, 'strategy', 'invalidValue', undefined, expect.stringContaining('none of')],
      [{ maxLength: 'many' }, 'maxLength', 'number', undefined, 'Please write a number.'],
    ] as const;
    for (const [settings, field, reason, params, message] of wrong) {
      const answer = await send('PATCH', `/api/queues/${before.id}`, { settings });
      expect(answer.status).toBe(400);
      expect(await errorIn(answer)).toEqual({
        ...{ code: 'bad-request', field, reason, message },
        ...(params ? { params } : {}),
      });
    }
    const unknown = await send('PATCH', `/api/queues/${before.id}`, { settings: { colour: 'red' } });
    expect(await errorIn(unknown)).toMatchObject({
      ...{ reason: 'unknownField', field: 'colour', params: { names: 'colour' } },
    });
    expect(await firstQueue()).toEqual(before);
  });

  test('H133 only an admin may read or change them', async () => {
    const { id, members } = await firstQueue();
    const rep = await makeRep(server);
    for (const [cookie, expected] of [
      [rep, '403 not-allowed'],
      ['', '401 sign-in-needed'],
    ] as const) {
      expect(await outcome(await server.get('/api/queues', cookie))).toBe(expected);
      expect(await outcome(await send('PATCH', `/api/queues/${id}`, { name: 'Mine' }, cookie))).toBe(
        expected,
      );
      expect(await outcome(await send('PATCH', `/api/queues/${id}`, { members: [] }, cookie))).toBe(expected);
      const skills = `/api/team/${members[0]!.repId}/skills`;
      expect(await outcome(await send('PUT', skills, { skills: [] }, cookie))).toBe(expected);
    }
    expect((await firstQueue()).members).toHaveLength(2);
  });

  test('H134 members are replaced as a whole, and what stays keeps what it did today', async () => {
    await makeRep(server);
    const { id, members } = await firstQueue();
    const [first, second] = members;
    await server.db.updateTable('queue_members').set({ counted_day: 'today', calls: 7 }).execute();
    const wanted = [{ repId: second!.repId, tier: 2, position: 5, penalty: 3 }];
    expect((await send('PATCH', `/api/queues/${id}`, { members: wanted })).status).toBe(200);
    expect((await firstQueue()).members).toEqual(wanted);
    expect(await server.db.selectFrom('queue_members').select(['rep_id', 'calls']).execute()).toEqual([
      { rep_id: second!.repId, calls: 7 },
    ]);
    const twice = await send('PATCH', `/api/queues/${id}`, { members: [...wanted, ...wanted] });
    expect((await errorIn(twice)).message).toBe('Each rep only once.');
    const stranger = await send('PATCH', `/api/queues/${id}`, {
      members: [{ repId: 'nobody' }, { repId: first!.repId }],
    });
    expect(await errorIn(stranger)).toMatchObject({ code: 'bad-request', field: 'members' });
    expect((await firstQueue()).members).toEqual(wanted);
  });

  test('H138 of two owners who change a queue at once both win with different parts, and the second is told of the same part', async () => {
    await makeRep(server);
    const { id, settings, members } = await firstQueue();
    const { maxLength, maxWaitMs, callback } = settings;
    const change = (body: object) => send('PATCH', `/api/queues/${id}`, body);
    // Both were shown the same page, and save together, many parts at once.
    const both = await Promise.all([
      change({ settings: { maxLength: 7 }, before: { settings: { maxLength } } }),
      change({ name: 'Help', before: { name: 'Sales' } }),
      change({ settings: { maxWaitMs: 90_000 }, before: { settings: { maxWaitMs } } }),
      change({ members: [members[0]], before: { members: members.toReversed() } }),
    ]);
    expect(both.map(answer => answer.status)).toEqual([200, 200, 200, 200]);
    const merged = { name: 'Help', settings: { ...settings, maxLength: 7, maxWaitMs: 90_000 } };
    expect(await firstQueue()).toMatchObject({ ...merged, members: [members[0]] });

    for (const [field, body] of [
      ['maxLength', { settings: { maxLength: 9 }, before: { settings: { maxLength } } }],
      ['name', { name: 'Service', before: { name: 'Sales' } }],
      ['members', { members: [], before: { members } }],
    ] as const) {
      const answer = await change(body);
      expect(answer.status).toBe(409);
      expect(await errorIn(answer)).toMatchObject({ code: 'changed-meanwhile', field });
    }
    expect(await firstQueue()).toMatchObject({ ...merged, members: [members[0]] });
    // Who wants what is there already has it, and nothing of what was refused was saved beside it.
    expect((await change({ settings: { maxLength: 7 }, before: { settings: { maxLength } } })).status).toBe(
      200,
    );
    const half = { settings: { maxLength: 9, callback: { ...callback, tries: 5 } } };
    const shown = { settings: { maxLength, callback } };
    expect((await change({ ...half, before: shown })).status).toBe(409);
    expect((await firstQueue()).settings).toEqual(merged.settings);
    // Shown anew, it is saved over the other's.
    const again = { ...half, before: { settings: { maxLength: 7, callback } } };
    expect((await change(again)).status).toBe(200);
    expect((await firstQueue()).settings).toMatchObject({ maxLength: 9, callback: { tries: 5 } });
  });

  test('H135 skills of a rep are kept in small letters, each once', async () => {
    const { members } = await firstQueue();
    const skills = `/api/team/${members[0]!.repId}/skills`;
    expect((await send('PUT', skills, { skills: [{ skill: ' German ', level: 4 }] })).status).toBe(200);
    expect(await (await server.get('/api/team', admin)).json()).toMatchObject({
      reps: [{ name: person.name, skills: [{ skill: 'german', level: 4 }] }],
    });
    const twice = await send('PUT', skills, {
      skills: [
        { skill: 'German', level: 4 },
        { skill: 'german', level: 2 },
      ],
    });
    expect((await errorIn(twice)).message).toBe('Each skill only once.');
    expect(await outcome(await send('PUT', '/api/team/nobody/skills', { skills: [] }))).toBe('404 not-found');
  });

  test('H136 a queue can be added, served by everybody, and removed again; not the last one', async () => {
    await makeRep(server);
    const { id, siteId } = await firstQueue();
    expect(await errorIn(await send('DELETE', `/api/queues/${id}`, {}))).toMatchObject({
      message: expect.stringContaining('This is the only queue'),
    });
    const added = await send('POST', '/api/queues', { siteId, name: 'Returns' });
    const { queue } = (await added.json()) as { queue: QueueSheet };
    expect(queue).toMatchObject({ name: 'Returns', siteId, settings: { strategy: 'longest-idle' } });
    expect(queue.members).toHaveLength(2);
    expect(await outcome(await send('POST', '/api/queues', { siteId: 'none', name: 'X' }))).toBe(
      '404 not-found',
    );
    expect(await errorIn(await send('POST', '/api/queues', { siteId, name: ' ' }))).toMatchObject({
      field: 'name',
      message: 'Please write a name.',
    });
    expect((await send('DELETE', `/api/queues/${id}`, {})).status).toBe(200);
    expect((await queues()).map(one => one.name)).toEqual(['Returns']);
    expect(await outcome(await send('PATCH', `/api/queues/${id}`, { name: 'Back' }))).toBe('404 not-found');
    // Who joins the team later serves what there is.
    const token = await server.links.invite({ ...asRep, name: 'Cleo', email: 'cleo@shop.example' }, null);
    await server.post('/api/rep/links/use', { token, ...person, name: 'Cleo', email: 'cleo@shop.example' });
    expect(await server.db.selectFrom('queue_members').select('queue_id').distinct().execute()).toEqual([
      { queue_id: queue.id },
    ]);
  });

  test('H137 a rule that sends callers on names another queue of the site', async () => {
    const { id, siteId } = await firstQueue();
    const added = await send('POST', '/api/queues', { siteId, name: 'Returns' });
    const { queue } = (await added.json()) as { queue: QueueSheet };
    const sendOn = (queueId: string) =>
      send('PATCH', `/api/queues/${id}`, { settings: { overflow: { full: { do: 'queue', queueId } } } });
    expect(await errorIn(await sendOn(id))).toMatchObject({
      field: 'overflow.full.queueId',
      message: 'That is this very queue. Choose another one.',
    });
    expect(await errorIn(await sendOn('none'))).toMatchObject({ field: 'overflow.full.queueId' });
    expect((await sendOn(queue.id)).status).toBe(200);
    expect((await queues()).find(one => one.id === id)?.settings.overflow).toEqual({
      closed: { do: 'end' },
      noRep: { do: 'end' },
      full: { do: 'queue', queueId: queue.id },
      maxWait: { do: 'end' },
    });
  });
});
