/**
 * `npm run check`: types, lint and format, dependency direction, unused code, words outside of the catalogues. All run,
 * side by side, and what any of them finds is shown.
 */
import { delimiter, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandFailed, Interrupted } from './support/errors.mjs';
import { watchForInterruption } from './support/interruption.mjs';
import { run } from './support/run.mjs';
import { complain, duration, say } from './support/ui.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../..');
const bin = resolve(root, 'node_modules/.bin');

/** @type {[name: string, command: string, args: string[]][]} */
const checks = [
  ['types', 'tsc', []],
  ['lint and format', 'biome', ['check', '--error-on-warnings']],
  [
    'dependency direction',
    'depcruise',
    ['--config', '.dependency-cruiser.cjs', 'server', 'client', 'shared', 'tools', 'test'],
  ],
  ['unused code', 'knip', []],
  ['words in catalogues', 'node', ['tools/i18n/literals.ts']],
];

const signal = watchForInterruption();
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };

/** @param {(typeof checks)[number]} check */
async function runCheck([name, command, args]) {
  const started = Date.now();
  /** @type {string[]} */
  const output = [];
  try {
    await run(command, args, { cwd: root, env, signal, onLine: line => output.push(line) });
    say(`✔ ${name} (${duration(Date.now() - started)})`);
    return true;
  } catch (error) {
    if (error instanceof Interrupted) return false;
    if (!(error instanceof CommandFailed)) throw error;
    complain(`✘ ${name}: ${error.message}\n${output.join('\n')}\n`);
    return false;
  }
}

const results = await Promise.all(checks.map(runCheck));
process.exitCode = results.every(Boolean) ? 0 : 1;
