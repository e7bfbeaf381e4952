import { describe, expect, test } from 'vitest';
import { charactersMissing } from '../../../client/rep/password.ts';
import { gradeOf, worseOf } from '../../../client/rep/quality.ts';
import { safeLink } from '../../../client/rep/safe-link.ts';
import { needsMedia } from '../../../client/rep/session/media.ts';
import { initials, whoIs } from '../../../client/rep/who.ts';
import { ringing, talking, viewOf, wrapUp } from './views.ts';

describe('what the console makes of what it is told', () => {
  test.each([
    ['javascript:alert(1)'],
    ['data:text/html,<script>1</script>'],
    ['ftp://shop.example/'],
    ['/lamps'],
    [''],
    [undefined],
  ])('R30 %s never becomes a link', text => {
    expect(safeLink(text)).toBeNull();
  });

  test('R30 a web address becomes a link that shows where it leads', () => {
    expect(safeLink('HTTPS://Shop.example/lamps?x=1#a')).toEqual({
      href: 'https://shop.example/lamps?x=1#a',
      host: 'shop.example',
      path: '/lamps?x=1',
    });
  });

  test('R31 a shopper is called by name, else by page, else “Shopper”', () => {
    const page = { url: 'https://shop.example/', title: 'Fjord lamp' };
    expect(whoIs({ name: ' Marguerite ', page })).toBe('Marguerite');
    expect(whoIs({ page })).toBe('Shopper on Fjord lamp');
    expect(whoIs({ page: { ...page, title: '' } })).toBe('Shopper');
    expect(initials({ name: 'Marguerite de la Croix' })).toBe('MC');
    expect(initials({ name: 'Æmilia' })).toBe('Æ');
    expect(initials({})).toBeNull();
  });

  test('R32 call quality is the worse direction, in words from excellent to poor', () => {
    expect([4.4, 4.2, 4.19, 3.8, 3, 2.99].map(gradeOf)).toEqual([
      'excellent',
      'excellent',
      'good',
      'good',
      'fair',
      'poor',
    ]);
    expect(worseOf(null, null)).toBeNull();
    expect(worseOf(null, 4)).toBe(4);
    expect(worseOf(3.1, 4)).toBe(3.1);
  });

  test('R33 the microphone is open only while a call can come or is on', () => {
    const away = { status: 'away' } as const;
    expect(needsMedia(viewOf())).toBe(true);
    expect(needsMedia(viewOf({ state: 'idle' }, away))).toBe(false);
    expect(needsMedia(viewOf(ringing()))).toBe(true);
    expect(needsMedia(viewOf(talking(), away))).toBe(true);
    expect(needsMedia(viewOf(wrapUp()))).toBe(true);
    expect(needsMedia(viewOf(wrapUp(), away))).toBe(false);
  });

  test('R34 a password needs ten characters, counted as a person counts them', () => {
    expect(charactersMissing('')).toBe(10);
    expect(charactersMissing('lantern')).toBe(3);
    expect(charactersMissing('🏮🏮🏮🏮🏮🏮🏮🏮🏮')).toBe(1);
    expect(charactersMissing('ten letter')).toBe(0);
  });
});
