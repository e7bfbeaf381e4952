import { expect, test } from 'vitest';
import {
  freshMemory,
  judge,
  type MicrophoneMemory,
  type MicrophoneReading,
} from '../../../client/voice/microphone-watch.ts';

/** Reads once a second: each entry is what the second brought. */
function watch(seconds: Partial<MicrophoneReading>[], from = freshMemory(0)) {
  let memory: MicrophoneMemory = from;
  let energy = 0;
  return seconds.map((second, index) => {
    energy += second.energy ?? 0;
    memory = judge(memory, {
      at: index * 1_000,
      ended: false,
      taken: false,
      muted: false,
      ...second,
      energy: second.energy === null ? null : energy,
    });
    return memory.state;
  });
}
const sound = { energy: 0.01 };
const zeros = { energy: 0 };
const times = <T>(count: number, item: T) => Array.from({ length: count }, () => item);

test('V20 zeros are told within three seconds, and sound again at once', () => {
  expect(watch([sound, sound, zeros, zeros, zeros, sound])).toEqual([
    'ok',
    'ok',
    'ok',
    'silent',
    'silent',
    'ok',
  ]);
  // From the very beginning too: the first reading has nothing to compare with.
  expect(watch(times(4, zeros))).toEqual(['ok', 'ok', 'silent', 'silent']);
});

test('V21 the faintest sound is sound, and silence while muted, or where the browser tells nothing, is none', () => {
  expect(watch(times(9, { energy: 1e-12 }))).toEqual(times(9, 'ok'));
  expect(watch(times(9, { energy: 0, muted: true }))).toEqual(times(9, 'ok'));
  expect(watch(times(9, { energy: null }))).toEqual(times(9, 'ok'));
});

test('V22 a microphone that is taken or unplugged is told at once, and its return', () => {
  expect(watch([sound, { taken: true }, zeros, sound, { ended: true }])).toEqual([
    'ok',
    'taken',
    'ok',
    'ok',
    'gone',
  ]);
});

test('V23 a headset that sends zeros in each pause is complained of less and less', () => {
  const pause = [...times(9, zeros), sound];
  const complaints = (seconds: Partial<MicrophoneReading>[]) =>
    watch(seconds).filter((state, index, all) => state === 'silent' && all[index - 1] !== 'silent').length;
  // Pauses of nine seconds: told at 2, 4 and 8 s, and then no more.
  expect(complaints([sound, ...Array.from({ length: 12 }, () => pause).flat()])).toBe(3);
  // What never sounds again is told all the same.
  expect(watch([sound, ...pause, ...times(60, zeros)]).at(-1)).toBe('silent');
});
