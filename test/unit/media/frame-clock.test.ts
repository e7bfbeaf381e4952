import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FrameClock, frameMs } from '../../../server/media/hold-music/frame-clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('M21 frames do not drift, however late each timer is', () => {
  let lateness = 0;
  const frames: number[] = [];
  const clock = new FrameClock(
    frame => frames.push(frame),
    () => performance.now() + lateness,
  );
  clock.start();
  const first = frames[0]!;
  for (let second = 0; second < 60; second++) {
    // Every timer is up to 7 ms late; time itself goes on.
    lateness = second % 8;
    vi.advanceTimersByTime(1_000);
  }
  clock.stop();
  expect(frames.at(-1)! - first).toBeGreaterThanOrEqual(60_000 / frameMs - 1);
  expect(frames.at(-1)! - first).toBeLessThanOrEqual(60_000 / frameMs + 1);
  expect(new Set(frames).size).toBe(frames.length);
});

test('M22 after a stall only the newest few frames are made up for', () => {
  let stalled = 0;
  const frames: number[] = [];
  const clock = new FrameClock(
    frame => frames.push(frame),
    () => performance.now() + stalled,
  );
  clock.start();
  vi.advanceTimersByTime(100);
  const before = frames.length;
  stalled = 10_000;
  vi.advanceTimersByTime(frameMs);
  clock.stop();
  expect(frames.length - before).toBeLessThanOrEqual(6);
  expect(frames.at(-1)! - frames[before - 1]!).toBeGreaterThan(490);
});

test('M23 a stopped clock is silent, and a start says that it is one', () => {
  const starts: boolean[] = [];
  const clock = new FrameClock((_, first) => starts.push(first));
  clock.start();
  clock.start();
  vi.advanceTimersByTime(50);
  clock.stop();
  clock.stop();
  const heard = starts.length;
  vi.advanceTimersByTime(1_000);
  expect(starts).toHaveLength(heard);
  clock.start();
  clock.stop();
  expect(starts.filter(Boolean)).toHaveLength(2);
  expect(starts.at(-1)).toBe(true);
});
