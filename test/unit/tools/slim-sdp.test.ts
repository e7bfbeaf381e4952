/** What browsers get of the library that reads and writes session descriptions. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { audioGrammar } from '../../../tools/browser-build/slim-sdp.ts';

/** As mediasoup-client finds it. */
const library = createRequire(createRequire(import.meta.url).resolve('mediasoup-client'));
const file = library.resolve('sdp-transform').replace(/index\.js$/, 'grammar.js');
type Rule = { name?: string; push?: string; reg?: RegExp };
type Grammar = Record<string, Rule[]>;

function slimGrammar(): Grammar {
  const module = { exports: {} as Grammar };
  new Function('module', 'exports', audioGrammar(readFileSync(file, 'utf8')))(module, module.exports);
  return module.exports;
}
const names = (grammar: Grammar) =>
  Object.values(grammar).flatMap(rules => rules.map(rule => rule.name ?? rule.push));

/** What Chrome, Firefox and Safari write about one audio stream, and a line that nobody knows. */
const lines = [
  ...[
    'rtpmap:111 opus/48000/2',
    'fmtp:111 minptime=10;useinbandfec=1',
    'rtcp:9 IN IP4 0.0.0.0',
    'rtcp-fb:111 nack',
  ],
  ...['extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level', 'extmap-allow-mixed', 'setup:actpass', 'mid:0'],
  ...['msid:stream track', 'ptime:20', 'sendrecv', 'ice-lite', 'ice-ufrag:abcd', 'ice-pwd:secret'],
  ...['fingerprint:sha-256 AA:BB', 'candidate:1 1 udp 2122 192.0.2.1 5000 typ host', 'end-of-candidates'],
  ...[
    'ice-options:trickle',
    'ssrc:1 cname:x',
    'ssrc-group:FID 1 2',
    'msid-semantic: WMS',
    'group:BUNDLE 0',
    'rtcp-mux',
  ],
  ...['rtcp-rsize', 'rid:h send', 'simulcast:send h', 'bundle-only', 'of-another-world:1'],
];

test('I82 browsers read and write every line of a description about audio as the whole library does', () => {
  const whole = library('sdp-transform').grammar as Grammar;
  const slim = slimGrammar();
  expect(names(slim).length).toBeLessThan(names(whole).length - 15);
  for (const line of lines) {
    const rule = (grammar: Grammar) => grammar.a!.find(({ reg }) => reg?.test(line));
    expect(rule(slim)?.name ?? rule(slim)?.push, line).toBe(rule(whole)?.name ?? rule(whole)?.push);
    expect(String(rule(slim)?.reg)).toBe(String(rule(whole)?.reg));
  }
  // One that was left out is kept as it is, like one that nobody knows.
  for (const line of ['label:1', 'mediaclk:direct=0', 'of-another-world:1'])
    expect(slim.a!.find(({ reg }) => reg?.test(line))?.push, line).toBe('invalid');
});

test('I82 a library that has changed stops the build', () => {
  expect(() => audioGrammar('module.exports = {};')).toThrow(/sdp-transform changed/);
});
