/** What browsers are sent of the protocol: its types are gone, and its validators stay on the server. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Words that zod puts into whatever holds its schemas: names of its own, which no bundler shortens. */
const marks = /ZodError|ZodType|\$ZodCheck|invalid_union|_zod\b/;

test('D27 no file that is built for browsers has a validator in it', () => {
  const files = globSync('dist/**/*.js');
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter(file => marks.test(readFileSync(file, 'utf8')))).toEqual([]);
  // The same words are found where it is.
  expect(readFileSync('node_modules/zod/v4/core/core.js', 'utf8')).toMatch(marks);
});
