/** Reports of a fixed history, with every figure worked out by hand, on both engines. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listCounted } from '../../../server/reports/counted.ts';
import { type ReportFilter, readReport } from '../../../server/reports/report.ts';
import { reportTable } from '../../../server/reports/table.ts';
import type { Store } from '../../../server/store/store.ts';
import { type ReportPart, reportParts } from '../../../shared/api/reports.ts';
import type { QueueId, RepId, SiteId } from '../../../shared/ids.ts';
import { type Counts, callCounts, figure, type MetricName } from '../../../shared/report-figures.ts';
import { engines, freshPlace, openPlace, type Place } from '../../support/engines.ts';
import type { ToldHistory } from '../../support/told-history.ts';
import { mondayAtTen as monday, tellMonday } from '../../support/told-monday.ts';

let place: Place;
let store: Store;
let told: ToldHistory;
const hour = 3_600_000;
const evening = monday + 10 * hour;
const all: ReportFilter = {
  ...{ period: 'today', by: 'day', withinS: 20, shortS: 5 },
  sites: ['shop' as SiteId],
};
const read = (more: Partial<ReportFilter> = {}, now = evening) =>
  readReport(store.db, { ...all, ...more }, now);
const byKey = async (by: ReportPart, more: Partial<ReportFilter> = {}) =>
  Object.fromEntries((await read({ ...more, by })).parts.map(({ key, counts }) => [key, counts]));

/** What the calls of `told-monday.ts` come to, one after the other. */
const ofMonday: Counts = {
  entered: 14,
  answered: 5,
  answeredInTime: 4,
  abandoned: 6,
  turnedAway: 2,
  shortAbandoned: 1,
  abandonedInTime: 3,
  leftInTime: 10,
  movedOn: 1,
  removed: 1,
  callbacks: 1,
  handled: 6,
  missed: 3,
  waitedMs: (10 + 20 + 45 + 5 + 4) * 1000,
  talkMs: (100 + 60 + 200 + 30 + 50 + 20) * 1000,
  wrapMs: (20 + 40 + 10) * 1000,
  unmet: 3,
  // Ana 120 + 240 + 70 + 20, Ben 60 + 30.
  handlingMs: 540_000,
  // Ana: 8 h less those 450 s and 49 s of ringing. Ben: 7 h less 50 s away, 60 s of ringing, and of his 90 s of talk those 60
  // in which he was available.
  idleMs: (28_800 - 450 - 49 + 25_200 - 50 - 60 - 60) * 1000,
};

describe.each(engines)('reports on %s', engine => {
  beforeEach(async () => {
    place = await freshPlace(engine);
    store = await openPlace(place);
    told = await tellMonday(store);
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  test('R120 every count of a fixed day is as worked out by hand', async () => {
    const { total, timeZone, time } = await read();
    expect(total).toEqual(ofMonday);
    expect(timeZone).toBe('Europe/Berlin');
    expect(time).toEqual({ from: monday - 10 * hour, until: monday + 14 * hour });
  });

  const worked: Record<MetricName, number> = {
    ours: 4 / (5 + 6 - 1),
    asterisk: 4 / 5,
    asteriskAbandoned: (4 + 3) / (5 + 6),
    amazon: 10 / 14,
    genesys: (5 - 1) / 5,
    genesysFlowOut: 4 / (5 + 1 + 1),
    genesysShort: 4 / (5 + 1),
    genesysBoth: 4 / (5 + 1 + 1 + 1),
    asa: 84_000 / 5,
    aht: 530_000 / 6,
    abandonment: 6 / (5 + 6 + 2),
    occupancy: 540 / (540 + 53_331),
  };
  test('R121 every figure, with each variant of the service level, is as worked out by hand', async () => {
    const { total } = await read();
    for (const [name, value] of Object.entries(worked))
      expect([name, figure(name as MetricName, total)]).toEqual([name, value]);
  });

  test('R122 other thresholds move exactly the calls between them', async () => {
    const { total } = await read({ withinS: 4, shortS: 60 });
    expect(total.answeredInTime).toBe(1);
    // 3, 12 and 7 s; the one who left after 60 s did not leave before.
    expect(total.shortAbandoned).toBe(3);
    expect(total.leftInTime).toBe(2);
  });

  test('R123 the figures are told by queue, rep, hour, weekday, page, language and site', async () => {
    const queues = await byKey('queue');
    expect(queues.help).toMatchObject({
      entered: 1,
      answered: 1,
      waitedMs: 5000,
      talkMs: 30_000,
      movedOn: 0,
    });
    expect(queues.sales).toMatchObject({ entered: 13, answered: 4, movedOn: 1, unmet: 3, idleMs: null });
    const reps = await byKey('rep');
    expect(reps.ana).toMatchObject({ answered: 3, handled: 4, missed: 1, talkMs: 370_000, wrapMs: 70_000 });
    expect(reps.ben).toMatchObject({ answered: 2, handled: 2, missed: 2, talkMs: 90_000, wrapMs: 0 });
    expect(reps.ana).toMatchObject({ handlingMs: 450_000, idleMs: 28_301_000, unmet: null });
    expect(reps['']).toMatchObject({ abandoned: 6, answered: 0, missed: 0 });
    const hours = await byKey('hour');
    // Two calls each from ten in the morning in Berlin on, and clicks at eight and ten.
    expect(hours['10']).toMatchObject({ entered: 2, answered: 2, unmet: 1 });
    expect(hours['8']).toMatchObject({ entered: 0, unmet: 2 });
    expect(hours['9']).toMatchObject({ idleMs: hour });
    expect((await byKey('weekday'))['1']).toEqual(ofMonday);
    const pages = await byKey('page');
    expect(pages['https://shop.example/mugs']).toMatchObject({ entered: 2, answeredInTime: 2 });
    expect(pages['https://shop.example/pots']).toMatchObject({ entered: 1, missed: 1, waitedMs: 45_000 });
    expect((await byKey('language')).de).toMatchObject({ entered: 2, talkMs: 160_000 });
    expect((await byKey('site')).shop).toMatchObject({ entered: 14, unmet: 3 });
  });

  test('R124 a report of one queue or rep is that part of the whole', async () => {
    expect((await read({ queueId: 'help' as QueueId })).total).toMatchObject({
      entered: 1,
      handlingMs: null,
    });
    const { total } = await read({ repId: 'ben' as RepId });
    expect((await read({ repId: 'ben' as RepId, by: 'page' })).total.missed).toBe(2);
    expect(total).toMatchObject({ answered: 2, missed: 2, abandoned: 0, unmet: null, handlingMs: 90_000 });
  });

  test('R125 calls of other sites and calls that are not over are in no figure', async () => {
    expect((await read({ sites: ['other' as SiteId] }, monday + hour)).total).toMatchObject({
      entered: 1,
      answered: 1,
    });
    expect((await read({ sites: [] })).total.entered).toBe(0);
    const both = await read({ sites: ['shop', 'other'] as SiteId[], by: 'site' });
    expect(both.total.entered).toBe(15);
  });

  test('R135 a talk that is handed to a colleague is one answer, of who gave it; both are busy with it and with the work after it', async () => {
    const tuesday = monday + 24 * hour;
    for (const rep of ['ana', 'ben']) {
      await told.was(rep, 'available', tuesday);
      await told.was(rep, 'offline', tuesday + hour);
    }
    await told.call({ site: 'shop', queue: 'sales', at: tuesday }, [
      [0, 'offered', 'ana'],
      [10, 'answered', 'ana', { waitedMs: 10_000 }],
      [70, 'held', 'ana'],
      [90, 'resumed', 'ana'],
      [110, 'transfer-offered', 'ben', { from: 'ana' }],
      [120, 'offer-expired', 'ben'],
      [130, 'transfer-offered', 'ben', { from: 'ana' }],
      [140, 'transfer-accepted', 'ben', { from: 'ana' }],
      [160, 'wrapped-up', 'ana'],
      [200, 'ended', 'ben', { reason: 'shopper-hung-up' }],
      [230, 'wrapped-up', 'ben'],
    ]);
    await told.figured();
    const { total, parts } = await read({ by: 'rep' }, evening + 24 * hour);
    expect(total).toMatchObject({
      ...{ entered: 1, answered: 1, handled: 1, missed: 1, abandoned: 0, movedOn: 0 },
      ...{ waitedMs: 10_000, talkMs: 190_000, wrapMs: 50_000, handlingMs: 240_000 },
      // Of two hours; ringing is neither: 10 s of Ana's, 20 s of Ben's.
      idleMs: (7_200 - 240 - 30) * 1000,
    });
    const of = (rep: string) => parts.find(({ key }) => key === rep)?.counts;
    expect(of('ana')).toMatchObject({ answered: 1, missed: 0, handlingMs: 150_000 });
    expect(of('ben')).toMatchObject({ answered: 0, missed: 1, handlingMs: 90_000 });
  });

  test('R126 the period before is compared up to the same time of its day', async () => {
    const tomorrow = await read({}, monday + 24 * hour + 20 * 60_000);
    // Until 10:20, only the first call had entered a line.
    expect(tomorrow.total.entered).toBe(0);
    expect(tomorrow.before.total.entered).toBe(1);
    const week = await read({ period: 'days', from: '2026-03-31', until: '2026-03-31' }, monday + 72 * hour);
    expect(week.before.total.entered).toBe(14);
  });

  test.each([...reportParts])(
    'R127 by %s the parts add up to the whole, and every count opens the calls it counts',
    async by => {
      const { total, parts } = await read({ by });
      for (const name of callCounts) {
        expect([name, parts.reduce((sum, part) => sum + part.counts[name], 0)]).toEqual([name, total[name]]);
        for (const { key, counts } of parts) {
          const listed = await counted(by, name, key);
          expect([by, key, name, listed]).toEqual([by, key, name, counts[name]]);
        }
        expect(await counted(by, name)).toBe(total[name]);
      }
    },
  );

  /** In pages of two. */
  async function counted(by: ReportPart, name: (typeof callCounts)[number], key?: string): Promise<number> {
    let count = 0;
    let after: string | undefined;
    do {
      const page = await listCounted(
        store.db,
        {
          ...all,
          by,
          counted: name,
          limit: 2,
          ...(key === undefined ? {} : { key }),
          ...(after ? { after } : {}),
        },
        evening,
      );
      for (const entry of page.entries) count += name === 'missed' ? entry.missed : 1;
      after = page.next ?? undefined;
    } while (after !== undefined);
    return count;
  }

  test.each([
    ['Europe/Berlin', '2026-03-29', 23, '2026-03-28T23:00Z', '2026-03-29T22:00Z', { 1: 1, 2: 0, 3: 1 }],
    ['Europe/Berlin', '2026-10-25', 25, '2026-10-24T22:00Z', '2026-10-25T23:00Z', { 1: 0, 2: 2, 3: 0 }],
    ['America/New_York', '2026-03-08', 23, '2026-03-08T05:00Z', '2026-03-09T04:00Z', { 1: 1, 2: 0, 3: 1 }],
    ['America/New_York', '2026-11-01', 25, '2026-11-01T04:00Z', '2026-11-02T05:00Z', { 1: 2, 2: 0, 3: 0 }],
    // Half an hour is skipped, and comes twice.
    ['Australia/Lord_Howe', '2026-10-04', 23.5, '2026-10-03T13:30Z', '2026-10-04T13:00Z', { 1: 1, 2: 1 }],
    ['Asia/Kathmandu', '2026-10-25', 24, '2026-10-24T18:15Z', '2026-10-25T18:15Z', {}],
  ] as const)(
    'R128 in %s the day %s has %d hours, and calls are in the hour that clocks showed',
    async (zone, day, length, from, until, hours) => {
      await told.site('zone', ['zone'], zone);
      const [first, end] = [Date.parse(from), Date.parse(until)];
      const lost = [[9, 'ended', null, { reason: 'shopper-lost' }]] as const;
      const change = changeOf[`${zone} ${day}`];
      const times = [first - 1, first, end - 1, end, ...(change ? change.map(at => Date.parse(at)) : [])];
      for (const at of times) await told.call({ site: 'zone', queue: 'zone', at }, [[...lost[0]]]);
      await told.figured();
      const filter = { sites: ['zone' as SiteId], period: 'days', from: day, until: day } as const;
      const report = await read({ ...filter, by: 'hour' });
      expect(report.time).toEqual({ from: first, until: end });
      expect(report.time.until - report.time.from).toBe(length * hour);
      expect(report.total.entered).toBe(times.length - 2);
      const shown = Object.fromEntries(report.parts.map(({ key, counts }) => [key, counts.entered]));
      expect(shown).toMatchObject({ 0: 1, 23: 1, ...hours });
      expect((await read({ ...filter, by: 'day' })).parts.map(part => part.key)).toEqual([day]);
    },
  );

  test('R129 the table has the parts and the whole, with counts and figures', async () => {
    const lines = reportTable(await read({ by: 'queue' }), 'queue').split('\r\n');
    expect(lines[0]).toMatch(/^\ufeffqueue,Calls in line,Answered,/);
    expect(lines.find(line => line.startsWith('help,'))).toContain('help,1,1,1,0,');
    expect(lines.find(line => line.startsWith('Total,'))).toMatch(/^Total,14,5,4,6,.*,0\.4,0\.8,/);
  });
});

/** Half past the hour before the clocks change and half past the hour after. */
const changeOf: Record<string, readonly string[]> = {
  'Europe/Berlin 2026-03-29': ['2026-03-29T00:30Z', '2026-03-29T01:30Z'],
  'Europe/Berlin 2026-10-25': ['2026-10-25T00:30Z', '2026-10-25T01:30Z'],
  'America/New_York 2026-03-08': ['2026-03-08T06:30Z', '2026-03-08T07:30Z'],
  'America/New_York 2026-11-01': ['2026-11-01T05:30Z', '2026-11-01T06:30Z'],
  'Australia/Lord_Howe 2026-10-04': ['2026-10-03T15:20Z', '2026-10-03T15:40Z'],
};
