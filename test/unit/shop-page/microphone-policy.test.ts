import { describe, expect, test } from 'vitest';
import { microphonePolicy } from '../../../server/shop-page/microphone-policy.ts';

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
    expect(microphonePolicy(header === undefined ? {} : { 'permissions-policy': header })).toBe(verdict);
  });

  test.each([
    ["microphone 'none'; camera 'self'", 'blocked'],
    ["camera 'none'; microphone 'self'", 'allowed'],
    ['microphone *', 'allowed'],
  ] as const)('H253 the older Feature-Policy %s means: %s', (header, verdict) => {
    expect(microphonePolicy({ 'feature-policy': header })).toBe(verdict);
  });
});
