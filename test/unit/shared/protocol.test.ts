import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callContext } from '../../../shared/call-context.ts';
import {
  dtlsParameters,
  requestEnvelope,
  requests,
  rtpCapabilities,
  rtpParameters,
} from '../../../shared/protocol.ts';
import { chromeCapabilities, chromeDtls, chromeMicrophone } from './chrome.ts';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe('the protocol', () => {
  test('S1 takes what a real browser sends, and keeps all that media needs of it', () => {
    expect(rtpCapabilities.parse(chromeCapabilities)).toEqual(chromeCapabilities);
    expect(rtpParameters.parse(chromeMicrophone)).toEqual(chromeMicrophone);
    expect(dtlsParameters.parse(chromeDtls)).toEqual(chromeDtls);
  });

  test('S2 refuses DTLS that has killed workers: no fingerprint, odd algorithms, no digest, too many', () => {
    const [print] = chromeDtls.fingerprints;
    const hostile: unknown[] = [
      {},
      { fingerprints: [] },
      { fingerprints: null },
      { fingerprints: [{}] },
      { fingerprints: [{ ...print, algorithm: 'md5' }] },
      { fingerprints: [{ ...print, value: '' }] },
      { fingerprints: [{ ...print, value: 'zz:zz' }] },
      { fingerprints: [{ ...print, value: `${print!.value}\u0000` }] },
      { fingerprints: [{ ...print, value: 'AB:'.repeat(5_000) }] },
      { fingerprints: Array(9).fill(print) },
      { ...chromeDtls, role: 'both' },
    ];
    for (const dtls of hostile) expect(accepts(dtlsParameters, dtls), JSON.stringify(dtls)).toBe(false);
  });

  test('S3 refuses RTP that no browser sends: video, no or many streams, figures out of range, huge lists', () => {
    const [codec] = chromeMicrophone.codecs;
    const [encoding] = chromeMicrophone.encodings;
    const hostile: unknown[] = [
      { ...chromeMicrophone, codecs: [] },
      { ...chromeMicrophone, codecs: Array(5).fill(codec) },
      { ...chromeMicrophone, codecs: [{ ...codec, mimeType: 'video/VP8' }] },
      { ...chromeMicrophone, codecs: [{ ...codec, mimeType: 'audio/opus\n' }] },
      { ...chromeMicrophone, codecs: [{ ...codec, payloadType: 128 }] },
      { ...chromeMicrophone, codecs: [{ ...codec, payloadType: 1.5 }] },
      { ...chromeMicrophone, codecs: [{ ...codec, clockRate: 0 }] },
      { ...chromeMicrophone, codecs: [{ ...codec, channels: 1e9 }] },
      { ...chromeMicrophone, codecs: [{ ...codec, rtcpFeedback: Array(33).fill({ type: 'nack' }) }] },
      { ...chromeMicrophone, codecs: [{ ...codec, parameters: { a: { b: 1 } } }] },
      { ...chromeMicrophone, encodings: [] },
      { ...chromeMicrophone, encodings: [encoding, encoding] },
      { ...chromeMicrophone, encodings: [{ ssrc: -1 }] },
      { ...chromeMicrophone, encodings: [{ ssrc: 2 ** 32 }] },
      { ...chromeMicrophone, headerExtensions: Array(33).fill({ uri: 'a', id: 1 }) },
      { ...chromeMicrophone, headerExtensions: [{ uri: 'a', id: 0 }] },
      { ...chromeMicrophone, mid: 'm'.repeat(17) },
      { ...chromeMicrophone, rtcp: { cname: 'c'.repeat(129) } },
    ];
    for (const rtp of hostile) expect(accepts(rtpParameters, rtp), JSON.stringify(rtp)).toBe(false);
    const manyCodecs = { codecs: Array(65).fill(chromeCapabilities.codecs[0]) };
    expect(accepts(rtpCapabilities, manyCodecs)).toBe(false);
  });

  test('S4 takes links for reps to click only when they begin with http:// or https://', () => {
    const page = (url: string) => ({ page: { url } });
    for (const url of ['https://shop.example/mug?x=1#a', 'http://localhost:8080/', 'HTTPS://SHOP.EXAMPLE'])
      expect(accepts(callContext, page(url)), url).toBe(true);
    const hostile = [
      'javascript:alert(1)',
      ' https://shop.example',
      'java\nscript:alert(1)//https://',
      '\u0000https://x',
      'data:text/html,<script>',
      'file:///etc/passwd',
      '//shop.example',
      'https:/shop.example',
      '',
      `https://${'x'.repeat(2_000)}`,
    ];
    for (const url of hostile) {
      expect(accepts(callContext, page(url)), url).toBe(false);
      const cart = { cart: { items: [{ name: 'Mug', quantity: 1, url }] } };
      expect(accepts(callContext, cart), url).toBe(false);
    }
  });

  test('S5 bounds what a page may say of its visitor', () => {
    const item = { name: 'Mug', quantity: 1 };
    expect(accepts(callContext, { cart: { items: Array(50).fill(item) } })).toBe(true);
    const hostile: unknown[] = [
      { cart: { items: Array(51).fill(item) } },
      { cart: { items: [{ ...item, quantity: 0 }] } },
      { cart: { items: [{ ...item, quantity: 1.5 }] } },
      { cart: { items: [{ ...item, name: 'x'.repeat(501) }] } },
      { name: 'x'.repeat(81) },
      { fields: Array(21).fill({ label: 'a', value: 'b' }) },
      { fields: [{ label: 'a', value: { toString: 'x' } }] },
      { page: 'https://shop.example' },
      null,
      [],
      'x',
    ];
    for (const context of hostile) expect(accepts(callContext, context), JSON.stringify(context)).toBe(false);
  });

  test('S6 lets no key of a message reach a prototype', () => {
    const texts = [
      '{"context":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}},"rtpCapabilities":{"codecs":[]}}',
      '{"context":{},"rtpCapabilities":{"codecs":[{"kind":"audio","mimeType":"audio/opus","clockRate":48000,"parameters":{"__proto__":1,"x":2}}]}}',
      '{"__proto__":{"context":{"name":"x"}},"rtpCapabilities":{"codecs":[],"__proto__":{"polluted":1}}}',
    ];
    for (const text of texts) {
      const data: unknown = requests['call.start'].data.parse(JSON.parse(text));
      const look = (value: unknown): void => {
        if (typeof value !== 'object' || value === null) return;
        expect([Object.prototype, Array.prototype]).toContain(Object.getPrototypeOf(value));
        expect(Object.hasOwn(value, '__proto__')).toBe(false);
        for (const inner of Object.values(value)) look(inner);
      };
      look(data);
      expect('polluted' in {}).toBe(false);
    }
  });

  test('S7 never throws at any JSON, for any request, and what it takes it takes again unchanged', () => {
    const schemas = [requestEnvelope, ...Object.values(requests).map(({ data }) => data)];
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...schemas), (value, schema) => {
        const first = schema.safeParse(value);
        if (first.success) expect(schema.safeParse(first.data)).toEqual(first);
      }),
      { numRuns: 2_000 },
    );
  });
});
