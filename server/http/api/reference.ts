/** The reference of the HTTP interface for people: the OpenAPI description as Markdown, and as the page at `/api`. */
import { createHash } from 'node:crypto';
import { marked } from 'marked';
import type { Handlers } from './mount.ts';
import { openApi } from './openapi.ts';

type Schema = {
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  format?: string;
};
type Content = Record<string, { schema: Schema }>;
type Operation = {
  summary: string;
  description?: string;
  parameters?: { name: string; in: string; required: boolean; description?: string; schema: Schema }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content: Content }>;
};

const groups: [title: string, prefix: RegExp][] = [
  ['Signing in and the desk', /^\/api\/rep/],
  ['Team', /^\/api\/team/],
  ['Queues', /^\/api\/queues/],
  ['Sites', /^\/api\/sites/],
  ['Calls', /^\/api\/(calls|unmet-demand|blocks)/],
  ['Sounds', /^\/api\/sounds/],
  ['Customers’ data', /^\/api\/privacy/],
  ['Changes', /^\/api\/audit/],
  ['The server', /./],
];

const tableHead = ['| name | kind | needed | meaning |', '|---|---|---|---|'];

/** In a line of a table. */
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Such as “number or null”, or “list of objects”. */
function kindOf(schema: Schema): string {
  const { anyOf, oneOf, enum: values, type, items, format } = schema;
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  const ways = anyOf ?? oneOf;
  if (ways) return [...new Set(ways.map(kindOf))].join(' or ');
  if (values) return values.map(value => `\`${value}\``).join(', ');
  if (format === 'binary') return 'bytes';
  if (type === 'array') return `list of: ${items ? kindOf(items) : 'anything'}`;
  return type === undefined ? 'anything' : [type].flat().join(' or ');
}

/** What an object holds, nested ones under their paths. */
function rowsOf(schema: Schema, path = '', depth = 0): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const own = `${path}${name}`;
    const needed = schema.required?.includes(name) ? 'yes' : 'no';
    const row = `| \`${own}\` | ${cell(kindOf(value))} | ${needed} | ${cell(value.description ?? '')} |`;
    const inner = value.items ?? value;
    const below = `${own}${value.items ? '[]' : ''}.`;
    return [row, ...(depth < 2 ? rowsOf(inner, below, depth + 1) : [])];
  });
}

function contentOf(title: string, content: Content): string[] {
  const [[type, { schema }] = ['', { schema: {} }]] = Object.entries(content);
  const rows = rowsOf(schema);
  const what = type === 'application/json' ? kindOf(schema) : `\`${type}\``;
  if (rows.length === 0) return [`${title}: ${what}.`, ''];
  return [`${title}:`, '', ...tableHead, ...rows, ''];
}

function operationOf(method: string, path: string, operation: Operation): string[] {
  const parameters = (operation.parameters ?? []).map(
    ({ name, in: place, required, description = '', schema }) =>
      `| \`${name}\` (${place}) | ${cell(kindOf(schema))} | ${required ? 'yes' : 'no'} | ${cell(description)} |`,
  );
  const good = Object.entries(operation.responses).filter(([status]) => status < '400');
  const refused = Object.entries(operation.responses)
    .filter(([status]) => status >= '400')
    .flatMap(([status, { description }]) =>
      [...description.matchAll(/`([\w-]+)`:/g)].map(([, code]) => `\`${code}\` (${status})`),
    );
  return [
    `### ${method.toUpperCase()} ${path}`,
    '',
    [operation.summary, operation.description].filter(Boolean).join(' '),
    '',
    ...(parameters.length > 0 ? ['Parameters:', '', ...tableHead, ...parameters, ''] : []),
    ...(operation.requestBody ? contentOf('Body', operation.requestBody.content) : []),
    ...good.flatMap(([status, { content }]) => contentOf(`Answer (${status})`, content)),
    `Refusals: ${refused.join(', ')}.`,
    '',
  ];
}

/** The reference as Markdown, which `docs/api.md` is. */
export function apiReference(): string {
  const paths = openApi.paths as Record<string, Record<string, Operation>>;
  const left = new Set(Object.keys(paths));
  const sections = groups.flatMap(([title, prefix]) => {
    const own = [...left].filter(path => prefix.test(path)).sort();
    for (const path of own) left.delete(path);
    const operations = own.flatMap(path =>
      Object.entries(paths[path] ?? {}).flatMap(([method, operation]) =>
        operationOf(method, path, operation),
      ),
    );
    return [`## ${title}`, '', ...operations];
  });
  const schemas = openApi.components as { schemas: { Error: { properties: { error: Schema } } } };
  const codes = schemas.schemas.Error.properties.error.properties?.code?.enum ?? [];
  return [
    '# HTTP interface',
    '',
    'Made from the table of routes in `shared/api/`; for programs it is at `/api/openapi.json`, in OpenAPI 3.1.',
    '',
    'Requests other than GET bear the origin of the server’s own pages, and JSON. A refusal is `{"error": {"code", "reason", "params", "field", "message"}}`:',
    '`code` is for programs, and decides the status. `reason` says more where there is more to say, and with `params` is what a client puts into words; `message` is the same in English. `field` names the input that is meant. Who is asked to wait is told for how long by `Retry-After`.',
    `Codes: ${codes.map(code => `\`${code}\``).join(', ')}.`,
    '',
    ...sections,
  ]
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n');
}

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h2 { margin-top: 3rem; }
h3 { margin-top: 2.5rem; padding-top: 0.5rem; border-top: 1px solid #8886; font-family: ui-monospace, monospace; font-size: 1rem; }
table { display: block; overflow-x: auto; border-collapse: collapse; font-size: 0.875rem; }
th, td { padding: 0.25rem 0.75rem 0.25rem 0; text-align: start; vertical-align: top; border-bottom: 1px solid #8883; }
`;

/** What a browser may do on that page: show it. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

let page: string | undefined;

/** The same as a page without scripts. */
export const referenceHandlers: Handlers<'GET /api' | 'GET /api/openapi.json'> = {
  'GET /api/openapi.json': () => openApi,
  'GET /api'({ ctx }) {
    page ??= `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Talk to Us: HTTP interface</title>
<style>${style}</style>
</head>
<body>
${marked.parse(apiReference(), { async: false })}
</body>
</html>
`;
    ctx.set('content-security-policy', policy);
    ctx.type = 'text/html; charset=utf-8';
    ctx.body = page;
  },
};
