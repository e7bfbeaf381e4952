/**
 * The JSON of a message. Old libraries give arrays and other objects a `toJSON` of their own, which turns them into
 * strings or worse; only for plain values does `JSON.stringify` ask nobody.
 */
export function toJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(one => toJson(one)).join()}]`;
  const members = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${members.map(([key, one]) => `${JSON.stringify(key)}:${toJson(one)}`).join()}}`;
}
