/** What is kept of a shop's customers: seen, handed out, and forgotten. */
import { z } from 'zod';
import { id } from '../id-schemas.ts';
import type { SiteId } from '../ids.ts';
import { refused } from '../refusals.ts';
import { moment, type Routes } from './route.ts';

const value = z.string().trim().min(1, refused('customerNeeded')).max(200);
export const customerWish = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('name'), value }).describe('As the page or the shopper gave it'),
  z.strictObject({ by: z.literal('number'), value }).describe('That was left for a callback'),
  z.strictObject({ by: z.literal('shopper'), value }).describe('The id that calls of one tab share'),
  z.strictObject({ by: z.literal('everybody') }),
]);
/** Whose data is meant. */
export type CustomerWish = z.output<typeof customerWish>;

const body = z.strictObject({ siteId: id<SiteId>(), customer: customerWish });

export const privacyRoutes = {
  'POST /api/privacy/find': {
    does: 'Tells how much is kept of a customer.',
    may: 'privacy.manage',
    body,
    answer: z.strictObject({
      calls: z.number().int(),
      live: z.number().int().describe('Of these, calls that go on at present'),
      firstAt: moment.nullable(),
      lastAt: moment.nullable(),
    }),
    errors: ['not-found'],
  },
  'POST /api/privacy/export': {
    does: 'Hands out all that is kept of a customer, as one JSON file.',
    may: 'privacy.manage',
    body,
    answer: { contentType: 'application/json; charset=utf-8' },
    errors: ['not-found'],
  },
  'POST /api/privacy/forget': {
    does: 'Forgets a customer: their calls stay as figures, as nobody’s. Calls that go on at present are left out.',
    may: 'privacy.manage',
    body,
    answer: z.strictObject({
      calls: z.number().int(),
      blocks: z.number().int().describe('Blocks of them that were lifted'),
      live: z.number().int().describe('Calls that go on at present, which were left'),
    }),
    errors: ['not-found'],
  },
} as const satisfies Routes;
