import { describe, expect, test } from 'vitest';
import { ServerClock } from '../../../client/console/session/clock.ts';
import { sendNow } from '../../../client/console/session/note-draft.ts';
import { secondsLeft, shareLeft, timer } from '../../../client/ui/durations.ts';

describe('time on the console', () => {
  test.each([
    [-500, '0:00'],
    [0, '0:00'],
    [7_999, '0:07'],
    [754_000, '12:34'],
    [3_723_000, '1:02:03'],
  ])('R20 a timer shows %d ms as %s', (ms, text) => {
    expect(timer(ms)).toBe(text);
  });

  test('R21 a countdown shows 1 until it is over, and never less than 0', () => {
    expect(secondsLeft(20_000, 0)).toBe(20);
    expect(secondsLeft(20_000, 19_001)).toBe(1);
    expect(secondsLeft(20_000, 20_000)).toBe(0);
    expect(secondsLeft(20_000, 25_000)).toBe(0);
    expect(shareLeft(0, 20_000, 5_000)).toBe(0.75);
    expect(shareLeft(0, 20_000, 30_000)).toBe(0);
    expect(shareLeft(5, 5, 5)).toBe(0);
  });

  test('R22 the clock follows the server, by the view that was on its way for the shortest time', () => {
    let local = 1_000_000;
    const clock = new ServerClock(() => local);
    expect(clock.now()).toBe(1_000_000);
    // The server is 5 s ahead; this view took 400 ms, the next 20 ms, the last 300 ms.
    clock.sync(local + 5_000 - 400);
    expect(clock.now()).toBe(local + 4_600);
    local += 1_000;
    clock.sync(local + 5_000 - 20);
    clock.sync(local + 5_000 - 300);
    expect(clock.now()).toBe(local + 4_980);
  });

  test('R22 a clock that was set is believed at once', () => {
    let local = 1_000_000;
    const clock = new ServerClock(() => local);
    clock.sync(1_000_000);
    local += 60_000;
    clock.sync(1_000_500);
    expect(clock.now()).toBe(1_000_500);
  });

  test('R23 a note is sent shortly before wrap-up ends by itself; without a note nothing is cut short', () => {
    const dueAt = 75_000;
    expect(sendNow('Call back on Monday', dueAt, 73_000)).toBe(false);
    expect(sendNow('Call back on Monday', dueAt, 73_600)).toBe(true);
    expect(sendNow('  ', dueAt, 74_000)).toBe(false);
    expect(sendNow('Call back on Monday', dueAt, 76_000)).toBe(false);
  });
});
