import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { QueueSheet } from '../../../shared/admin.ts';
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
let admin: string;
beforeEach(async () => {
  server = await startServer();
  admin = await makeAdmin(server);
});
afterEach(() => server.close());

const send = (method: string, route: string, body: unknown, cookie = admin) =>
  fetch(server.url + route, {
    method,
    headers: { origin: server.url, 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  });
async function firstQueue(): Promise<QueueSheet> {
  const answer = (await (await server.get('/api/queues', admin)).json()) as { queues: QueueSheet[] };
  return answer.queues[0]!;
}
async function makeRep(): Promise<string> {
  const token = await server.links.invite({ name: 'Ben', email: 'ben@shop.example' });
  return cookieOf(
    await server.post(`/api/rep/links/${token}`, { ...person, name: 'Ben', email: 'ben@shop.example' }),
  );
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

  test('H132 a value that cannot be is refused in words, with its place, and nothing is changed', async () => {
    const before = await firstQueue();
    const wrong = [
      [{ maxLength: 0 }, 'maxLength', 'That is too small: at least 1.'],
      [{ offerMs: 300 }, 'offerMs', 'That is too short: at least 5 seconds.'],
      [{ wrapUp: { kind: 'open', ms: 1e12 } }, 'wrapUp.ms', 'That is too long: at most 2 hours.'],
      [{ skills: [{ skill: 'a', level: 9 }] }, 'skills.0.level', 'That is too large: at most 5.'],
    ] as const;
    for (const [settings, field, message] of wrong) {
      const answer = await send('PATCH', `/api/queues/${before.id}`, { settings });
      expect(answer.status).toBe(400);
      expect(await errorIn(answer)).toMatchObject({ code: 'bad-request', field, message });
    }
    const unknown = await send('PATCH', `/api/queues/${before.id}`, { settings: { colour: 'red' } });
    expect(await outcome(unknown)).toBe('400 bad-request');
    expect(await firstQueue()).toEqual(before);
  });

  test('H133 only an admin may read or change them', async () => {
    const { id, members } = await firstQueue();
    const rep = await makeRep();
    for (const [cookie, expected] of [
      [rep, '403 not-allowed'],
      ['', '401 sign-in-needed'],
    ] as const) {
      expect(await outcome(await server.get('/api/queues', cookie))).toBe(expected);
      expect(await outcome(await send('PATCH', `/api/queues/${id}`, { name: 'Mine' }, cookie))).toBe(
        expected,
      );
      expect(await outcome(await send('PUT', `/api/queues/${id}/members`, { members: [] }, cookie))).toBe(
        expected,
      );
      const skills = `/api/team/${members[0]!.repId}/skills`;
      expect(await outcome(await send('PUT', skills, { skills: [] }, cookie))).toBe(expected);
    }
    expect((await firstQueue()).members).toHaveLength(2);
  });

  test('H134 members are replaced as a whole, and what stays keeps what it did today', async () => {
    await makeRep();
    const { id, members } = await firstQueue();
    const [first, second] = members;
    await server.db.updateTable('queue_members').set({ counted_day: 'today', calls: 7 }).execute();
    const wanted = [{ repId: second!.repId, tier: 2, position: 5, penalty: 3 }];
    expect((await send('PUT', `/api/queues/${id}/members`, { members: wanted })).status).toBe(200);
    expect((await firstQueue()).members).toEqual(wanted);
    expect(await server.db.selectFrom('queue_members').select(['rep_id', 'calls']).execute()).toEqual([
      { rep_id: second!.repId, calls: 7 },
    ]);
    const twice = await send('PUT', `/api/queues/${id}/members`, { members: [...wanted, ...wanted] });
    expect((await errorIn(twice)).message).toBe('Each rep only once.');
    const stranger = await send('PUT', `/api/queues/${id}/members`, {
      members: [{ repId: 'nobody' }, { repId: first!.repId }],
    });
    expect(await errorIn(stranger)).toMatchObject({ code: 'bad-request', field: 'members' });
    expect((await firstQueue()).members).toEqual(wanted);
  });

  test('H135 skills of a rep are kept in small letters, each once', async () => {
    const { members } = await firstQueue();
    const skills = `/api/team/${members[0]!.repId}/skills`;
    expect((await send('PUT', skills, { skills: [{ skill: ' German ', level: 4 }] })).status).toBe(200);
    expect(await (await server.get(skills, admin)).json()).toEqual({
      skills: [{ skill: 'german', level: 4 }],
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
});
