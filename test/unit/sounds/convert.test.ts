import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { loudnessDb } from '../../../server/media/hold-music/composition.ts';
import { readOpus } from '../../../server/media/hold-music/opus-file.ts';
import { convert } from '../../../server/sounds/convert.ts';
import { SoundError, type SoundProblem } from '../../../server/sounds/problems.ts';
import { limits } from '../../../shared/limits.ts';
import { decodePackets, oggOpus, tone, wav, wavKinds } from '../../support/sound-files.ts';
import { measureSamples } from '../../support/tone.ts';

/**
 * 1.5 s of 660 Hz in stereo at 44.1 kHz, amplitude 0.5. Made by LAME 3.100, `lame -V 6 tone.wav tone-660.mp3`: no
 * encoder for MP3 is among our packages.
 */
const mp3 = readFileSync(new URL('../../support/tone-660.mp3', import.meta.url));

const ignore = () => {};
async function heard(file: Uint8Array) {
  const { audio, ms } = await convert(file, ignore);
  const packets = await readOpus(audio);
  const sound = decodePackets(packets);
  return { ms, packets, sound, middle: measureSamples(sound.slice(9_600, 9_600 + 8_192)) };
}
const problemOf = (file: Uint8Array): Promise<SoundProblem | null> =>
  convert(file, ignore).then(
    () => null,
    (error: unknown) => {
      // Anything else is a fault of ours.
      if (!(error instanceof SoundError)) throw error;
      return error.problem;
    },
  );

describe('what can be uploaded', () => {
  test('M40 an MP3 file comes out with its pitch and its length, at the loudness of our own music', async () => {
    const { ms, middle } = await heard(mp3);
    // LAME notes what silence it put at both ends; none of it is left.
    expect(ms).toBe(1_500);
    expect(middle.frequencyHz).toBeCloseTo(660, -1);
    expect(Math.abs(middle.levelDb - loudnessDb)).toBeLessThan(1);
  });

  test.each(wavKinds)(
    'M41 so does a WAV file of %s, in mono and stereo, at any sampling rate',
    async kind => {
      for (const rate of [8_000, 44_100, 48_000, 96_000]) {
        const left = tone(500, 0.4, { rate, level: 0.1 });
        for (const channels of [[left], [left, new Float32Array(left.length)]]) {
          const { ms, middle } = await heard(wav(channels, { kind, rate }));
          expect(ms).toBe(400);
          expect(Math.abs(middle.frequencyHz - 500)).toBeLessThan(4);
          expect(Math.abs(middle.levelDb - loudnessDb)).toBeLessThan(1);
        }
      }
    },
  );

  test('M42 so does an Ogg Opus file, in mono and stereo, without what a decoder needs to warm up', async () => {
    for (const channels of [1, 2] as const) {
      const { ms, middle } = await heard(await oggOpus(tone(700, 1), { channels, preSkip: 4_800 }));
      expect(ms).toBe(900);
      expect(Math.abs(middle.frequencyHz - 700)).toBeLessThan(4);
      expect(Math.abs(middle.levelDb - loudnessDb)).toBeLessThan(1);
    }
  });
});

describe('what comes out', () => {
  test('M43 soft and loud files come out equally loud, pauses do not count, and nothing is distorted', async () => {
    const level = async (samples: Float32Array) => {
      const { sound } = await heard(wav([samples], { kind: 'f32' }));
      const peak = sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      return { db: measureSamples(sound.slice(4_800, 19_200)).levelDb, peak };
    };
    const soft = await level(tone(400, 0.5, { level: 0.01 }));
    const loud = await level(tone(400, 0.5, { level: 1 }));
    // Recorded too loud: a tone with its tops cut off, and one beyond full scale.
    const cut = await level(tone(400, 0.5, { level: 4 }).map(x => Math.max(-1, Math.min(1, x))));
    const beyond = await level(tone(400, 0.5, { level: 8 }));
    const withPause = await level(Float32Array.from([...tone(400, 0.5), ...new Float32Array(96_000)]));
    for (const { db } of [soft, loud, cut, beyond, withPause])
      expect(Math.abs(db - loudnessDb)).toBeLessThan(1);
    // A click far above a soft tone: raised by less, rather than cut.
    const click = tone(400, 0.5, { level: 0.01 });
    click[12_000] = 1;
    const { db, peak } = await level(click);
    expect(peak).toBeLessThan(1);
    expect(db).toBeLessThan(-40);
  });

  test('M44 it is whole frames that loop without a gap, in a file that browsers play', async () => {
    const { ms, packets } = await heard(wav([tone(400, 0.51)]));
    expect(ms).toBe(510);
    expect(packets).toHaveLength(26);

    // Whole cycles: where it starts over, the tone goes on.
    const whole = await heard(wav([tone(400, 0.5)]));
    expect(whole.packets).toHaveLength(25);
    const twice = decodePackets([...whole.packets, ...whole.packets]);
    const seam = measureSamples(twice.slice(24_000 - 480, 24_000 + 480));
    expect(Math.abs(seam.levelDb - loudnessDb)).toBeLessThan(1);

    const { audio } = await convert(mp3, ignore);
    using input = new Input({ source: new BufferSource(audio), formats: ALL_FORMATS });
    expect(await input.getMimeType()).toBe('audio/webm; codecs="opus"');
    // To one frame: the length of the last one stands nowhere in the file.
    expect(Math.abs((await input.computeDuration()) - 1.5)).toBeLessThan(0.021);
  });
});

describe('what cannot be converted', () => {
  // mpg123 writes what it finds wrong to the console.
  beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(ignore));
  afterEach(() => vi.restoreAllMocks());

  const minutes = (count: number) => {
    // 8 bits at 4 kHz: small, and silent at 128.
    const file = wav([new Float32Array(count * 60 * 4_000)], { kind: 'u8', rate: 4_000 });
    file.fill(128, 44);
    return file;
  };
  const vorbis = Buffer.concat([
    Buffer.from('4f676753000200000000000000000100000000000000', 'hex'),
    Buffer.from([0, 0, 0, 0, 1, 30, 1]),
    Buffer.from('vorbis'),
    Buffer.alloc(23),
  ]);

  test.each<[SoundProblem, string, () => Uint8Array | Promise<Uint8Array>]>([
    ['not-a-sound', 'a picture', () => Buffer.from('\u0089PNG\r\n\u001a\n'.padEnd(5_000, 'x'), 'latin1')],
    ['not-a-sound', 'text', () => Buffer.from('Dear Sir or Madam, '.repeat(100))],
    ['not-a-sound', 'a few bytes', () => Buffer.from([1, 2, 3])],
    ['too-short', '100 ms', () => wav([tone(400, 0.1)])],
    ['too-long', '16 minutes', () => minutes(16)],
    ['silent', 'a second of nothing', () => wav([new Float32Array(48_000)])],
    [
      'silent',
      'a second of not-a-number',
      () => wav([new Float32Array(48_000).fill(Number.NaN)], { kind: 'f32' }),
    ],
    ['damaged', 'a header and nothing else', () => wav([new Float32Array()])],
    ['damaged', 'a sampling rate of 400 kHz', () => wav([tone(400, 0.5)], { rate: 400_000 })],
    ['damaged', 'half a header', () => wav([tone(400, 0.5)]).subarray(0, 30)],
  ])('M45 a file that is %s (%s) is told as such, with what to do', async (problem, _what, make) => {
    expect(await problemOf(await make())).toBe(problem);
    expect(new SoundError(problem).message).toMatch(/[Pp]lease/);
  });

  test('M45 a sound in a known container but of another kind is no sound that we know', async () => {
    expect(await problemOf(vorbis)).toMatch(/^(not-a-sound|damaged)$/);
  });

  test('M46 whatever is uploaded, it is converted or its problem is told: nothing else comes out', async () => {
    const good = [
      wav([tone(400, 0.4)]),
      wav([tone(400, 0.4), tone(400, 0.4)], { kind: 's24', rate: 44_100 }),
      mp3,
      await oggOpus(tone(400, 0.4), { preSkip: 312 }),
    ];
    const truncated = fc
      .tuple(fc.constantFrom(...good), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([file, share]) => file.subarray(0, Math.floor(file.length * share)));
    const change = fc.record({ at: fc.double({ min: 0, max: 0.999, noNaN: true }), to: fc.nat(255) });
    const damaged = fc
      .tuple(fc.constantFrom(...good), fc.array(change, { minLength: 1, maxLength: 30 }), fc.boolean())
      .map(([file, changes, inHeader]) => {
        const copy = Uint8Array.from(file);
        const reach = inHeader ? Math.min(200, copy.length) : copy.length;
        for (const { at, to } of changes) copy[Math.floor(at * reach)] = to;
        return copy;
      });
    const garbage = fc
      .tuple(fc.constantFrom('', 'RIFF', 'OggS', 'ID3', '\u00ff\u00fb'), fc.uint8Array({ maxLength: 4_000 }))
      .map(([start, bytes]) => Buffer.concat([Buffer.from(start, 'latin1'), bytes]));
    await fc.assert(
      fc.asyncProperty(fc.oneof(truncated, damaged, garbage), async file => {
        const problem = await problemOf(file);
        if (problem === null) {
          const { ms } = await convert(file, ignore);
          expect(ms).toBeLessThanOrEqual(limits.maxSoundMs + 1_000);
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
