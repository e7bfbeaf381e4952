/** Sites: what a shop's page asks before anybody clicks, and what a merchant sets for a whole site. */
import { z } from 'zod';
import { appearance } from '../appearance.ts';
import { id } from '../id-schemas.ts';
import type { AccountId, QueueId, SiteId } from '../ids.ts';
import { limits } from '../limits.ts';
import { queueName, siteBody, siteSettings, webOrigin } from '../settings.ts';
import { reachability } from '../views.ts';
import { done, moment, type Routes } from './route.ts';

export const siteSheet = siteSettings.extend({
  id: id<SiteId>(),
  accountId: id<AccountId>(),
  key: z.string().describe('What the element carries in its `site` attribute'),
  name: z.string(),
  allowedOrigins: z.array(z.string()),
});
export type SiteSheet = z.output<typeof siteSheet>;

export const refusedOrigin = z.strictObject({
  origin: z.string(),
  count: z.number().int(),
  firstAt: moment,
  lastAt: moment,
});
/** A page that asked for the button of a shop without standing on its list. */
export type RefusedOrigin = z.output<typeof refusedOrigin>;

const params = z.object({ siteId: id<SiteId>() });
const originBody = z.strictObject({ origin: webOrigin.max(limits.maxOriginLength) });

export const siteRoutes = {
  'GET /api/sites/:siteKey/availability': {
    does: 'Tells what a click on the button would get. For pages on the list of the site.',
    may: null,
    params: z.object({ siteKey: z.string().max(80) }),
    query: z.object({
      queue: id<QueueId>().optional(),
      lang: z
        .string()
        .max(200)
        .default('')
        .transform(text => text.split(',').slice(0, limits.languagesAsked))
        .describe('What the page would speak, the best first, such as `de,en`'),
    }),
    answer: reachability.extend({ appearance }),
    errors: ['unknown-site', 'origin-not-allowed'],
  },
  'GET /api/sites': {
    does: 'Lists all sites.',
    may: 'sites.manage',
    answer: z.strictObject({ sites: z.array(siteSheet) }),
  },
  'POST /api/sites': {
    does: 'Adds a site with one queue, which everybody on the team serves.',
    may: 'sites.manage',
    body: siteBody.pick({ name: true }).extend({
      queue: queueName.optional().describe('What its queue is called; `Sales` where it is left out'),
      accountId: id<AccountId>().optional(),
    }),
    answer: z.strictObject({ site: siteSheet }),
  },
  'PATCH /api/sites/:siteId': {
    does: 'Changes a site; what is left out stays as it is.',
    may: 'sites.manage',
    params,
    body: siteBody.partial().extend({
      appearance: appearance.partial().optional(),
      before: z
        .strictObject({ appearance: appearance.partial() })
        .optional()
        .describe('What the asker saw of what they change: somebody else must not have changed it since'),
    }),
    answer: z.strictObject({ site: siteSheet }),
    errors: ['not-found', 'changed-meanwhile'],
  },
  'GET /api/sites/:siteId/refused-origins': {
    does: 'Lists pages that asked for the button and are not on the list.',
    may: 'sites.manage',
    params,
    answer: z.strictObject({ refused: z.array(refusedOrigin) }),
    errors: ['not-found'],
  },
  'POST /api/sites/:siteId/refused-origins/forget': {
    does: 'Forgets a page that asked for the button.',
    may: 'sites.manage',
    params,
    body: originBody,
    answer: done,
    errors: ['not-found'],
  },
  'POST /api/sites/:siteId/allowed-origins': {
    does: 'Puts the pages of an origin on the list of those that may have the button.',
    may: 'sites.manage',
    params,
    body: originBody,
    answer: z.strictObject({ site: siteSheet }),
    errors: ['not-found', 'no-room'],
  },
} as const satisfies Routes;
