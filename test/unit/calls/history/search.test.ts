import { describe, expect, test } from 'vitest';
import { matchesText } from '../../../../server/calls/history/search.ts';
import type { CallSummary } from '../../../../shared/api/calls.ts';

const call = {
  context: { name: 'Zoë Müller', page: { url: 'https://shop.example/lamps?x=1', title: 'Fjord lamp' } },
  phone: '+47 400 00 123',
  note: 'Wants a refund',
} as CallSummary;

describe('looking for a call', () => {
  test.each([
    ['zoe'],
    ['MULLER zoë'],
    ['fjord'],
    ['/lamps'],
    ['refund müller'],
    ['+47 400'],
    ['4740000123'],
    ['400-00-123'],
    ['ｆｊｏｒｄ'],
  ])('Q132 %s is found whatever its case, accents and number format', text => {
    expect(matchesText(call, text)).toBe(true);
  });

  test.each([
    ['zoe schmidt'],
    ['123 456'],
    ['2'.repeat(5)],
    ['undefined'],
    ['null'],
    ['title'],
    ['%'],
    ['.*'],
  ])('Q132 %s is not found: no pattern, and no name of a field, counts as a word', text => {
    expect(matchesText(call, text)).toBe(false);
    expect(matchesText({ context: {}, phone: null, note: '' } as unknown as CallSummary, text)).toBe(false);
  });
});
