/**
 * `npm run chaos` runs every attack and fault that has a figure to reach and prints them in one table; `npm run chaos -- 15 22`
 * only those. Exit code 1 when one is missed or a test failed.
 */
import { globSync, readFileSync } from 'node:fs';
import type { TestCase } from 'vitest/node';
import { startVitest } from 'vitest/node';
import { type FigureId, figures } from '../support/figures.ts';
import { longer } from './longer.ts';
import { type Ran, table, verdicts } from './verdicts.ts';

const numberOf = (id: string) => id.split('-')[0]!;
const all = Object.keys(figures) as FigureId[];
const named = process.argv.slice(2);
const unknown = named.filter(name => !all.some(id => numberOf(id) === name));
if (unknown.length > 0) {
  const there = [...new Set(all.map(numberOf))].join(', ');
  process.stderr.write(`There is no figure ${unknown.join(', ')}. There are: ${there}.\n`);
  process.exit(2);
}
const wanted = all.filter(id => named.length === 0 || named.includes(numberOf(id)));

/** All of `test/chaos`, what is run longer here, and who else reports a figure; with names given, those that report one of them. */
const files = globSync('test/{chaos,integration,e2e,unit}/**/*.test.ts').filter(file => {
  const text = readFileSync(file, 'utf8');
  if (named.length === 0 && (file.startsWith('test/chaos/') || longer.files.includes(file))) return true;
  return wanted.some(id => new RegExp(`figure(NotAsked)?\\(\\s*'${id}'`).test(text));
});
// Vitest would take no name for every name.
if (files.length === 0) process.stderr.write('No test reports these figures yet.\n');

const rows = verdicts(wanted, files.length === 0 ? [] : await run(files));
process.stdout.write(`\n${table(rows)}\n`);
// Vitest has set it when a test failed or could not be loaded.
if (rows.some(({ verdict }) => verdict === 'MISSED')) process.exitCode = 1;

async function run(names: string[]): Promise<Ran[]> {
  const vitest = await startVitest(names, { run: true, watch: false });
  const tests: TestCase[] = vitest.state.getTestModules().flatMap(module => [...module.children.allTests()]);
  const ran = tests.map(test => ({ passed: test.ok(), reports: test.meta().figures ?? [] }));
  await vitest.close();
  return ran;
}
