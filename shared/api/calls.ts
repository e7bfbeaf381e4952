/** What became of calls: lists, stories, tables, missed clicks, blocked callers, and the desk's day. */
import { z } from 'zod';
import { callContext } from '../call-context.ts';
import {
  blockWays,
  callbackKinds,
  callOutcomes,
  callStates,
  endReasons,
  partyKinds,
  repStatuses,
  repWorks,
  stretchKinds,
  unmetReasons,
} from '../domain.ts';
import { id } from '../id-schemas.ts';
import type { BlockId, CallId, QueueId, RepId, SiteId } from '../ids.ts';
import { refused } from '../refusals.ts';
import { callCard } from '../views.ts';
import { done, durationMs, moment, momentQuery, type Routes } from './route.ts';

export const callSummary = z.strictObject({
  callId: id<CallId>(),
  siteId: id<SiteId>(),
  queueName: z.string().describe('Where it was last'),
  state: z.enum(callStates),
  startedAt: moment,
  endedAt: moment.nullable(),
  waitedMs: durationMs.describe('In line, ringing included; with `talkedMs` it is the whole call, ms'),
  rangMs: durationMs.describe('As much of `waitedMs` as a rep was rung or the shopper was called back, ms'),
  talkedMs: durationMs
    .nullable()
    .describe('With reps, all of them, ms; null for a call that nobody answered'),
  heldMs: durationMs.describe('As much of `talkedMs` as the shopper was on hold, ms'),
  repNames: z.array(z.string()).describe('Whom the shopper talked to, the first one first'),
  inTalk: z.boolean().describe('The shopper was in a talk when it ended, or is now'),
  endReason: z.enum(endReasons).nullable(),
  callback: z.enum(callbackKinds).nullable(),
  phone: z.string().nullable().describe('The number that was left for a callback'),
  context: callContext,
  ...callCard.pick({ cart: true, lastCall: true }).shape,
  note: z.string(),
});
export type CallSummary = z.output<typeof callSummary>;

export const callPage = z.strictObject({
  calls: z.array(callSummary),
  next: z
    .strictObject({ startedAt: moment, callId: id<CallId>() })
    .nullable()
    .describe('Where the following page begins; null when there is none'),
});
/** A page of calls, the newest first. */
export type CallPage = z.output<typeof callPage>;

export const callStep = z.strictObject({
  seq: z.number().int().describe('1, 2, 3 within the call'),
  at: moment,
  type: z.string(),
  repId: id<RepId>().nullable(),
  repName: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});
/** One step in a call's life, in the order in which they happened. */
export type CallStep = z.output<typeof callStep>;

export const callStretch = z.strictObject({
  is: z.enum(stretchKinds),
  from: moment,
  to: moment,
  queueName: z.string().nullable(),
  repNames: z.array(z.string()).describe('Who was rung, tried to reach the shopper, or talked'),
});
/** A time in a call's life in which one thing went on. */
export type CallStretch = z.output<typeof callStretch>;

const qualityPoint = z.strictObject({
  at: moment,
  mos: z.number().describe('The worst around that time; the others are means'),
  rttMs: durationMs,
  jitterMs: durationMs,
  lossPercent: z.number(),
});
export type QualityPoint = z.output<typeof qualityPoint>;
const callQuality = z.strictObject({
  kind: z.enum(partyKinds),
  repName: z.string().nullable(),
  points: z.array(qualityPoint),
});
/** What a participant measured: how well they could hear. */
export type CallQuality = z.output<typeof callQuality>;

export const callStory = callSummary.extend({
  steps: z.array(callStep),
  stretches: z.array(callStretch).describe('The whole call without gaps; their sums are the times above'),
  networkKnown: z.boolean().describe('From where the call came can be blocked still'),
  quality: z.array(callQuality),
});
export type CallStory = z.output<typeof callStory>;

const unmetHour = z.strictObject({
  queueId: id<QueueId>(),
  queueName: z.string(),
  hour: moment.describe('When the hour began'),
  reason: z.enum(unmetReasons),
  count: z.number().int(),
});
/** Clicks of one hour that led to no call, for one reason. */
export type UnmetHour = z.output<typeof unmetHour>;

export const block = z.strictObject({
  id: id<BlockId>(),
  siteId: id<SiteId>(),
  siteName: z.string(),
  label: z.string().describe('Number or name; empty for neither'),
  by: z.array(z.enum(blockWays)),
  reason: z.string(),
  repName: z.string().describe('Who blocked them'),
  createdAt: moment,
  expiresAt: moment.nullable().describe('Null for good'),
});
/** A caller of whom a shop takes no calls. */
export type Block = z.output<typeof block>;

const overview = z.strictObject({
  serverTime: moment,
  today: z.strictObject({
    answered: z.number().int(),
    missed: z.number().int().describe('Over without anybody having talked to the shopper'),
    meanWaitMs: durationMs.nullable().describe('In line, of the answered ones'),
    meanTalkMs: durationMs.nullable(),
  }),
  recent: z.array(callSummary.omit({ note: true })).describe('The last ones that are over, the newest first'),
  team: z.strictObject({
    colleagues: z.array(
      z.strictObject({
        id: id<RepId>(),
        name: z.string(),
        status: z.enum(repStatuses),
        statusNote: z.string(),
        statusSince: moment,
        work: z.enum(repWorks),
      }),
    ),
    more: z.number().int().describe('Others, who are not listed'),
  }),
});
/** What a rep's desk shows while nothing rings: the day, the calls just over, the team. */
export type Overview = z.output<typeof overview>;
/** Of calls that began today and are over. */
export type DayFigures = Overview['today'];
/** Somebody who serves the same queues. */
export type Colleague = Overview['team']['colleagues'][number];
/** What was noted after the talk is for those who may read the history. */
export type RecentCall = Overview['recent'][number];

const filterQuery = z.object({
  siteId: z
    .string({ error: refused('siteNeeded') })
    .min(1)
    .max(64) as unknown as z.ZodType<SiteId, SiteId>,
  queueId: id<QueueId>().optional().describe('Was in that queue at some time'),
  repId: id<RepId>().optional().describe('Talked to that rep at some time'),
  outcome: z.enum(callOutcomes).optional(),
  from: momentQuery.optional(),
  until: momentQuery.optional(),
  text: z
    .string()
    .trim()
    .max(100, refused('searchTooLong', { most: 100 }))
    .transform(text => text || undefined)
    .optional()
    .describe('In the name, the number, the note, or the page'),
});
const unmetQuery = filterQuery.pick({ siteId: true, from: true, until: true });
const pageQuery = filterQuery.extend({
  before: z
    .string()
    .regex(/^\d{1,15},.{1,64}$/, refused('cursorOdd'))
    .transform(text => {
      const [startedAt = '', ...callId] = text.split(',');
      return { startedAt: Number(startedAt), callId: callId.join() as CallId };
    })
    .optional()
    .describe('`<startedAt>,<callId>`: the `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const params = z.object({ callId: id<CallId>() });
const csv = { contentType: 'text/csv; charset=utf-8' };

export const callRoutes = {
  'GET /api/calls': {
    does: 'Lists calls, the newest first.',
    may: 'calls.see',
    query: pageQuery,
    answer: callPage,
  },
  'GET /api/calls.csv': {
    does: 'The same calls as a table.',
    may: 'calls.see',
    query: filterQuery,
    answer: csv,
  },
  'GET /api/calls/:callId': {
    does: 'Tells the whole story of a call.',
    may: 'calls.see',
    params,
    answer: z.strictObject({ call: callStory }),
    errors: ['not-found'],
  },
  'PATCH /api/calls/:callId': {
    does: 'Puts a waiting call before (or, negative, behind) its equals.',
    may: 'calls.boost',
    params,
    body: z.strictObject({
      boost: z
        .number({ error: refused('number') })
        .int(refused('wholeNumber'))
        .min(-9, refused('tooSmall', { least: -9 }))
        .max(9, refused('tooLarge', { most: 9 })),
    }),
    answer: done,
    errors: ['not-found'],
  },
  'GET /api/unmet-demand': {
    does: 'Tells which clicks led to no call, by hour.',
    may: 'calls.see',
    query: unmetQuery,
    answer: z.strictObject({ hours: z.array(unmetHour) }),
  },
  'GET /api/unmet-demand.csv': {
    does: 'The same clicks as a table.',
    may: 'calls.see',
    query: unmetQuery,
    answer: csv,
  },
  'GET /api/blocks': {
    does: 'Lists blocked callers, the newest first.',
    may: 'blocks.manage',
    query: z.object({ siteId: id<SiteId>().optional().describe('Of that site only') }),
    answer: z.strictObject({ blocks: z.array(block) }),
  },
  'DELETE /api/blocks/:blockId': {
    does: 'Lifts a block.',
    may: 'blocks.manage',
    params: z.object({ blockId: id<BlockId>() }),
    answer: done,
    errors: ['not-found'],
  },
  'GET /api/rep/overview': {
    does: 'Tells what a desk shows while nothing rings: the day, the calls just over, the team.',
    may: 'overview.see',
    query: z.object({ from: momentQuery.describe('When the day began where the rep is, ms UTC') }),
    answer: overview,
  },
} as const satisfies Routes;
