/** Tables of `docs/protocol.md` that are made from the code. */
import { allowances, type Cap, caps, limits } from '../../shared/limits.ts';
import { pushes, type RequestType, requests } from '../../shared/protocol.ts';
import { afterClose, closeCodes, type ErrorCode, errorCodes } from '../../shared/wire.ts';
import {
  allowanceWords,
  capWords,
  closeActions,
  closings,
  errorKinds,
  errors,
  limitWords,
  otherClosings,
  whoMay,
} from './meanings.ts';
import { type JsonSchema, refToData, refToReceived, schemas } from './schemas.ts';

const all = schemas();
const at = ({ $ref }: { $ref: string }): JsonSchema => all[$ref.split('/').at(-1)!]!;
const types = Object.keys(requests) as RequestType[];

/** A table with padded cells, as a formatter of Markdown would leave it. */
function table(head: string[], rows: string[][]): string {
  const lines = [head, ...rows].map(cells => cells.map(cell => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(...lines.map(cells => cells[column]!.length)));
  const line = (cells: string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`;
  return [
    line(lines[0]!),
    `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`,
    ...lines.slice(1).map(line),
  ].join('\n');
}

const code = (text: string | number) => `\`${text}\``;

/** How a schema reads in a cell: a name, an enumeration, a type. */
function typeOf(schema: JsonSchema): string {
  if (schema.$ref) return code(schema.$ref.split('/').at(-1)!);
  const parts = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (parts) return parts.map(part => typeOf(part as JsonSchema)).join(', ');
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.enum) return schema.enum.map(value => code(String(value))).join(', ');
  if (schema.type === 'array') return `list of ${typeOf((schema.items ?? {}) as JsonSchema)}`;
  if (schema.type === 'object' && schema.properties)
    return `{ ${Object.entries(schema.properties)
      .map(([name, field]) => `${name}: ${typeOf(field as JsonSchema)}`)
      .join('; ')} }`;
  if (schema.type === 'object') return 'object';
  return [schema.type ?? 'anything'].flat().join(', ');
}

/** Names of the fields of an object, or of each kind of it; `?` where one may be left out. */
function fieldNames(schema: JsonSchema): string {
  const kinds = schema.oneOf ?? schema.anyOf;
  if (kinds) return kinds.map(kind => fieldNames(kind as JsonSchema)).join('; or ');
  const fields = Object.keys(schema.properties ?? {});
  return fields.map(name => code(schema.required?.includes(name) ? name : `${name}?`)).join(', ');
}

function requestTable(): string {
  const rows = types.map(type => [
    code(type),
    requests[type].may === null ? 'anyone' : code(requests[type].may),
    fieldNames(at(refToData(type))),
    fieldNames(at(refToReceived(requests[type].answer))),
    requests[type].about,
  ]);
  return table(['request', 'permission', 'data', 'data of the answer', 'what'], rows);
}

function permissionTable(): string {
  const named = new Set(types.map(type => requests[type].may).filter(permission => permission !== null));
  return table(
    ['permission', 'who has it'],
    [...named].map(permission => [code(permission), whoMay(permission).join(', ')]),
  );
}

const pushTable = () =>
  table(
    ['push', 'more fields', 'what'],
    Object.entries(pushes).map(([name, { about, message }]) => {
      const { push, ...fields } = at(refToReceived(message)).properties ?? {};
      return [code(name), Object.keys(fields).map(code).join(', '), about];
    }),
  );

function fieldTable(schema: JsonSchema): string {
  const rows = Object.entries(schema.properties ?? {})
    .filter(([, field]) => (field as JsonSchema).const === undefined)
    .map(([name, field]) => [
      code(schema.required?.includes(name) ? name : `${name}?`),
      typeOf(field as JsonSchema),
      (field as JsonSchema).description ?? '',
    ]);
  return rows.length > 0 ? table(['field', 'type', 'what'], rows) : 'No more fields.';
}

/** A table for each state of a union. */
function stateTables(name: string): string {
  return ((all[name]?.oneOf ?? []) as JsonSchema[])
    .map(kind => {
      const state = (kind.properties?.state as JsonSchema | undefined)?.const;
      const about = kind.description ? `: ${kind.description}` : '';
      return `State ${code(String(state))}${about}.\n\n${fieldTable(kind)}`;
    })
    .join('\n\n');
}

const closeTable = () =>
  table(
    ['code', 'when', 'a client', 'more'],
    [
      ...Object.entries(closeCodes).map(([name, value]) => {
        const { when, more } = closings[name as keyof typeof closeCodes];
        return [String(value), when, closeActions[afterClose(value)], more];
      }),
      ...Object.entries(otherClosings).map(([value, when]) => [
        value,
        when,
        closeActions[afterClose(Number(value))],
        '',
      ]),
    ],
  );

const errorTable = () =>
  table(
    ['code', 'kind', 'meaning'],
    Object.entries(errorCodes).map(([name, kind]) => [code(name), kind, errors[name as ErrorCode]]),
  );

const kindList = () =>
  Object.entries(errorKinds)
    .map(([kind, what]) => `- ${code(kind)}: ${what}.`)
    .join('\n');

const number = (value: number) => value.toLocaleString('en-US');

const limitTable = () =>
  table(
    ['`limits`', 'value', 'what'],
    Object.entries(limitWords).map(([name, what]) => [
      code(name),
      number(limits[name as keyof typeof limits]),
      what,
    ]),
  );

const capTable = () =>
  table(
    ['`caps`: open at once', 'one network', 'one site', 'in all'],
    Object.entries(capWords).map(([name, what]) => {
      const cap: Cap = caps[name as keyof typeof caps];
      const perSite = cap.perSite === undefined ? '' : number(cap.perSite);
      return [`${code(name)}: ${what}`, number(cap.perNetwork), perSite, number(cap.inAll)];
    }),
  );

const allowanceTable = () =>
  table(
    ['`allowances`: how often', 'in a row', 'a minute in the long run'],
    Object.entries(allowanceWords).map(([name, what]) => {
      const { burst, perMinute } = allowances[name as keyof typeof allowances];
      return [`${code(name)}: ${what}`, number(burst), number(perMinute)];
    }),
  );

/** What stands between the markers of that name in the guide. */
const sections: Record<string, () => string> = {
  requests: requestTable,
  permissions: permissionTable,
  pushes: pushTable,
  'shopper view': () => stateTables('ShopperView'),
  'rep view': () => fieldTable(all.RepView!),
  'rep work': () => stateTables('RepWork'),
  'call card': () => fieldTable(all.CallCard!),
  'leg media': () => `${fieldTable(all.LegMedia!)}\n\nEach of \`hearing\`:\n\n${fieldTable(all.Heard!)}`,
  'close codes': closeTable,
  'error kinds': kindList,
  errors: errorTable,
  limits: () => [limitTable(), capTable(), allowanceTable()].join('\n\n'),
};

/** The guide with its generated sections made anew. Throws when a section has no place in it. */
export function withSections(guide: string): string {
  let text = guide;
  for (const [name, make] of Object.entries(sections)) {
    const [begin, end] = [`<!-- from the code: ${name} -->\n`, `\n<!-- end: ${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`The guide has no place for "${name}".`);
    text = `${text.slice(0, from + begin.length)}\n${make()}\n${text.slice(to)}`;
  }
  return text;
}
