import { describe, expect, test } from 'vitest';
import { FairQueue } from '../../../server/quota/fair-queue.ts';
import { Pace } from '../../../server/quota/pace.ts';

describe('turns', () => {
  test('H201 costly work runs so much at once, and one who asks for much does not hold up the others', async () => {
    const queue = new FairQueue(2);
    const order: string[] = [];
    const ends: (() => void)[] = [];
    let most = 0;
    let running = 0;
    const work = (name: string) =>
      queue.run(name, async () => {
        order.push(name);
        most = Math.max(most, ++running);
        await new Promise<void>(resolve => void ends.push(resolve));
        running--;
      });
    const all = [
      ...Array.from({ length: 50 }, () => work('flood')),
      work('honest'),
      work('other'),
      work('honest'),
    ];
    for (let ended = 0; ended < all.length; ended++) {
      while (ends.length === 0) await Promise.resolve();
      ends.shift()?.();
      await Promise.resolve();
    }
    await Promise.all(all);
    expect(most).toBe(2);
    // Two of the flood were running when the others came; then it is everybody's turn.
    expect(order.slice(0, 7)).toEqual(['flood', 'flood', 'flood', 'honest', 'other', 'flood', 'honest']);
    expect(order).toHaveLength(all.length);
  });

  test('H201 work that fails makes room as any other, and tells its own asker', async () => {
    const queue = new FairQueue(1);
    const failing = queue.run('a', () => Promise.reject(new Error('no')));
    const next = queue.run('b', async () => 'done');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('done');
    expect(await queue.run('a', async () => 'again')).toBe('again');
  });

  test('H202 a pace sets turns apart and refuses what would wait too long', () => {
    let now = 0;
    const pace = new Pace({ apartMs: 10, longestMs: 30 }, () => now);
    expect([1, 2, 3, 4].map(() => pace.turn('a'))).toEqual([10, 20, 30, null]);
    expect(pace.turn('b')).toBe(10);
    now += 15;
    expect([1, 2].map(() => pace.turn('a'))).toEqual([25, null]);
    now += 1_000;
    expect(pace.turn('a')).toBe(10);
  });

  test('H227 a pace with so many free makes those wait that come after them, and gives one back after the other', () => {
    let now = 0;
    const pace = new Pace({ apartMs: 10, longestMs: 20, free: 3 }, () => now);
    expect([1, 2, 3, 4, 5, 6].map(() => pace.turn('a'))).toEqual([0, 0, 0, 10, 20, null]);
    expect(pace.turn('b')).toBe(0);
    now += 30;
    expect([1, 2].map(() => pace.turn('a'))).toEqual([0, 10]);
    now += 1_000;
    expect([1, 2, 3, 4].map(() => pace.turn('a'))).toEqual([0, 0, 0, 10]);
  });
});
