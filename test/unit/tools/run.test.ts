import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { CommandFailed } from '../../../tools/support/errors.mjs';
import { run } from '../../../tools/support/run.mjs';
import { duration } from '../../../tools/support/ui.mjs';
import { tempFolder, writeFile } from './temp-folder.ts';

/** A process that has ended may stay listed until somebody asks for its exit code (state Z). */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

describe('running a command', () => {
  test('P24 hands over the lines of both outputs', async () => {
    const lines: string[] = [];
    const tail = await run('sh', ['-c', 'echo one; echo two >&2'], { onLine: line => lines.push(line) });
    expect(lines.sort()).toEqual(['one', 'two']);
    expect(tail.sort()).toEqual(['one', 'two']);
  });

  test('P25 tells the exit code and the last lines of one that fails', async () => {
    const error = await run('sh', ['-c', 'echo no space; exit 3']).catch(error => error);
    expect(error).toBeInstanceOf(CommandFailed);
    expect(error).toMatchObject({ outcome: 3, output: ['no space'] });
  });

  test('P26 tells that there is no such command', async () => {
    await expect(run('talk-to-us-no-such-command', [])).rejects.toMatchObject({ outcome: 'missing' });
  });

  test('P27 is ended with all its children by an interruption', async () => {
    const control = new AbortController();
    const reason = new Error('told to stop');
    let grandchild = 0;
    const running = run('sh', ['-c', 'sleep 1000 & echo $!; wait'], {
      signal: control.signal,
      onLine: line => {
        grandchild = Number(line);
        control.abort(reason);
      },
    });
    await expect(running).rejects.toBe(reason);
    expect(grandchild).toBeGreaterThan(0);
    await vi.waitFor(() => expect(isRunning(grandchild)).toBe(false));
  });

  test('P28 comes to its end first when it must, and the interruption counts then', async () => {
    const control = new AbortController();
    const lines: string[] = [];
    const mayEnd = join(tempFolder(), 'may-end');
    const running = run('sh', ['-c', `echo begun; until [ -e '${mayEnd}' ]; do :; done; echo ended`], {
      signal: control.signal,
      mustFinish: true,
      onLine: line => {
        lines.push(line);
        if (line === 'ended') return;
        control.abort(new Error('told to stop'));
        writeFile(mayEnd, '');
      },
    });
    await expect(running).rejects.toThrow('told to stop');
    expect(lines).toEqual(['begun', 'ended']);
  });

  test('P29 does not begin after an interruption', async () => {
    const signal = AbortSignal.abort(new Error('told to stop'));
    await expect(run('talk-to-us-no-such-command', [], { signal })).rejects.toThrow('told to stop');
  });
});

test.each([
  [0, '0 s'],
  [59_400, '59 s'],
  [59_600, '1 min 0 s'],
  [200_000, '3 min 20 s'],
])('P30 %i ms are %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});
