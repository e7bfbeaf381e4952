import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  likeMonday,
  nextSpan,
  shownEnd,
  usualHours,
  writtenEnd,
} from '../../../client/admin/queue/hours-presets.ts';
import { isOpen, openSentence } from '../../../client/admin/queue/open-now.ts';
import { momentOf, wallClock } from '../../../client/admin/queue/zone.ts';
import { isOpen as isOpenToTheServer } from '../../../server/acd/hours.ts';
import { type BusinessHours, businessHours } from '../../../shared/settings.ts';

const berlin = 'Europe/Berlin';
const plan = (change: Partial<BusinessHours> = {}): BusinessHours => ({ ...usualHours(berlin), ...change });
const at = (wall: string) => momentOf(wall, berlin);

describe('opening hours in the settings', () => {
  test('R52 wall-clock times are those of the queue’s zone, in winter and in summer', () => {
    expect(new Date(at('2030-01-15T09:00')).toISOString()).toBe('2030-01-15T08:00:00.000Z');
    expect(new Date(at('2030-07-15T09:00')).toISOString()).toBe('2030-07-15T07:00:00.000Z');
    expect(wallClock(Date.UTC(2030, 6, 15, 7), berlin)).toBe('2030-07-15T09:00');
    expect(wallClock(Date.UTC(2030, 0, 1, 0), 'Asia/Kathmandu')).toBe('2030-01-01T05:45');
    expect(momentOf('', berlin)).toBeNaN();
  });

  test('R52 a time that summer time skips is the moment of the change; one that comes twice is the first', () => {
    expect(new Date(at('2030-03-31T02:30')).toISOString()).toBe('2030-03-31T01:00:00.000Z');
    expect(new Date(at('2030-10-27T02:30')).toISOString()).toBe('2030-10-27T00:30:00.000Z');
  });

  test.each([
    ['2030-05-06T10:00', 'Open now, closes today at 6:00 PM.'],
    ['2030-05-06T07:00', 'Closed now, opens today at 9:00 AM.'],
    ['2030-05-06T18:00', 'Closed now, opens tomorrow at 9:00 AM.'],
    ['2030-05-10T20:00', 'Closed now, opens on Monday at 9:00 AM.'],
  ])('R53 at %s the usual week says: %s', (wall, words) => {
    expect(openSentence(plan(), at(wall))).toBe(words);
  });

  test('R53 holidays, closures and plans without an opening are told too', () => {
    const monday = at('2030-05-06T10:00');
    expect(openSentence(null, monday)).toBe('Open now, around the clock.');
    const never = plan({ week: likeMonday({ ...plan().week, monday: [] }, 'all') });
    expect(openSentence(never, monday)).toBe('Closed now, until further notice.');
    const holidays = [{ date: '2030-05-07', name: 'Fair', open: [{ from: '11:00', to: '12:00' }] }];
    expect(openSentence({ ...never, holidays }, monday)).toBe('Closed now, opens tomorrow at 11:00 AM.');
    const later = [{ date: '2030-06-01', name: 'Fair', open: [{ from: '11:00', to: '12:00' }] }];
    expect(openSentence({ ...never, holidays: later }, monday)).toBe(
      'Closed now, opens on June 1 at 11:00 AM.',
    );
    const closures = [{ from: monday - 1, to: at('2030-05-06T14:00'), reason: '' }];
    expect(openSentence(plan({ closures }), monday)).toBe('Closed now, opens today at 2:00 PM.');
    const always = plan({
      week: likeMonday({ ...plan().week, monday: [{ from: '00:00', to: '24:00' }] }, 'all'),
    });
    expect(openSentence(always, monday)).toBe('Open now, until further notice.');
  });

  test('R53 the preview and the server agree about any moment of a year', () => {
    const hours = plan({
      week: {
        ...plan().week,
        saturday: [{ from: '22:00', to: '24:00' }],
        sunday: [{ from: '00:00', to: '04:00' }],
      },
      holidays: [{ date: '2030-12-24', name: '', open: [{ from: '09:00', to: '13:00' }] }],
      closures: [{ from: at('2030-08-01T12:00'), to: at('2030-08-05T12:00'), reason: '' }],
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 365 * 24 * 60 }), minute => {
        const moment = Date.UTC(2030, 0, 1) + minute * 60_000;
        return isOpen(hours, moment) === isOpenToTheServer(hours, moment);
      }),
      { numRuns: 500 },
    );
  });

  test('R54 copying Monday, and each opening time that is suggested, makes a plan that the server takes', () => {
    const monday = [
      { from: '08:00', to: '12:00' },
      { from: '13:00', to: '17:00' },
    ];
    const week = { ...plan().week, monday };
    expect(likeMonday(week, 'workdays')).toMatchObject({ friday: monday, saturday: [] });
    expect(likeMonday(week, 'all')).toMatchObject({ friday: monday, sunday: monday });
    const suggested = nextSpan(monday);
    expect(suggested).toEqual({ from: '18:00', to: '24:00' });
    expect(businessHours.safeParse(plan({ week: { ...week, monday: [...monday, suggested] } })).success).toBe(
      true,
    );
    expect(businessHours.safeParse(plan()).success).toBe(true);
    expect([shownEnd('24:00'), shownEnd('18:00'), writtenEnd('00:00'), writtenEnd('18:00')]).toEqual([
      '00:00',
      '18:00',
      '24:00',
      '18:00',
    ]);
  });
});
