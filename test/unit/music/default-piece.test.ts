import { beforeAll, expect, test } from 'vitest';
import { loadDefaultPiece, loudnessDb } from '../../../server/music/default-piece.ts';
import { readOpus, writeOggOpus, writeWebmOpus } from '../../../server/music/opus-file.ts';
import { compose } from '../../../tools/hold-music/composition.ts';
import { makeDefaultPiece } from '../../../tools/hold-music/make-default-piece.ts';
import { decodePackets as decode } from '../../support/sound-files.ts';

const frame = 960;
let packets: Uint8Array[];
beforeAll(async () => {
  packets = await loadDefaultPiece();
});

const decibels = (samples: Float32Array) => {
  let squares = 0;
  for (const sample of samples) squares += sample ** 2;
  return 10 * Math.log10(squares / samples.length);
};

test('M24 the hold music is steady, as loud as a voice, and never clips', () => {
  const sound = decode(packets);
  expect(sound.length / 48_000).toBeCloseTo(51.2);
  expect(decibels(sound)).toBeCloseTo(loudnessDb, 0);
  expect(sound.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)).toBeLessThan(0.75);
  for (let at = 0; at + 4 * 48_000 <= sound.length; at += 4 * 48_000) {
    expect(Math.abs(decibels(sound.subarray(at, at + 4 * 48_000)) - loudnessDb)).toBeLessThan(4);
  }
});

test('M25 the loop has no seam: where it starts over, nothing jumps that does not jump elsewhere', () => {
  const sound = decode([...packets, ...packets]);
  const seam = sound.length / 2;
  // A click is a jump in the third difference, which music without hard edges keeps small everywhere.
  const roughness = (at: number) => {
    let most = 0;
    for (let i = at; i < at + frame; i++) {
      most = Math.max(most, Math.abs(sound[i + 3]! - 3 * sound[i + 2]! + 3 * sound[i + 1]! - sound[i]!));
    }
    return most;
  };
  // The beginnings of other bars, where notes are struck as at the seam.
  const usual = [1, 2, 4, 8, 12].map(bar => roughness(Math.round(bar * 3.2 * 48_000) - frame / 2));
  expect(roughness(seam - frame / 2)).toBeLessThan(Math.max(...usual) * 1.5);
});

test('M26 the file is what the composition and the encoder make', () => {
  // By ear, not by byte: the encoder's arithmetic may differ in the last digit on another processor.
  const made = decode(makeDefaultPiece());
  const kept = decode(packets);
  expect(made.length).toBe(kept.length);
  expect(decibels(made.map((sample, i) => sample - kept[i]!))).toBeLessThan(loudnessDb - 25);
  expect(decibels(compose())).toBeCloseTo(loudnessDb, 0);
});

test('M27 packets come back from an Ogg or WebM file as they went in', async () => {
  const some = packets.slice(0, 500);
  const hex = (from: readonly Uint8Array[]) => from.map(packet => Buffer.from(packet).toString('hex'));
  for (const write of [writeOggOpus, writeWebmOpus])
    expect(hex(await readOpus(await write(some)))).toEqual(hex(some));
  await expect(readOpus(new TextEncoder().encode('OggS, but not really'))).rejects.toThrow();
});
