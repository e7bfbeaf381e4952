/** Figures of a time, in parts, and the calls that they count. */
import { z } from 'zod';
import { entryOutcomes } from '../domain.ts';
import { id } from '../id-schemas.ts';
import type { CallId, QueueId, RepId, SiteId } from '../ids.ts';
import { refused } from '../refusals.ts';
import { type Counts, callCounts } from '../report-figures.ts';
import { durationMs, moment, type Routes } from './route.ts';

export const reportParts = ['day', 'hour', 'weekday', 'site', 'queue', 'rep', 'page', 'language'] as const;
export type ReportPart = (typeof reportParts)[number];
export const reportPeriods = ['today', 'week', 'month', 'days'] as const;
export type ReportPeriod = (typeof reportPeriods)[number];

const count = z.number().int();
const maybe = (what: z.ZodNumber) => what.nullable().describe('Null where it cannot be told of this part');
const counts = z.strictObject({
  entered: count.describe('A call counts once in each line that it entered'),
  answered: count,
  answeredInTime: count.describe('Within `withinS`'),
  abandoned: count.describe('The shopper left, or the line sent them away (`turnedAway`)'),
  turnedAway: count.describe('Ended by a limit of the line, as its longest wait'),
  shortAbandoned: count.describe('The shopper left before `shortS`'),
  abandonedInTime: count.describe('The shopper left within `withinS`'),
  leftInTime: count.describe('Left the line for whatever reason within `withinS`'),
  movedOn: count.describe('To another line, unanswered'),
  removed: count.describe('Taken out of the line by a rep'),
  callbacks: count.describe('Chose to be called back'),
  handled: count.describe('Talked to a rep, called back ones included'),
  missed: count.describe('Offers that nobody answered, several per call'),
  waitedMs: durationMs.describe('In line, of answered ones, ms'),
  talkMs: durationMs.describe('Of handled ones, ms'),
  wrapMs: durationMs.describe('After-call work, ms'),
  unmet: maybe(count).describe('Clicks that led to no call; null where it cannot be told of this part'),
  handlingMs: maybe(z.number()),
  idleMs: maybe(z.number()),
}) satisfies z.ZodType<Counts>;

const span = z.strictObject({ from: moment, until: moment });
export const report = z.strictObject({
  timeZone: z.string().describe('In which days and hours are told: of the queue or the shop'),
  serverTime: moment,
  time: span,
  total: counts,
  before: span.extend({ total: counts }).describe('The same part of the period before'),
  parts: z.array(
    z.strictObject({
      key: z.string().describe('Date, hour, weekday (1: Monday), id, page or language; empty for none'),
      name: z.string().describe('Of a site, queue or rep; empty for others'),
      counts,
    }),
  ),
});
export type Report = z.output<typeof report>;
export type ReportPartCounts = Report['parts'][number];

export const countedEntry = z.strictObject({
  callId: id<CallId>(),
  n: z.number().int().describe('1, 2, 3 within the call'),
  at: moment.describe('When it entered the line'),
  queueName: z.string(),
  repName: z.string().nullable(),
  outcome: z.enum(entryOutcomes),
  waitedMs: durationMs,
  talkMs: durationMs,
  missed: z.number().int(),
});
export type CountedEntry = z.output<typeof countedEntry>;

const seconds = (given: number) => z.coerce.number().int().min(0).max(3600).default(given);
const date = z.iso.date({ error: refused('noSuchDate') });
const reportQuery = z.object({
  period: z.enum(reportPeriods).default('today'),
  from: date.optional().describe('First day, of `days`'),
  until: date.optional().describe('Last day, of `days`'),
  by: z.enum(reportParts).default('day'),
  siteId: id<SiteId>().optional(),
  queueId: id<QueueId>().optional(),
  repId: id<RepId>().optional(),
  withinS: seconds(20).describe('Answered in time is within so many seconds'),
  shortS: seconds(5).describe('Whoever leaves before so many seconds counts as no abandon'),
});
export type ReportQuery = z.output<typeof reportQuery>;
const countedQuery = reportQuery.extend({
  counted: z.enum(callCounts),
  key: z.string().max(400).optional().describe('Of that part only'),
  after: z
    .string()
    .regex(/^\d{1,9},.{1,64},\d{1,4}$/, refused('cursorOdd'))
    .optional()
    .describe('The `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CountedQuery = z.output<typeof countedQuery>;

export const reportRoutes = {
  'GET /api/reports': {
    does: 'Tells the figures of a time and its parts, and of the time before.',
    may: 'reports.see',
    query: reportQuery,
    answer: report,
  },
  'GET /api/reports.csv': {
    does: 'The same parts as a table.',
    may: 'reports.see',
    query: reportQuery,
    answer: { contentType: 'text/csv; charset=utf-8' },
  },
  'GET /api/reports/calls': {
    does: 'Lists the calls that a figure counts, in the order in which they came.',
    may: 'reports.see',
    query: countedQuery,
    answer: z.strictObject({
      entries: z.array(countedEntry),
      next: z.string().nullable().describe('Where the following page begins; null when there is none'),
    }),
  },
} as const satisfies Routes;
