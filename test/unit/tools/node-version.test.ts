import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodeProblem } from '../../../tools/setup/node-version.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
/** What an older Node says of itself, said by this one before anything else is loaded. */
const asNode20 = `--import=data:text/javascript,${encodeURIComponent(
  "Object.defineProperty(process.versions, 'node', { value: '20.20.2' })",
)}`;

test('P60 a Node that is too old is told which is needed and how to get it, by the server and by the tests', () => {
  expect(nodeProblem(process.versions.node)).toBeNull();
  expect(nodeProblem('100.0.0')).toBeNull();
  for (const old of ['20.20.2', '22.18.0', '9.11.2'])
    expect(nodeProblem(old)).toMatch(new RegExp(`needs Node 24 or newer, and is run by Node ${old}`));

  for (const [script, ...rest] of [
    ['server/main.ts'],
    ['node_modules/vitest/vitest.mjs', 'list', '--filesOnly'],
  ]) {
    const { status, stderr, stdout } = spawnSync(process.execPath, [asNode20, script!, ...rest], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '' },
    });
    expect(status, stdout + stderr).toBe(1);
    expect(stderr).toMatch(/needs Node 24 or newer, and is run by Node 20\.20\.2\. Use the one/);
    expect(stderr + stdout).not.toMatch(/ at .*:\d+:\d+/);
  }
});
