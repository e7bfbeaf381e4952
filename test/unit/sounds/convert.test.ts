import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { loudnessDb } from '../../../server/music/default-piece.ts';
import { readOpus } from '../../../server/music/opus-file.ts';
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

const fixture = (name: string) => readFileSync(new URL(`../../support/sounds/${name}`, import.meta.url));

describe('what telephone systems and old recorders make', () => {
  // Half a second of 500 Hz at 8 kHz, made by `ffmpeg -f lavfi -i sine=frequency=500:duration=0.5:sample_rate=8000`.
  test.each([
    'adpcm-ms.wav',
    'adpcm-ms-stereo.wav',
    'adpcm-ima.wav',
    'adpcm-ima-stereo.wav',
    'mp3-inside.wav',
  ])('M34 %s is converted, with its pitch and its length', async name => {
    const { ms, middle } = await heard(fixture(name));
    // The encoder filled up the last block; LAME adds its delay too, and a WAV file does not say how much.
    expect(ms).toBeGreaterThanOrEqual(500);
    expect(ms).toBeLessThan(name.startsWith('mp3') ? 660 : 515);
    expect(Math.abs(middle.frequencyHz - 500)).toBeLessThan(4);
    expect(Math.abs(middle.levelDb - loudnessDb)).toBeLessThan(1);
  });

  test.each([
    ['gsm.wav', 'WAV with GSM 6.10'],
    ['g726.wav', 'WAV with G.726 ADPCM'],
    ['aac.m4a', 'M4A (AAC)'],
    ['alac.m4a', 'M4A (Apple Lossless)'],
    ['adts.aac', 'AAC'],
    ['tone.flac', 'FLAC'],
    ['vorbis.ogg', 'Ogg Vorbis'],
    ['tone.aiff', 'AIFF'],
    ['tone.wma', 'Windows Media'],
  ])('M35 %s is refused by the name of its format, with what to do', async (name, format) => {
    const error = await convert(fixture(name), ignore).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ problem: 'other-format', format });
    expect((error as SoundError).message).toBe(
      `The sound is in a format that is not converted here: ${format}. Please save it as MP3, or as WAV with 16-bit PCM, and upload it again.`,
    );
  });

  test('M35 so is a recording of a telephone, and a WAV file of a kind that nobody heard of', async () => {
    const bytes = (text: string) => Buffer.from(text.padEnd(200, '\0'), 'latin1');
    const odd = wav([tone(400, 0.4)]);
    odd.writeUInt16LE(0x4321, 20);
    for (const [file, format] of [
      [bytes('#!AMR\n'), 'AMR'],
      [bytes('\0\0\0\x18ftyp3gp4\0\0\0\0isom3gp4'), '3GP (AMR)'],
      [bytes('caff'), 'CAF (Core Audio)'],
      [odd, 'WAV of the unusual kind 0x4321'],
    ] as const)
      expect(await convert(file, ignore).catch((thrown: unknown) => thrown)).toMatchObject({ format });
  });

  test('M32 A-law, mu-law and files with the extensible head are converted like plain ones', async () => {
    const heads: [tag: number, bits: number, write: (sample: number) => number[]][] = [
      [6, 8, x => [alaw(x)]],
      [7, 8, x => [mulaw(x)]],
      [0xff_fe, 16, x => [Math.round(x * 32_767) & 255, (Math.round(x * 32_767) >> 8) & 255]],
    ];
    for (const [tag, bits, write] of heads) {
      const { ms, middle } = await heard(
        rawWav(tag, bits, [...tone(500, 0.5, { rate: 8_000 })].flatMap(write)),
      );
      expect(ms).toBe(500);
      expect(Math.abs(middle.frequencyHz - 500)).toBeLessThan(4);
      expect(Math.abs(middle.levelDb - loudnessDb)).toBeLessThan(1);
    }
  });
});

/** 8 kHz mono with that tag; the extensible one says PCM in its GUID. */
function rawWav(tag: number, bits: number, data: number[]): Buffer {
  const head = Buffer.alloc(tag === 0xff_fe ? 40 : 18);
  head.writeUInt16LE(tag, 0);
  head.writeUInt16LE(1, 2);
  head.writeUInt32LE(8_000, 4);
  head.writeUInt32LE((8_000 * bits) / 8, 8);
  head.writeUInt16LE(bits / 8, 12);
  head.writeUInt16LE(bits, 14);
  if (tag === 0xff_fe) {
    head.writeUInt16LE(22, 16);
    head.writeUInt16LE(bits, 18);
    Buffer.from('0100000000001000800000aa00389b71', 'hex').copy(head, 24);
  }
  const chunk = (name: string, content: Buffer) => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(content.length);
    return Buffer.concat([Buffer.from(name, 'ascii'), size, content]);
  };
  const inside = Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', head), chunk('data', Buffer.from(data))]);
  return chunk('RIFF', inside);
}

/** ITU-T G.711, the short way: the nearest of all 256 codes. */
const nearest = (decode: (code: number) => number) => {
  const values = Array.from({ length: 256 }, (_, code) => decode(code));
  return (x: number) => {
    const wanted = x * 32_768;
    let best = 0;
    for (let code = 1; code < 256; code++)
      if (Math.abs(values[code]! - wanted) < Math.abs(values[best]! - wanted)) best = code;
    return best;
  };
};
const mulaw = nearest(code => {
  const bits = ~code & 255;
  const size = (((bits & 15) << 3) + 132) << ((bits >> 4) & 7);
  return bits & 128 ? 132 - size : size - 132;
});
const alaw = nearest(code => {
  const bits = code ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const base = ((bits & 15) << 4) + 8;
  const size = exponent === 0 ? base : (base + 256) << (exponent - 1);
  return bits & 128 ? size : -size;
});

describe('what comes out', () => {
  test('M33 of channels that cancel each other one is used; others are mixed as ever', async () => {
    const left = tone(500, 0.5, { level: 0.2 });
    const inverted = left.map(x => -x);
    const pieces: [string, Uint8Array][] = [
      ['inverted', wav([left, inverted])],
      ['inverted and softer', wav([left, left.map(x => x * -0.8)])],
      ['inverted, as floating point', wav([left, inverted], { kind: 'f32' })],
    ];
    for (const [what, file] of pieces) {
      const { ms, middle, sound } = await heard(file);
      expect(ms, what).toBe(500);
      expect(Math.abs(middle.frequencyHz - 500), what).toBeLessThan(4);
      expect(Math.abs(middle.levelDb - loudnessDb), what).toBeLessThan(1);
      // Nothing is cut or joined on the way.
      expect(measureSamples(sound.slice(2_400, 21_600)).frequencyHz, what).toBeCloseTo(500, -1);
    }
    // Two voices, one in each ear: both are heard.
    const { middle } = await heard(wav([tone(500, 0.5), tone(900, 0.5)]));
    expect(middle.at(500)).toBeGreaterThan(-30);
    expect(middle.at(900)).toBeGreaterThan(-30);
    // Both silent is still silence.
    const nothing = new Float32Array(24_000);
    await expect(convert(wav([nothing, nothing]), ignore)).rejects.toMatchObject({ problem: 'silent' });
  });

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

  test('M45 a sound in a known container but of another kind is named', async () => {
    expect(await problemOf(vorbis)).toBe('other-format');
  });

  test('M46 whatever is uploaded, it is converted or its problem is told: nothing else comes out', async () => {
    const good = [
      wav([tone(400, 0.4)]),
      wav([tone(400, 0.4), tone(400, 0.4)], { kind: 's24', rate: 44_100 }),
      mp3,
      await oggOpus(tone(400, 0.4), { preSkip: 312 }),
      fixture('adpcm-ms-stereo.wav'),
      fixture('adpcm-ima.wav'),
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
      .tuple(
        fc.constantFrom('', 'RIFF', 'OggS', 'ID3', '\u00ff\u00fb', 'fLaC', '\0\0\0\x18ftypM4A '),
        fc.uint8Array({ maxLength: 4_000 }),
      )
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
  });
});
