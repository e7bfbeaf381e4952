import { expect, test } from 'vitest';
import { texts } from '../../../client/console/texts.ts';
import { apiErrorText, errorIn } from '../../../client/ui/api.ts';

/** What a browser makes of an answer that is no JSON: nothing. */
const page = null;

test('H223 an answer of a web server in between is told as that, by what it means, and never as our own failure', async () => {
  for (const [status, words] of [
    [413, /too large for the web server in front of Talk to Us.*docs\/operate\.md/],
    [401, /did not let this through \(401\)/],
    [403, /did not let this through \(403\)/],
    [407, /did not let this through \(407\)/],
    [502, /does not reach it at the moment/],
    [503, /does not reach it at the moment/],
    [504, /does not reach it at the moment/],
    [200, /answered instead of it \(200\).*guest network/],
    [404, /answered instead of it \(404\)/],
    [500, /answered instead of it \(500\)/],
  ] as const) {
    const error = await errorIn(page, status);
    expect(apiErrorText(error), String(status)).toMatch(words);
    expect(error.code, String(status)).toBe(status >= 502 ? 'unreachable' : 'other');
  }
  expect(apiErrorText(await errorIn(page, 429))).toBe(texts.tooMany);
});

test('H223 an answer of ours keeps its own words', async () => {
  const ours = (code: string, message: string, more: object = {}) => ({ error: { code, message, ...more } });
  expect(
    apiErrorText(
      await errorIn(
        ours('too-large', 'x', { reason: 'sound-too-large', params: { mostBytes: 31_457_280 } }),
        413,
      ),
    ),
  ).toBe('That file is too large: at most 30 MB. An MP3 of the same sound is smaller.');
  expect(apiErrorText(await errorIn(ours('too-large', 'x'), 413))).toBe(
    'That is more than can be taken at once.',
  );
  // Of a newer server.
  const unknown = ours('in-use', 'The tune is in use.', { reason: 'ofTomorrow' });
  expect(apiErrorText(await errorIn(unknown, 409))).toBe('The tune is in use.');
  expect(apiErrorText(await errorIn(ours('internal', 'x'), 500))).toBe(texts.unexpected);
  expect(apiErrorText(await errorIn(ours('not-ready', 'x'), 503))).toBe(texts.unreachable);
});
