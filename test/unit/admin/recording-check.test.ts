import { expect, test } from 'vitest';
import { checkRecording } from '../../../client/admin/queue/recording-check.ts';
import { draws } from '../../support/random.ts';

const rate = 48_000;
const amplitude = (db: number) => 10 ** (db / 20);

/** Seconds of a voice: syllables of a fifth of a second with as long pauses between, over the noise of a room. */
function voice(seconds: number, db: number, roomDb = -75): Float32Array {
  const random = draws(7);
  return Float32Array.from({ length: seconds * rate }, (_, i) => {
    const time = i / rate;
    const speaks = time % 0.4 < 0.2;
    const sound = speaks ? amplitude(db) * Math.SQRT2 * Math.sin(2 * Math.PI * 220 * time) : 0;
    return sound + amplitude(roomDb) * (2 * random() - 1);
  });
}

const cut = (samples: Float32Array, from: number, until: number, gain: number) =>
  samples.map((sample, i) =>
    i >= from * rate && i < until * rate ? Math.max(-1, Math.min(1, sample * gain)) : sample,
  );

test.each([
  ['P150 a voice of usual loudness is good', voice(3, -20), 'good'],
  ['P150 a loud voice that stays within is good', voice(3, -4), 'good'],
  ['P150 a faint one that can be raised is good', voice(3, -38), 'good'],
  ['P150 one that would bring its noise along is too quiet', voice(3, -45), 'quiet'],
  ['P150 one sentence in a long pause is judged by the sentence', join(voice(1, -20), silence(9)), 'good'],
  ['P150 the noise of a room is silence', voice(3, -200, -52), 'silent'],
  ['P150 a muted microphone is silence', silence(3), 'silent'],
  ['P150 a voice beyond what can be recorded is clipped', cut(voice(3, -10), 0, 3, 8), 'clipped'],
  ['P150 one syllable of it is enough', cut(voice(3, -10), 0.4, 0.6, 8), 'clipped'],
  ['P150 one plosive of 40 ms is not', cut(voice(3, -10), 0.4, 0.44, 8), 'good'],
  ['P150 a click is too short', voice(0.4, -20), 'short'],
  ['P150 nothing at all is too short', new Float32Array(0), 'short'],
] as const)('%s', (_, samples, expected) => {
  expect(checkRecording(samples, rate)).toBe(expected);
});

function silence(seconds: number): Float32Array {
  return new Float32Array(seconds * rate);
}

function join(...parts: Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap(part => [...part]));
}
