/** Every route of the table on a real server: who may, what is described, and that programs can use it. */
import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { OpenAPIClientAxios } from 'openapi-client-axios';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiReference } from '../../../server/http/api/reference.ts';
import { isRaw, type Route } from '../../../shared/api/route.ts';
import { routes } from '../../../shared/api/routes.ts';
import { permissions, type Role, roles } from '../../../shared/permissions.ts';
import { asRep, type ErrorBody, makeAdmin, makeRep, startServer, type TestServer } from './http-server.ts';

let server: TestServer;
const cookies = {} as Record<Role, string>;

beforeAll(async () => {
  server = await startServer();
  cookies.admin = await makeAdmin(server);
  cookies.rep = await makeRep(server);
  // A second one, who is made a supervisor.
  const token = await server.links.invite({ ...asRep, name: 'Sue', email: 'sue@shop.example' }, null);
  const made = await server.post('/api/rep/links/use', {
    ...{ token, name: 'Sue', email: 'sue@shop.example', password: 'correct horse battery' },
  });
  cookies.supervisor = made.headers.get('set-cookie')?.split(';')[0] ?? '';
  await server.db
    .updateTable('members')
    .set({ role: 'supervisor' })
    .where('rep_id', 'in', db => db.selectFrom('reps').select('id').where('email', '=', 'sue@shop.example'))
    .execute();
});
afterAll(() => server.close());

/** With ids that nobody has, and nothing else: only who may is looked at. */
async function refusal(name: string, cookie: string): Promise<string | undefined> {
  const [method = '', path = ''] = name.split(' ');
  const address = server.url + path.replaceAll(/:\w+/g, 'nobody-has-this-id');
  const upload = isRaw((routes as Record<string, Route>)[name]?.body);
  const response = await fetch(address, {
    method,
    headers: {
      ...{ origin: server.url, cookie },
      'content-type': upload ? 'application/octet-stream' : 'application/json',
    },
    ...(method === 'GET' ? {} : { body: '{}' }),
  });
  const text = await response.text();
  if (response.ok) return undefined;
  return (JSON.parse(text) as Partial<ErrorBody>).error?.code;
}

const guarded = Object.entries<Route>(routes).flatMap(([name, { may }]) =>
  may === null ? [] : [{ name, may: permissions[may] as readonly Role[] }],
);

describe('the table of routes', () => {
  test('H300 nobody who is not signed in gets anything from a route that names a permission', async () => {
    for (const { name } of guarded) expect([name, await refusal(name, '')]).toEqual([name, 'sign-in-needed']);
    expect(guarded.length).toBeGreaterThan(30);
  });

  test.each(roles)('H301 a %s gets what the table of permissions says, and nothing else', async role => {
    for (const { name, may } of guarded) {
      const code = await refusal(name, cookies[role]);
      if (may.includes(role)) expect([name, code]).not.toEqual([name, 'not-allowed']);
      else expect([name, code]).toEqual([name, 'not-allowed']);
      expect([name, code]).not.toEqual([name, 'sign-in-needed']);
    }
  });

  test('H302 what the table does not have is not there: neither other paths nor other methods', async () => {
    const methods = Map.groupBy(Object.keys(routes), name => name.split(' ')[1]!);
    for (const [path, known] of methods)
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        const name = `${method} ${path}`;
        if (known.includes(name)) continue;
        const code = await refusal(name, cookies.admin);
        expect(['method-not-allowed', 'not-found'], name).toContain(code);
      }
    for (const path of ['/api/nothing', '/api/queues/x/y', '/api/rep'])
      expect((await server.get(path, cookies.admin)).status).toBe(404);
  });
});

describe('the description', () => {
  test('H303 it is valid OpenAPI 3.1, and holds every route', async () => {
    const document = (await (await server.get('/api/openapi.json')).json()) as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const validator = new Validator();
    const found = await validator.validate(structuredClone(document));
    expect(found.errors ?? []).toEqual([]);
    expect(found.valid).toBe(true);
    expect(validator.version).toBe('3.1');
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(described.sort()).toEqual(Object.keys(routes).sort());
    const ids = Object.values(document.paths).flatMap(methods =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('H304 a client that is made from it lists, adds, changes and removes a queue', async () => {
    const api = new OpenAPIClientAxios({
      definition: `${server.url}/api/openapi.json`,
      axiosConfigDefaults: {
        baseURL: server.url,
        headers: { cookie: cookies.admin, origin: server.url },
      },
    });
    const client = await api.init();
    const { data: sites } = await client.getApiSites!();
    const siteId = sites.sites[0].id as string;
    const { data: added } = await client.postApiQueues!(undefined, { siteId, name: 'Returns' });
    const queueId = added.queue.id as string;
    const { data: changed } = await client.patchApiQueuesQueueId!({ queueId }, { name: 'Refunds' });
    expect(changed.name).toBe('Refunds');
    const { data: listed } = await client.getApiQueues!();
    expect(listed.queues.map((queue: { name: string }) => queue.name)).toContain('Refunds');
    await client.deleteApiQueuesQueueId!({ queueId });
    const refused = client.patchApiQueuesQueueId!({ queueId }, { name: 'Gone' });
    await expect(refused).rejects.toMatchObject({
      response: { status: 404, data: { error: { code: 'not-found' } } },
    });
  });

  test('H305 people read the same as a page, and in docs/api.md', async () => {
    const page = await server.get('/api');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const html = await page.text();
    for (const name of Object.keys(routes))
      expect(html).toContain(`<h3>${name.replaceAll(/:(\w+)/g, '{$1}')}</h3>`);
    const written = await readFile(new URL('../../../docs/api.md', import.meta.url), 'utf8');
    expect(written, 'run: npm run docs').toBe(apiReference());
  });
});
