/** The OpenAPI 3.1 description of every route, made from the table of routes. */
import { z } from 'zod';
import { httpErrors } from '../../../shared/api/errors.ts';
import { everyRoute, isRaw, type Raw, type Route } from '../../../shared/api/route.ts';
import { routes } from '../../../shared/api/routes.ts';
import { permissions } from '../../../shared/permissions.ts';
import { refuse } from '../../../shared/refusals.ts';
import { inEnglish, reasons } from '../../../shared/refusals-in-english.ts';

type Json = Record<string, unknown>;

/** A schema as OpenAPI 3.1 has it, which is JSON Schema 2020-12. What cannot be told, such as a rule in code, is left out. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
}

const content = (one: z.ZodType | Raw, io: 'input' | 'output'): Json =>
  isRaw(one)
    ? { [one.contentType]: { schema: { type: 'string', format: 'binary' } } }
    : { 'application/json': { schema: schemaOf(one, io) } };

const parameters = (object: z.ZodObject | undefined, place: 'path' | 'query'): Json[] =>
  Object.entries(object?.shape ?? {}).map(([name, schema]) => {
    const { description, ...rest } = schemaOf(schema as z.ZodType, 'input');
    return {
      name,
      in: place,
      required: place === 'path' || !(schema as z.ZodType).safeParse(undefined).success,
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });

/** The refusals of a route by status, with the codes that each may have. */
function refusals(method: string, route: Route): Json {
  const codes = new Set<keyof typeof httpErrors>([
    ...(route.params ? (['not-found'] as const) : []),
    ...(route.query || route.body ? [everyRoute.input] : []),
    ...(route.may === null ? [] : everyRoute.signedIn),
    ...(method === 'get' ? [] : everyRoute.changing),
    ...(route.errors ?? []),
    ...everyRoute.always,
  ]);
  const byStatus = Map.groupBy(codes, code => httpErrors[code]);
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, some]) => [
        String(status),
        {
          description: some.map(code => `\`${code}\`: ${inEnglish(refuse(code))}`).join('\n\n'),
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      ]),
  );
}

function operation(method: string, path: string, route: Route): Json {
  const all = [...parameters(route.params, 'path'), ...parameters(route.query, 'query')];
  const who = route.may === null ? '' : `For ${permissions[route.may].join(', ')} (\`${route.may}\`).`;
  return {
    operationId: method + path.replaceAll(/[^A-Za-z]+(\w)/g, (_, next: string) => next.toUpperCase()),
    summary: route.does,
    ...(who && { description: who }),
    ...(all.length > 0 && { parameters: all }),
    ...(route.body && { requestBody: { required: true, content: content(route.body, 'input') } }),
    ...(route.may === null && { security: [] }),
    responses: {
      [route.status ?? 200]: { description: 'Done.', content: content(route.answer, 'output') },
      ...refusals(method, route),
    },
  };
}

function paths(): Json {
  const all: Record<string, Json> = {};
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    const [verb = '', path = ''] = name.split(' ');
    const [method, written] = [verb.toLowerCase(), path.replaceAll(/:(\w+)/g, '{$1}')];
    all[written] = { ...all[written], [method]: operation(method, path, route) };
  }
  return all;
}

export const openApi: Json = {
  openapi: '3.1.0',
  info: {
    title: 'Talk to Us',
    version: '1',
    description:
      'What the console and settings ask the voice server for. Requests other than GET come from the server’s own pages: they bear its origin.',
  },
  security: [{ session: [] }],
  paths: paths(),
  components: {
    securitySchemes: {
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: '__Host-talk-to-us-rep',
        description: 'Set by signing in; without TLS its name has no `__Host-`.',
      },
    },
    schemas: {
      Error: {
        type: 'object',
        required: ['error'],
        properties: {
          error: {
            type: 'object',
            required: ['code', 'message'],
            properties: {
              code: { type: 'string', enum: Object.keys(httpErrors) },
              reason: {
                type: 'string',
                enum: reasons,
                description: 'More than the code says: what a client puts into words',
              },
              params: {
                type: 'object',
                additionalProperties: { type: ['string', 'number'] },
                description: 'What the words name, such as a limit; `…Ms` and `…Bytes` are numbers of these',
              },
              message: { type: 'string', description: 'In words, in English' },
              field: { type: 'string', description: 'Which input is meant, as a path such as `wrapUp.ms`' },
            },
          },
        },
      },
    },
  },
};
