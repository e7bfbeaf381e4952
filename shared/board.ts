/** The live board of supervisors and admins: calls, reps and queues as they are now, in pages, by what somebody looks for. */
import { z } from 'zod';
import { callbackKinds, callStates } from './domain.ts';
import { id } from './id-schemas.ts';
import type { CallId, QueueId, RepId, SiteId } from './ids.ts';

const time = z.number().int().describe('ms UTC');
const count = z.number().int().nonnegative();
const mos = z.number().nullable().describe('what that side measured last; null until it did');

/** What a rep is doing, as a board has it: the status counts for whoever does nothing else. */
export const boardRepStates = ['free', 'ringing', 'talking', 'wrap-up', 'away', 'offline'] as const;
export type BoardRepState = (typeof boardRepStates)[number];

export const boardCallStates = callStates.filter(state => state !== 'ended') as [
  'waiting',
  'ringing',
  'calling-back',
  'talking',
];
export type BoardCallState = (typeof boardCallStates)[number];

export const boardCall = z.object({
  callId: id<CallId>(),
  siteId: id<SiteId>(),
  queueId: id<QueueId>(),
  state: z.enum(boardCallStates),
  since: time.describe('when the wait began, ringing included, or the talk, or the try to reach the shopper'),
  name: z.string().describe('what the page says of who calls; empty for nothing'),
  callback: z.enum(callbackKinds).nullable(),
  shopperAway: z.boolean().describe('their connection is lost, or the callback is not due yet'),
  held: z.boolean(),
  reps: z
    .array(z.object({ repId: id<RepId>(), name: z.string() }))
    .describe('who has it, or at whom it rings'),
  quality: z.object({ shopper: mos, rep: mos }),
});
export type BoardCall = z.output<typeof boardCall>;

export const boardRep = z.object({
  repId: id<RepId>(),
  name: z.string(),
  state: z.enum(boardRepStates),
  note: z.string().describe("of the team's reasons to be away; those that begin with `default:` are codes"),
  since: time.describe('when that state began'),
  ready: z.boolean().describe('connected; and whoever is available has a microphone'),
});
export type BoardRep = z.output<typeof boardRep>;

export const boardQueue = z.object({
  queueId: id<QueueId>(),
  siteId: id<SiteId>(),
  name: z.string(),
  siteName: z.string(),
  waiting: count.describe('who can be reached'),
  longestSince: time.nullable().describe('since when the first of them waits'),
  free: count,
  busy: count.describe('reps who ring, talk or are in wrap-up'),
  talking: count.describe('calls'),
  today: z
    .object({ answered: count, inTime: count, abandoned: count })
    .describe(
      'calls of the last 24 hours: answered, of these within the goal, and over without an answer for whatever reason, short waits and callbacks not counted',
    ),
});
export type BoardQueue = z.output<typeof boardQueue>;

const part = <Row extends z.ZodType>(row: Row) =>
  z
    .object({
      total: count.describe('how many there are in all pages'),
      ids: z.array(z.string()).optional().describe('the page in its order, when that is another one'),
      rows: z.array(row).describe('those of the page that are new or changed'),
    })
    .optional()
    .describe('left out where nothing changed');

export const boardPush = z.object({
  push: z.literal('board'),
  serverTime: time,
  fresh: z.boolean().describe('what was sent before counts no more'),
  queues: part(boardQueue),
  calls: part(boardCall),
  reps: part(boardRep),
});
export type BoardPush = z.output<typeof boardPush>;

export const boardFilter = z.object({
  siteId: id<SiteId>().optional(),
  queueId: id<QueueId>().optional(),
  name: z.string().trim().max(100).default('').describe('in the name of a rep'),
  callState: z.enum(boardCallStates).optional(),
  repState: z.enum(boardRepStates).optional(),
  callPage: count.max(1_000).default(0),
  repPage: count.max(1_000).default(0),
});
export type BoardFilter = z.output<typeof boardFilter>;
