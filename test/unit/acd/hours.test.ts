import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpen, nextChange, opensAt } from '../../../server/acd/hours.ts';
import { refusalIn } from '../../../shared/refusals.ts';
import { inEnglish } from '../../../shared/refusals-in-english.ts';
import { type BusinessHours, businessHours } from '../../../shared/settings.ts';

const nine = { from: '09:00', to: '17:00' };
const closed = {
  monday: [],
  tuesday: [],
  wednesday: [],
  thursday: [],
  friday: [],
  saturday: [],
  sunday: [],
};
const office: BusinessHours = businessHours.parse({
  timeZone: 'Europe/Berlin',
  week: {
    ...closed,
    monday: [
      { from: '09:00', to: '12:00' },
      { from: '13:00', to: '17:00' },
    ],
    tuesday: [nine],
    friday: [{ from: '20:00', to: '24:00' }],
    saturday: [{ from: '00:00', to: '02:00' }],
  },
  holidays: [
    { date: '2026-12-28', name: 'Stock-taking', open: [{ from: '10:00', to: '11:00' }] },
    { date: '2026-12-29', name: 'Holiday', open: [] },
  ],
  closures: [
    {
      from: Date.parse('2026-11-24T10:00:00Z'),
      to: Date.parse('2026-11-24T11:00:00Z'),
      reason: 'Fire drill',
    },
  ],
});
const at = (text: string) => Date.parse(text);
const told = (time: number | null) => (time === null ? null : new Date(time).toISOString());

describe('business hours', () => {
  test('Q50 follow the week in the shop’s own time zone, with a break at noon', () => {
    // Berlin is one hour ahead of UTC in winter.
    expect(isOpen(office, at('2026-11-23T07:59:59.999Z'))).toBe(false);
    expect(isOpen(office, at('2026-11-23T08:00:00Z'))).toBe(true);
    expect(isOpen(office, at('2026-11-23T11:00:00Z'))).toBe(false);
    expect(isOpen(office, at('2026-11-23T12:00:00Z'))).toBe(true);
    expect(isOpen(office, at('2026-11-23T16:00:00Z'))).toBe(false);
    expect(isOpen(office, at('2026-11-25T10:00:00Z'))).toBe(false);
    expect(isOpen(null, at('2026-11-25T03:00:00Z'))).toBe(true);
  });

  test('Q51 tell when they change next, over nights, breaks and midnight', () => {
    expect(told(nextChange(office, at('2026-11-23T08:00:00Z')))).toBe('2026-11-23T11:00:00.000Z');
    expect(told(opensAt(office, at('2026-11-23T11:00:00Z')))).toBe('2026-11-23T12:00:00.000Z');
    expect(told(opensAt(office, at('2026-11-21T12:00:00Z')))).toBe('2026-11-23T08:00:00.000Z');
    // Friday to 24:00 and Saturday from 00:00 are one stretch.
    expect(told(nextChange(office, at('2026-11-27T19:00:00Z')))).toBe('2026-11-28T01:00:00.000Z');
    expect(opensAt(office, at('2026-11-23T08:00:00Z'))).toBeNull();
    expect(nextChange(null, 0)).toBeNull();
    expect(opensAt({ ...office, week: closed, holidays: [] }, at('2026-11-23T08:00:00Z'))).toBeNull();
  });

  test('Q52 give way to holidays with hours of their own and to closures', () => {
    expect(isOpen(office, at('2026-12-28T08:30:00Z'))).toBe(false);
    expect(isOpen(office, at('2026-12-28T09:30:00Z'))).toBe(true);
    expect(isOpen(office, at('2026-12-29T10:00:00Z'))).toBe(false);
    expect(isOpen(office, at('2026-11-24T10:30:00Z'))).toBe(false);
    expect(told(nextChange(office, at('2026-11-24T09:00:00Z')))).toBe('2026-11-24T10:00:00.000Z');
    expect(told(opensAt(office, at('2026-11-24T10:30:00Z')))).toBe('2026-11-24T11:00:00.000Z');
  });

  test('Q53 keep the wall clock when summer time begins and ends', () => {
    const sunday = {
      ...office,
      week: { ...closed, sunday: [{ from: '02:30', to: '12:00' }] },
      holidays: [],
      closures: [],
    };
    // On 2026-03-29 the clock goes from 02:00 to 03:00: noon is at 10:00 UTC, a week before it is at 11:00.
    expect(isOpen(sunday, at('2026-03-22T10:59:00Z'))).toBe(true);
    expect(isOpen(sunday, at('2026-03-29T09:59:00Z'))).toBe(true);
    expect(isOpen(sunday, at('2026-03-29T10:00:00Z'))).toBe(false);
    // 02:30 is skipped that day.
    expect(told(opensAt(sunday, at('2026-03-28T12:00:00Z')))).toBe('2026-03-29T01:30:00.000Z');
    // On 2026-10-25 there are two 02:30; the first one opens.
    expect(told(opensAt(sunday, at('2026-10-24T12:00:00Z')))).toBe('2026-10-25T00:30:00.000Z');
  });

  test('Q54 agree with themselves: nothing changes before the next change, and then it does', () => {
    const moment = fc.integer({ min: at('2026-11-01T00:00:00Z'), max: at('2027-01-10T00:00:00Z') });
    fc.assert(
      fc.property(moment, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (now, part) => {
        const next = nextChange(office, now);
        if (next === null) return;
        expect(next).toBeGreaterThan(now);
        expect(isOpen(office, next)).toBe(!isOpen(office, now));
        expect(isOpen(office, Math.min(next - 1, Math.floor(now + (next - now) * part)))).toBe(
          isOpen(office, now),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('Q55 are refused in words when they make no sense', () => {
    const words = (change: object) => {
      const message = businessHours.safeParse({ ...office, ...change }).error?.issues[0]?.message ?? '';
      return inEnglish(refusalIn(message)!);
    };
    expect(words({ timeZone: 'Berlin' })).toMatch(/not a time zone/);
    expect(words({ week: { ...office.week, monday: [{ from: '17:00', to: '09:00' }] } })).toMatch(
      /later than opening/,
    );
    expect(words({ week: { ...office.week, monday: [nine, { from: '16:00', to: '18:00' }] } })).toMatch(
      /must not overlap/,
    );
    expect(words({ week: { ...office.week, monday: [{ from: '9:00', to: '17:00' }] } })).toMatch(
      /such as 09:00/,
    );
    expect(words({ holidays: [{ date: '2026-02-30', name: '', open: [] }] })).toMatch(/no such date/);
  });
});
