/**
 * What a text may not hold wherever it comes from: control characters other than tab and line breaks (NUL cannot be
 * stored by PostgreSQL at all) and halves of surrogate pairs. They are dropped at the edge, from everything at once,
 * so that no field can be forgotten.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const unwanted = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Surrogate}/gu;

/** Deeper than anything that is asked of us; what is below is nothing. */
const deepest = 32;

/** The same value, whose strings (keys too) are free of what no text may hold. `value`: as `JSON.parse` makes it. */
export function plainText(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.replace(unwanted, '');
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return null;
  if (Array.isArray(value)) return value.map(held => plainText(held, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [key.replace(unwanted, ''), plainText(held, depth + 1)]),
  );
}
