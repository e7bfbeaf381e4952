import { describe, expect, test } from 'vitest';
import { countriesIn, countryNames } from '../../../client/admin/queue/numbers.ts';

describe('the countries that a queue calls', () => {
  test('R98 are read however they are typed, and named, so that a wrong one is seen', () => {
    expect(countriesIn(' de, at;ch  DE,')).toEqual(['DE', 'AT', 'CH']);
    expect(countriesIn('')).toEqual([]);
    expect(countryNames(['DE', 'NO'])).toBe('Germany and Norway');
    expect(countryNames(['DE', 'QX', 'GERMANY'])).toBe('Germany, QX: no country, and GERMANY: no country');
    expect(countryNames([])).toBe('');
  });
});
