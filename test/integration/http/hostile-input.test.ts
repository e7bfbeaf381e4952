/** What every changing route makes of input that a script tries, on both engines. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { QueueSheet } from '../../../shared/api/queues.ts';
import { isRaw, type Route } from '../../../shared/api/route.ts';
import { routes } from '../../../shared/api/routes.ts';
import type { SiteSheet } from '../../../shared/api/sites.ts';
import { engines, freshPlace, type Place } from '../../support/engines.ts';
import { svg } from '../../support/pictures.ts';
import type { RepAccount } from '../../support/rep-account.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { known } from '../at-once.ts';

const rightToLeft = '\u202e';
/** In the place of each value of a good body. */
const hostile: readonly unknown[] = [
  ...[null, true, -1, 0, 1.5, 9e15, 1e308, -9e15, '', ' ', '0', '1', 'x'.repeat(20_000)],
  ...['\u0000', 'a\u0000b', 'line\nbreak', `name${rightToLeft}eman`, '\u2066x\u2069', '\u2028', '\u200b'],
  ...['half \ud800 a pair', '\udfff', '{{7*7}}', "'; drop table reps; --", '../../etc/passwd', 'x-', 'de-'],
  ...[
    '<img src=x onerror=alert(1)>',
    'https://',
    'javascript:alert(1)',
    'http://[::1',
    'a@b@c',
    `a${rightToLeft}@b`,
    'a\u200b@b',
  ],
  ...['2026-02-30', '9999-99-99', '25:00', '+275760-09-13T00:00:00Z', 'Europe/Nowhere'],
  ...[[], {}, [[]], [null], Array(3_000).fill('x'), ['same', 'same'], { ['__proto__']: { role: 'admin' } }],
  ...[{ constructor: { prototype: {} } }, { toString: 'x' }, { length: 1e9 }],
];
/** What no schema of a text takes: no password is tried with these. */
const noText: readonly unknown[] = [null, true, 0, [], {}, ['x'], 'x'.repeat(20_000)];

type Refused = { code: string; field?: string };
type Path = readonly (string | number)[];
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, held]) => pathsIn(held, [...path, key]))];
}
function withAt(value: unknown, [key, ...rest]: Path, put: unknown): unknown {
  if (key === undefined) return put;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  (copy as Record<string, unknown>)[key] = withAt((value as Record<string, unknown>)[key], rest, put);
  return copy;
}

const changing = (Object.entries(routes) as [string, Route][]).filter(([name]) => !name.startsWith('GET'));
/** Those that add something to what is looked at come last. */
const adding = ['POST /api/sites', 'POST /api/queues'];
const withBody = [
  ...changing
    .filter(([name, { body }]) => body && !isRaw(body) && !adding.includes(name))
    .map(([name]) => name),
  ...adding,
];

describe.each(engines)('hostile input on %s', engine => {
  let place: Place;
  let server: TestServer;
  let ana: RepAccount;
  let site: SiteSheet;
  let queue: QueueSheet;
  let ben: string;

  beforeAll(async () => {
    place = await freshPlace(engine);
    server = await startTestServer({ workers: 1, environment: place.environment });
    ana = await server.addRep('Ana');
    ben = (await known(server.origin, await server.addRep('Ben'))).id;
    site = (await ana.read<{ sites: SiteSheet[] }>(server.origin, '/api/sites')).sites[0]!;
    queue = (await ana.read<{ queues: QueueSheet[] }>(server.origin, '/api/queues')).queues[0]!;
  });
  afterAll(async () => {
    await server.close();
    await place.remove();
  });

  const hours = {
    timeZone: 'Europe/Berlin',
    week: Object.fromEntries(
      ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map(day => [
        day,
        [{ from: '09:00', to: '17:00' }],
      ]),
    ),
    holidays: [{ date: '2026-12-25', name: 'Christmas', open: [] }],
    closures: [{ from: 1_800_000_000_000, to: 1_800_000_900_000, reason: 'Stocktaking' }],
  };
  const words = { label: 'Talk', open: '', title: '', greeting: '', privacy: '' };
  const customer = { siteId: '', customer: { by: 'name', value: 'Somebody' } };
  /** A good body for each route that takes one, and what is tried in it. */
  const bodies = (): Record<string, { path?: string; body: unknown; values?: readonly unknown[] }> => ({
    'PATCH /api/rep/me': { body: { name: 'Ana', languages: ['de'] } },
    'PUT /api/rep/password': { body: { current: 'x', password: 'x' }, values: noText },
    'POST /api/rep/two-factor': { body: { password: 'x' }, values: noText },
    'PUT /api/rep/two-factor': { body: { code: '123456' } },
    'POST /api/rep/two-factor/off': { body: { password: 'x' }, values: noText },
    'POST /api/rep/two-factor/recovery-codes': { body: { password: 'x' }, values: noText },
    'POST /api/rep/sign-in': { body: { email: 'a@b', password: 'x', code: '1' }, values: noText },
    'POST /api/rep/links/look': { body: { token: 'x' }, values: noText },
    'POST /api/rep/links/use': {
      ...{ body: { token: 'x', name: 'X', email: 'x@y', password: 'a good long password' }, values: noText },
    },
    'PUT /api/board/reps/:repId/status': { path: ben, body: { status: 'away', why: 'Lunch' } },
    'POST /api/board/reps/:repId/end-wrap-up': { path: ben, body: { why: 'Lunch' } },
    'PATCH /api/team/:repId': { path: ben, body: { role: 'rep', disabled: false, sites: [site.id] } },
    'POST /api/team/invitations': {
      body: { name: 'Cleo', email: 'cleo@shop.example', role: 'rep', queues: [queue.id], account: 'main' },
    },
    'PUT /api/team/settings': { body: { awayReasons: ['Break'], declineReasons: ['No'] } },
    'PUT /api/team/:repId/skills': { path: ben, body: { skills: [{ skill: 'german', level: 3 }] } },
    'PUT /api/team/:repId/languages': { path: ben, body: { languages: ['de', 'en'] } },
    'PATCH /api/first-run': { body: { step: 'shop', done: 'shop', state: 'dismissed' } },
    'PATCH /api/queues/:queueId': {
      path: queue.id,
      body: {
        name: 'Sales',
        settings: {
          ...{ ...queue.settings, hours, skills: [{ skill: 'german', level: 3 }] },
          texts: { every: { waiting: 'Soon', closed: '', noRep: '', full: '' } },
        },
        members: [{ repId: ben, tier: 1, position: 0, penalty: 0 }],
      },
    },
    'PATCH /api/sites/:siteId': {
      path: site.id,
      body: {
        ...{ name: site.name, allowedOrigins: ['https://shop.example'], retention: site.retention },
        ...{ languages: { allowed: ['de', 'en'], default: 'de' }, words: { de: words } },
        appearance: site.appearance,
      },
    },
    'POST /api/sites/:siteId/refused-origins/forget': {
      ...{ path: site.id, body: { origin: 'https://shop.example' } },
    },
    'POST /api/sites/:siteId/allowed-origins': { path: site.id, body: { origin: 'https://shop.example' } },
    'PATCH /api/calls/:callId': { path: 'nobody', body: { boost: 1 } },
    'PATCH /api/sounds/:soundId': { path: 'nobody', body: { name: 'Hum' } },
    'POST /api/privacy/find': { body: { ...customer, siteId: site.id } },
    'POST /api/privacy/export': { body: { ...customer, siteId: site.id } },
    'POST /api/privacy/forget': { body: { ...customer, siteId: site.id } },
    'POST /api/reach/page': { body: { url: 'http://127.0.0.1:1/', site: site.id } },
    'POST /api/reach/trials': { body: { rtpCapabilities: {} } },
    'POST /api/reach/trials/connect': { body: { trial: 'x', transportId: 'x', dtlsParameters: {} } },
    'POST /api/sites': { body: { name: 'More', accountId: 'main' } },
    'POST /api/queues': { body: { siteId: site.id, name: 'More' } },
  });
  /** All that an owner sees of the settings. */
  const seen = async () =>
    JSON.stringify(
      await Promise.all(
        ['sites', 'queues', 'team', 'team/settings', 'rep/me', 'first-run', 'team/invitations'].map(path =>
          ana.read(server.origin, `/api/${path}`),
        ),
      ),
    );

  test('H342 every route that takes a body is tried', () => {
    expect(Object.keys(bodies()).sort()).toEqual([...withBody].sort());
  });

  test.each(withBody)(
    'H342 %s refuses hostile values in any field, by its name, or takes them as they are meant, and never fails by our fault',
    async name => {
      const { path = '', body, values = hostile } = bodies()[name]!;
      const [method = '', route = ''] = name.split(' ');
      const address = route.replace(/:\w+/, path);
      let before = await seen();
      for (const at of pathsIn(body)) {
        const asked = values.map(value => ana.ask(server.origin, method, address, withAt(body, at, value)));
        const refusals: unknown[] = [];
        for (const [index, answer] of (await Promise.all(asked)).entries()) {
          const text = await answer.text();
          const what = `${at.join('.')} = ${JSON.stringify(values[index])?.slice(0, 60)}: ${text.slice(0, 300)}`;
          expect(answer.status, what).toBeLessThan(500);
          if (answer.ok) continue;
          const { error } = JSON.parse(text) as { error: Refused };
          // A body that is no object has no field to name, but for one that has fields of its own.
          const hasField = at.length > 0 || what.includes('"__proto__"');
          if (error.code === 'bad-request' && hasField) expect(error.field, what).toBeTruthy();
          refusals.push(error.code);
        }
        // What was refused was refused whole.
        if (refusals.length === values.length) expect(await seen()).toBe(before);
        else before = await seen();
      }
      // Nothing that was taken keeps a text that pretends to be something else.
      expect(before).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|\\u(?:0000|d800|dfff|202e)/i);
    },
  );

  test('H342 nor are ids and files that are none', async () => {
    const ids = [
      '%00',
      '%ed%a0%80',
      '%ff',
      '..%2f..',
      'x'.repeat(3_000),
      '__proto__',
      '%e2%80%ae',
      "'%20or%201=1",
    ];
    for (const [name] of changing) {
      const [method = '', route = ''] = name.split(' ');
      if (!route.includes(':')) continue;
      for (const id of ids) {
        const answer = await ana.ask(server.origin, method, route.replaceAll(/:\w+/g, id), {});
        expect([400, 404], `${name} ${id}: ${await answer.text()}`).toContain(answer.status);
      }
    }
    const page = '<html><script>alert(1)</script>';
    const tall = Buffer.from(
      '89504e470d0a1a0a0000000d49484452000000010000ea6008020000000000000000000049454e44ae426082',
      'hex',
    );
    const bomb = Buffer.from(tall);
    bomb.writeUInt32BE(0x7fffffff, 16);
    for (const path of [`images?siteId=${site.id}`, 'rep/photo'])
      for (const file of [
        svg,
        Buffer.from(`GIF89a/*${page}`),
        tall,
        bomb,
        Buffer.from(page),
        Buffer.alloc(300),
      ]) {
        const answer = await ana.ask(server.origin, 'POST', `/api/${path}`, file);
        expect(answer.status, await answer.text()).toBe(400);
      }
  });

  test('H343 every changing route asks where a request comes from before it looks at it, and takes nothing that a plain form can send', async () => {
    const before = await seen();
    const cookie = { cookie: ana.cookie };
    for (const [name, { body }] of changing) {
      const [method = '', route = ''] = name.split(' ');
      const address = server.origin + route.replaceAll(/:\w+/g, ben);
      const type = isRaw(body as never) ? 'application/octet-stream' : 'application/json';
      for (const origin of [undefined, 'https://evil.example', 'null']) {
        const headers = { 'content-type': type, ...(origin === undefined ? {} : { origin }) };
        const answer = await fetch(address, { method, headers: { ...cookie, ...headers }, body: '{}' });
        expect([name, answer.status]).toEqual([name, 403]);
        expect(answer.headers.get('access-control-allow-origin')).toBe(null);
      }
      const form = { ...cookie, origin: server.origin, 'content-type': 'text/plain' };
      expect([name, (await fetch(address, { method, headers: form, body: '{}' })).status]).toEqual([
        name,
        415,
      ]);
    }
    expect(await seen()).toBe(before);
  });
});
