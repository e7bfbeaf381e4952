import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withLock } from '../../../tools/support/lock.mjs';
import { tempFolder, writeFile } from './temp-folder.ts';

const lockModule = new URL('../../../tools/support/lock.mjs', import.meta.url).href;

describe('a lock', () => {
  test('P11 lets one work at a time', async () => {
    const file = join(tempFolder(), 'deep/er/lock');
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise(resolve => setImmediate(resolve));
      inside--;
    };
    await Promise.all([1, 2, 3].map(() => withLock(file, {}, work)));
    expect(most).toBe(1);
  });

  test('P12 is let go when the work fails, and leaves nothing behind', async () => {
    const folder = tempFolder();
    const work = () => withLock(join(folder, 'lock'), {}, () => Promise.reject(new Error('failed')));
    await expect(work()).rejects.toThrow('failed');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('P13 tells who is waited for, once, and gives up when interrupted', async () => {
    const file = join(tempFolder(), 'lock');
    const holders: number[] = [];
    const control = new AbortController();
    const reason = new Error('told to stop');
    await withLock(file, {}, async () => {
      const onWait = (pid: number) => {
        holders.push(pid);
        control.abort(reason);
      };
      const waiter = withLock(file, { signal: control.signal, onWait }, () => Promise.resolve());
      await expect(waiter).rejects.toBe(reason);
      expect(existsSync(file)).toBe(true);
    });
    expect(holders).toEqual([process.pid]);
  });
});

describe('a lock is taken over', () => {
  test('P14 from a process that was killed', async () => {
    const file = join(tempFolder(), 'lock');
    const script = `import { withLock } from '${lockModule}';
      await withLock('${file}', {}, () => { process.stdout.write('held'); return new Promise(r => setTimeout(r, 1e8)); });`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(existsSync(file)).toBe(true);
    expect(await withLock(file, {}, () => Promise.resolve('mine'))).toBe('mine');
  });

  test('P15 from a process whose number another has now', async () => {
    const file = writeFile(join(tempFolder(), 'lock'), `${process.pid} 1`);
    expect(await withLock(file, {}, () => Promise.resolve('mine'))).toBe('mine');
  });

  test('P16 by one of several who wait', async () => {
    const { pid } = spawnSync('true');
    const file = writeFile(join(tempFolder(), 'lock'), `${pid} 1`);
    let inside = 0;
    const work = async () => {
      expect(++inside).toBe(1);
      await new Promise(resolve => setImmediate(resolve));
      inside--;
    };
    await Promise.all([1, 2, 3].map(() => withLock(file, {}, work)));
  });
});
