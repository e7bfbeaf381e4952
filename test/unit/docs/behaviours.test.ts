import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** `C1`, `H42`: a letter for the part, a number within it. Names of tests stand in tables too. */
const inTests = () =>
  globSync('test/**/*.test.ts').flatMap(file =>
    [...readFileSync(file, 'utf8').matchAll(/['"`]([A-Z]\d+)(?= )/g)].map(match => match[1] ?? ''),
  );

const inDocs = () =>
  [...readFileSync('docs/behaviours.md', 'utf8').matchAll(/^- \*\*([A-Z]\d+)\*\* /gm)].map(
    match => match[1] ?? '',
  );

test('D2 every numbered behaviour has a test, and every numbered test a behaviour', () => {
  expect([...new Set(inTests())].sort()).toEqual([...inDocs()].sort());
  expect(new Set(inDocs()).size).toBe(inDocs().length);
});
