import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { options } from '../../../server/config.ts';

test('D1 the README lists every option with its default, unit and meaning, and no other', () => {
  const readme = readFileSync('README.md', 'utf8');
  const listed = readme.split('\n').filter(line => /^\| `[A-Z_]+` \|/.test(line));
  const expected = Object.entries(options).map(
    ([name, { value, unit, description }]) =>
      `| \`${name}\` | ${value === '' ? '' : `\`${value}\``} | ${unit} | ${description} |`,
  );
  expect(listed).toEqual(expected);
});
