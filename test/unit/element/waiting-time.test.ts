import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allowMicrophone } from '../../../client/element/allow-microphone.ts';
import { clock } from '../../../client/element/clock.ts';
import { waitingTime } from '../../../client/element/waiting-time.ts';
import { textsIn } from '../../support/texts.ts';

const t = textsIn('call', 'en');
const ofProblem = textsIn('problem', 'en');
const minute = 60_000;

test.each([
  [0, 30_000, 'less than a minute'],
  [0, minute, 'less than a minute'],
  [20_000, 90_000, 'up to 2 minutes'],
  [2 * minute, 4 * minute, 'about 2 to 4 minutes'],
  [119_999, 121_000, 'about 1 to 3 minutes'],
  [3 * minute, 3 * minute, 'about 3 minutes'],
  [70 * minute, 95 * minute, 'more than an hour'],
])('E9 an estimate of %d to %d ms reads "%s"', (fromMs, toMs, words) => {
  expect(waitingTime(t, { fromMs, toMs })).toBe(`Estimated wait: ${words}`);
});

test('E9 an estimate never promises less than the range that is known', () => {
  fc.assert(
    fc.property(fc.nat(50 * minute), fc.nat(50 * minute), (fromMs, more) => {
      const figures = waitingTime(t, { fromMs, toMs: fromMs + more }).match(/\d+/g) ?? ['1'];
      expect(Number(figures.at(-1)) * minute).toBeGreaterThanOrEqual(fromMs + more);
    }),
  );
});

test.each([
  [-5, '00:00'],
  [0, '00:00'],
  [9_999, '00:09'],
  [65_000, '01:05'],
  [605_000, '10:05'],
  [3_725_000, '01:02:05'],
])('E10 a call of %d ms reads %s', (ms, words) => {
  expect(clock(ms, 'en')).toBe(words);
});

test.each([
  ['fi', 65_000, '1.05'],
  ['de', 3_725_000, '1:02:05'],
  ['ar-EG', 65_000, '٠١:٠٥'],
])('E10 and in %s a call of %d ms %s', (tag, ms, words) => {
  expect(clock(ms, tag)).toBe(words);
});

test.each<[string, RegExp]>([
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/130 Mobile Safari',
    /Website Settings/,
  ],
  ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36', /Permissions/],
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36',
    /at the left of the address bar/,
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', /crossed-out microphone/],
  ['Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15', /Safari menu/],
])('E13 how to allow the microphone is told for the right browser: %s', (userAgent, words) => {
  expect(ofProblem(allowMicrophone(userAgent)!)).toMatch(words);
});

test('E13 a browser that is not known is told in general words', () => {
  expect(allowMicrophone('curl/8')).toBeUndefined();
});
