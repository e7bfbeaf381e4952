/** A WAV file with one tone, for a browser to use as its microphone. */
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

const sampleRate = 48_000;
const headerBytes = 44;

/** Amplitude, 0..1. */
const level = 0.3;

const folder = path.join(import.meta.dirname, '../../node_modules/.cache/tones');

/** The path of one with that tone, which is made once. Two seconds, a whole number of cycles, so that the loop has no click. */
export async function toneFile(frequencyHz: number): Promise<string> {
  const file = path.join(folder, `${frequencyHz}.wav`);
  if (existsSync(file)) return file;
  const samples = 2 * sampleRate;
  const wav = Buffer.alloc(headerBytes + samples * 2);
  wav.write('RIFF', 0, 'ascii');
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8, 'ascii');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20); // PCM
  wav.writeUInt16LE(1, 22); // mono
  wav.writeUInt32LE(sampleRate, 24);
  wav.writeUInt32LE(sampleRate * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'ascii');
  wav.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i++) {
    const value = Math.sin((2 * Math.PI * frequencyHz * i) / sampleRate) * level;
    wav.writeInt16LE(Math.round(value * 32_767), headerBytes + i * 2);
  }
  // Whole or not at all: other processes look for it, too.
  const unfinished = `${file}.${process.pid}`;
  await mkdir(folder, { recursive: true });
  await writeFile(unfinished, wav);
  await rename(unfinished, file);
  return file;
}
