import { describe, expect, test } from 'vitest';
import { microphonePolicy, readShopPage } from '../../../server/http/shop-page.ts';

describe('what a shop’s page says about microphones', () => {
  test.each([
    [undefined, 'allowed'],
    ['camera=(), geolocation=()', 'allowed'],
    ['microphone=*', 'allowed'],
    ['microphone=(self)', 'allowed'],
    ['microphone=self', 'allowed'],
    ['camera=(), microphone=(self "https://voice.example")', 'allowed'],
    ['microphone=()', 'blocked'],
    ['camera=(self), microphone=(), usb=()', 'blocked'],
    ['Microphone = ( )', 'blocked'],
    ['microphone=("https://other.example")', 'blocked'],
    ['microphone=(self), microphone=()', 'blocked'],
  ] as const)('H253 Permissions-Policy %s means: %s', (header, verdict) => {
    expect(microphonePolicy(header)).toBe(verdict);
  });

  test.each([
    ["microphone 'none'; camera 'self'", 'blocked'],
    ["camera 'none'; microphone 'self'", 'allowed'],
    ['microphone *', 'allowed'],
  ] as const)('H253 the older Feature-Policy %s means: %s', (header, verdict) => {
    expect(microphonePolicy(undefined, header)).toBe(verdict);
  });

  test('H253 the button and its script are found on the page, and where a page has moved is told', () => {
    const body = Buffer.from(
      '<script type="module" src="https://voice.example/talk-to-us.js"></script>\n<talk-to-us\n site="demo">',
    );
    expect(readShopPage({ status: 200, headers: {}, body })).toEqual({
      status: 200,
      movedTo: null,
      microphone: 'allowed',
      hasButton: true,
      hasScript: true,
    });
    expect(
      readShopPage({
        status: 301,
        headers: { location: 'https://www.shop.example/' },
        body: Buffer.alloc(0),
      }),
    ).toMatchObject({ movedTo: 'https://www.shop.example/', hasButton: false, hasScript: false });
  });
});
