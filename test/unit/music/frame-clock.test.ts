import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FrameClock } from '../../../server/music/frame-clock.ts';
import { musicLimits } from '../../../server/music/limits.ts';
import { frameMs } from '../../../server/music/opus-frame.ts';

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
  expect(frames.length - before).toBeLessThanOrEqual(musicLimits.catchUpFrames + 1);
  expect(frames.at(-1)! - frames[before - 1]!).toBeGreaterThan(490);
});

test('M23 a stopped clock gives out nothing, and no frame twice however often it is started', () => {
  const frames: number[] = [];
  const clock = new FrameClock(
    frame => frames.push(frame),
    () => performance.now(),
  );
  clock.start();
  clock.start();
  vi.advanceTimersByTime(50);
  clock.stop();
  clock.stop();
  const heard = frames.length;
  vi.advanceTimersByTime(1_000);
  expect(frames).toHaveLength(heard);
  for (let i = 0; i < 10; i++) {
    clock.start();
    clock.stop();
    vi.advanceTimersByTime(7);
  }
  expect(frames.length).toBeGreaterThan(heard);
  expect(frames).toEqual([...new Set(frames)].toSorted((a, b) => a - b));
});
