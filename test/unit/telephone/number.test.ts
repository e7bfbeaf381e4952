import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type NumberRules, readNumber } from '../../../server/telephone/number.ts';
import { countryOf } from '../../../server/telephone/own-country.ts';

const anywhere: NumberRules = { countries: null, premium: false, own: null };
const of = (own: NonNullable<NumberRules['own']>): NumberRules => ({ countries: [own], premium: false, own });
const text = (typed: string, rules = anywhere) => {
  const reading = readNumber(typed, rules);
  return 'number' in reading ? reading.number.text : reading.problem;
};

describe('telephone numbers', () => {
  test.each([
    ['\u202d+47 400 00 000\u202c', '+47 400 00 000'],
    ['\u200e79022222222', '79022222222'],
    ['\u200e+79022222222', '+7 902 222 22 22'],
    ['030–123456', '030-123456'],
    ['555‑123‑4567', '555-123-4567'],
    ['０３−１２３４−５６７８', '03-1234-5678'],
    ['０３ー１２３４ー５６７８', '03-1234-5678'],
    ['٠١٠١٢٣٤٥٦٧٨', '01012345678'],
    ['۰۹۱۲۳۴۵۶۷۸۹', '09123456789'],
    ['०११ २३४५ ६७८९', '011 2345 6789'],
    ['𝟎𝟑𝟎 𝟏𝟐𝟑𝟒𝟓𝟔', '030 123456'],
    ['\ufeff+1\u00a0650\u00a0253\u00a00000', '+1 650 253 0000'],
    ['030\u00ad123\u00ad456', '030123456'],
    ['030\u200b123\u2060456', '030123456'],
    ['030—123―456', '030-123-456'],
    ['+1 650 253 0000 ext. 123', '+1 650 253 0000 ext. 123'],
    ['+1 650 253 0000 x123', '+1 650 253 0000 ext. 123'],
    ['+1 650 253 0000 extension 123', '+1 650 253 0000 ext. 123'],
    ['+1 650 253 0000;ext=123', '+1 650 253 0000 ext. 123'],
    ['+1 650 253 0000 #123', '+1 650 253 0000 ext. 123'],
    ['+1 650 253 0000,,123#', '+1 650 253 0000 ext. 123'],
    ['+7 902 222-22-22 доб. 12', '+7 902 222 22 22 ext. 12'],
    ['+49 30 1234567 Durchwahl 12', '+49 30 1234567 ext. 12'],
    ['tel:+49-30-1234567', '+49 30 1234567'],
    ['TEL:+49-30-1234567;ext=12', '+49 30 1234567 ext. 12'],
    ['tel:30-1234567;phone-context=+49', '+49 30 1234567'],
    ['tel:%2B49%2030%201234567', '+49 30 1234567'],
    ['Tel.: +49 30 1234567', '+49 30 1234567'],
    ['＋４９ ３０ １２３４５６７', '+49 30 1234567'],
    ['0049 30 1234567', '+49 30 1234567'],
    ['+49 (0)30 1234567', '+49 30 1234567'],
    ['+44 (0)20 7946 0000', '+44 20 7946 0000'],
    ['+1 (800) FLOWERS', '+1 800 356 9377'],
    ['+1-800-GO-FEDEX', '+1 800 463 3339'],
    ['«030 123456»', '030 123456'],
  ])('C30 where no country is known, %j is taken as %s', (typed, stored) => {
    expect(text(typed)).toBe(stored);
  });

  test.each([
    ['DE', '030–123456', '+49 30 123456'],
    ['DE', '0 (30) 123456', '+49 30 123456'],
    ['DE', '00 44 20 7946 0000', 'country'],
    ['JP', '０３−１２３４−５６７８', '+81 3 1234 5678'],
    ['EG', '٠١٠١٢٣٤٥٦٧٨', '+20 10 12345678'],
    ['US', '650-253-0000', '+1 650 253 0000'],
    ['US', '(650) 253-0000 ext 5', '+1 650 253 0000 ext. 5'],
    ['US', '1-800-FLOWERS', '+1 800 356 9377'],
    ['US', '0049 30 1234567', 'country'],
    ['NO', '400 00 000', '+47 40 00 00 00'],
    ['IT', '06 1234 5678', '+39 06 1234 5678'],
  ] as const)('C31 a number without + is of the own country %s: %j is %s', (own, typed, stored) => {
    expect(text(typed, of(own))).toBe(stored);
  });

  test.each([
    ['....', 'no-number'],
    ['- - - -', 'no-number'],
    ['()()', 'no-number'],
    ['...1', 'too-short'],
    ['1 2 3', 'too-short'],
    ['', 'no-number'],
    ['\u202d\u202c', 'no-number'],
    ['call me please', 'no-number'],
    ['sam@shop.example', 'no-number'],
    ['030 123456 or 040 123456', 'too-long'],
    ['1'.repeat(18), 'too-long'],
    ['+999 123 456 789', 'no-number'],
    ['++49 30 1234567', 'no-number'],
    ['+49 30', 'too-short'],
    ['<script>1234567</script>', 'no-number'],
  ])('C32 %j is refused: %s', (typed, problem) => {
    expect(text(typed)).toBe(problem);
  });

  test('C33 premium-rate, shared-cost and satellite numbers are refused where they are known, unless a queue wants them', () => {
    const costly: [string, NumberRules][] = [
      ['+49 900 1 123456', anywhere],
      ['+44 909 879 0000', anywhere],
      ['+1 900 234 5678', anywhere],
      ['+979 1 2345 6789', anywhere],
      ['+881 6 1234 5678', anywhere],
      ['+44 70 1234 5678', anywhere],
      ['0900 1 123456', of('DE')],
    ];
    for (const [typed, rules] of costly) {
      expect(text(typed, rules), typed).toBe('premium');
      expect(readNumber(typed, { ...rules, countries: null, premium: true }), typed).toHaveProperty('number');
    }
    expect(text('+1 800 356 9377'), 'free of charge').toBe('+1 800 356 9377');
  });

  test('C34 only the countries that a queue calls, each number the same by each spelling', () => {
    const near: NumberRules = { countries: ['DE', 'AT'], premium: false, own: 'DE' };
    expect(text('+43 1 2345678', near)).toBe('+43 1 2345678');
    expect(readNumber('+41 44 668 18 00', near)).toEqual({ problem: 'country', country: 'CH' });
    expect(text('+1 876 234 5678', of('US')), 'Jamaica behind +1').toBe('country');
    const spellings = [
      '030 1234567',
      '+49 30 1234567',
      '0049-30-1234567',
      'tel:+49301234567',
      '０３０１２３４５６７',
    ];
    const keys = spellings.map(typed => readNumber(typed, near));
    expect(new Set(keys.map(reading => JSON.stringify(reading))).size).toBe(1);
    expect(keys[0]).toEqual({ number: { text: '+49 30 1234567', key: '+49301234567' } });
  });

  test('C35 the own country follows the time zone, and is unknown for one that names none', () => {
    expect(
      ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Europe/Oslo', 'Africa/Cairo'].map(countryOf),
    ).toEqual(['DE', 'US', 'JP', 'NO', 'EG']);
    expect([countryOf('UTC'), countryOf('Etc/GMT+3')]).toEqual([null, null]);
  });

  test('C36 whatever is typed gets an answer: ASCII to dial, or a problem', () => {
    const odd = fc.string({ unit: 'binary', maxLength: 200 });
    const near = fc.string({
      unit: fc.constantFrom(...'+0123456789()-./ extX#;,=:A٣３\u202d\u00a0'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(fc.oneof(odd, near), fc.constantFrom(anywhere, of('DE'), of('US')), (typed, rules) => {
        const reading = readNumber(typed, rules);
        if (!('number' in reading)) return;
        expect(reading.number.key).toMatch(/^\+?\d{4,17}(;ext=\d{1,9})?$/);
        expect(reading.number.text).toMatch(/^[+(]?[\d() ./-]{4,80}( ext\. \d{1,9})?$/);
      }),
      { numRuns: 1_000 },
    );
  });
});
