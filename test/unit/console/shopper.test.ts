import { describe, expect, test } from 'vitest';
import { charactersMissing } from '../../../client/console/password.ts';
import { gradeOf, worseOf } from '../../../client/console/quality.ts';
import { needsMedia } from '../../../client/console/session/media.ts';
import { texts } from '../../../client/console/texts.ts';
import { safeLink } from '../../../client/ui/safe-link.ts';
import { initials, marksOf, whoIs } from '../../../client/ui/who.ts';
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
    expect(whoIs({ context: { name: ' Marguerite ', page } })).toBe('Marguerite');
    expect(whoIs({ context: { page } })).toBe('Shopper on Fjord lamp');
    expect(whoIs({ context: { page: { ...page, title: '' } } })).toBe('Shopper');
    expect(initials({ name: 'Marguerite de la Croix' })).toBe('MC');
    expect(initials({ name: 'Æmilia' })).toBe('Æ');
    expect(initials({})).toBeNull();
  });

  test('R70 two callers on one page differ: by number, callback, last call, cart', () => {
    const page = { url: 'https://shop.example/', title: 'Fjord lamp' };
    const now = 3_600_000;
    const plain = { context: { page } };
    expect(marksOf(plain, now)).toEqual([]);
    expect(whoIs({ ...plain, phone: '+47 400 00 000' })).toBe('+47 400 00 000');
    expect(marksOf({ ...plain, phone: '+47 400 00 000', callback: 'phone' }, now)).toEqual([
      'call back by telephone',
      'Fjord lamp',
    ]);
    expect(marksOf({ ...plain, lastCall: { endedAt: now - 5 * 60_000, repName: 'Ana' } }, now)).toEqual([
      'called 5 min ago, spoke to Ana',
    ]);
    expect(marksOf({ ...plain, lastCall: { endedAt: now - 1_000, repName: null } }, now)).toEqual([
      'called just now, nobody answered',
    ]);
    // A call of last week is looked back from at its own beginning.
    const before = (ms: number) =>
      marksOf({ ...plain, lastCall: { endedAt: now - ms, repName: 'Ana' } }, now, texts.earlier)[0];
    expect([1_000, 300_000, 7_200_000, 86_400_000, 259_200_000].map(before)).toEqual([
      'called just before, spoke to Ana',
      'called 5 min before, spoke to Ana',
      'called 2 h before, spoke to Ana',
      'called the day before, spoke to Ana',
      'called 3 days before, spoke to Ana',
    ]);
    expect(marksOf({ ...plain, cart: { items: 5, total: '€201.00' } }, now)).toEqual([
      'cart: 5 items, €201.00',
    ]);
    expect(marksOf({ ...plain, cart: { items: 1, total: null } }, now)).toEqual(['cart: 1 item']);
    expect(marksOf({ context: { page: { ...page, title: '' } } }, now)).toEqual(['shop.example']);
    expect(marksOf({ context: { name: 'Kim', page }, phone: '555' }, now)).toEqual(['555', 'Fjord lamp']);
    expect([60_000, 3_600_000, 86_400_000, 3 * 86_400_000].map(texts.ago)).toEqual([
      '1 min ago',
      '1 h ago',
      'yesterday',
      '3 days ago',
    ]);
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
