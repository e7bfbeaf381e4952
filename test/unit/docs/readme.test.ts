import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { options } from '../../../server/config.ts';

/** A formatter pads the cells of a table; that means nothing. */
const cells = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map(cell => cell.trim());

test('D1 the README lists every option with its default, unit and meaning, and no other', () => {
  const listed = readFileSync('README.md', 'utf8')
    .split('\n')
    .filter(line => /^\| `[A-Z_]+`\s/.test(line))
    .map(cells);
  const expected = Object.entries(options).map(([name, { value, unit, description }]) => [
    `\`${name}\``,
    value === '' ? '' : `\`${value}\``,
    unit,
    description,
  ]);
  expect(listed).toEqual(expected);
});
