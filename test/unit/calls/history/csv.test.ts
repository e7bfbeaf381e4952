import { describe, expect, test } from 'vitest';
import { csvLine } from '../../../../server/calls/history/csv.ts';

describe('a table for spreadsheets', () => {
  test('Q133 quotes what needs it, ends lines as RFC 4180 does, and leaves numbers alone', () => {
    expect(csvLine(['plain', 'a "b", c', 'two\nlines', '', null, 12, -3])).toBe(
      'plain,"a ""b"", c","two\nlines",,,12,-3\r\n',
    );
  });

  test.each([
    ['=1+1'],
    ['+47 400 00 000'],
    ['-2'],
    ['@sum(A1)'],
    ['\t=1'],
    ['\r=1'],
    ['\n=1'],
    ['  =cmd|x'],
    ['\u0000=1'],
    ['＝1'],
    ['＠x'],
  ])('Q133 makes no formula of what a stranger wrote: %j', text => {
    const line = csvLine([text]);
    expect(line.replace(/^"/, '')).toMatch(/^'/);
    expect(line).toContain(text.trim());
  });

  test('Q133 leaves words with such signs inside as they are', () => {
    expect(csvLine(['a=b', 'a-b', 'x@y'])).toBe('a=b,a-b,x@y\r\n');
  });
});
