import { describe, expect, test } from 'vitest';
import {
  allowsConnection,
  allowsLoader,
  allowsScript,
  readPolicies,
} from '../../../server/shop-page/content-policy.ts';

const page = new URL('https://shop.example/mugs');
const src = new URL('https://voice.example/talk-to-us.js');
const script = (header: string, nonce = '') => allowsScript(readPolicies(header, []), { src, nonce }, page);
const loader = (header: string, nonce = '') => allowsLoader(readPolicies(header, []), { src, nonce }, page);
const connection = (header: string, to = 'wss://voice.example/') =>
  allowsConnection(readPolicies(header, []), new URL(to), page);

describe('what a page’s Content Security Policy lets in', () => {
  test.each([
    ['', true],
    ["img-src 'none'", true],
    ['script-src https://voice.example', true],
    ['script-src voice.example', true],
    ['script-src VOICE.example:443', true],
    ['script-src https://voice.example/talk-to-us.js https://voice.example/assets/', true],
    ['script-src https://*.example', true],
    ['script-src https:', true],
    ['script-src *', true],
    ['default-src https://voice.example', true],
    ['script-src-elem https://voice.example; script-src none.example', true],
    ["script-src 'none'", false],
    ['script-src', false],
    ["script-src 'self'", false],
    ["default-src 'self'", false],
    ['script-src https://voice.example:8443', false],
    ['script-src https://other.example', false],
    ['script-src https://voice.example/other.js', false],
    ['script-src https://*.voice.example', false],
    ["script-src https://voice.example 'strict-dynamic'", false],
    // Each of several has to allow it.
    ['script-src *, script-src shop.example', false],
    ["script-src 'unsafe-inline' %E0%A4%A", false],
  ])('P130 the button’s script under “%s”: %s', (header, allowed) => {
    expect(script(header)).toBe(allowed);
  });

  test('P130 a nonce on the tag lets it in, another one does not', () => {
    expect(script("script-src 'nonce-abc' 'strict-dynamic'", 'abc')).toBe(true);
    expect(script("script-src 'nonce-abc'", 'abd')).toBe(false);
    expect(script("script-src 'nonce-abc'", '')).toBe(false);
  });

  test.each([
    ['script-src https://voice.example', false],
    ["script-src 'unsafe-inline' https://voice.example", true],
    ["script-src 'unsafe-inline'", false],
    ["script-src 'unsafe-inline' 'nonce-abc' https://voice.example", false],
    ["script-src 'sha256-AAAA' 'strict-dynamic'", true],
  ])('P131 a script of the page that adds it under “%s”: %s', (header, allowed) => {
    expect(loader(header)).toBe(allowed);
  });

  test.each([
    ['', true],
    ['connect-src https://voice.example wss://voice.example', true],
    ['connect-src wss:', true],
    ['connect-src *', true],
    ['connect-src voice.example', false],
    ['connect-src voice.example wss://voice.example', true],
    ['connect-src https:', false],
    ['connect-src ws:', true],
    ['connect-src https://voice.example', false],
    ["connect-src 'self'", false],
    ["default-src 'self'", false],
  ])('P132 the button’s socket under “%s”: %s', (header, allowed) => {
    expect(connection(header)).toBe(allowed);
  });

  test('P132 a page of this very server reaches it by ‘self’, sockets too', () => {
    expect(connection("connect-src 'self'", 'wss://shop.example/')).toBe(true);
    expect(connection("connect-src 'self'", 'https://shop.example/')).toBe(true);
  });
});
