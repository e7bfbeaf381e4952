/** Queues: how calls are distributed. */
import { z } from 'zod';
import { availabilities } from '../domain.ts';
import { id } from '../id-schemas.ts';
import type { QueueId, SiteId } from '../ids.ts';
import { refused } from '../refusals.ts';
import { membership, queueName, queueSettings } from '../settings.ts';
import { done, type Routes } from './route.ts';

export const queueSheet = z.strictObject({
  id: id<QueueId>(),
  siteId: id<SiteId>(),
  name: z.string(),
  siteName: z.string(),
  settings: queueSettings,
  members: z.array(membership),
});
export type QueueSheet = z.output<typeof queueSheet>;

export const listedQueue = queueSheet.extend({
  availability: z.enum(availabilities).describe('What the click of a shopper would get now'),
});
export type ListedQueue = z.output<typeof listedQueue>;

const members = z
  .array(membership)
  .max(1_000, refused('mostMembers', { most: 1_000 }))
  .refine(all => new Set(all.map(member => member.repId)).size === all.length, refused('memberOnce'));
const someSettings = z.record(z.string(), z.unknown()).default({});
/** What is left out stays as it is. */
export const queueChange = z.strictObject({
  name: queueName.optional(),
  settings: someSettings.describe('Any of the settings; each as a whole'),
  members: members.optional(),
  before: z
    .strictObject({ name: z.string().optional(), settings: someSettings, members: members.optional() })
    .optional()
    .describe('What was shown of what is changed; where it is something else by now, the change is refused'),
});
export type QueueChange = z.output<typeof queueChange>;

const params = z.object({ queueId: id<QueueId>() });

export const queueRoutes = {
  'GET /api/queues': {
    does: 'Lists all queues with their settings and members.',
    may: 'queues.manage',
    answer: z.strictObject({ queues: z.array(listedQueue) }),
  },
  'POST /api/queues': {
    does: 'Adds a queue to a site.',
    may: 'queues.manage',
    body: z.strictObject({ siteId: id<SiteId>(), name: queueName }),
    answer: z.strictObject({ queue: queueSheet }),
    errors: ['not-found'],
  },
  'PATCH /api/queues/:queueId': {
    does: 'Changes a queue: name, settings, members; what is left out stays as it is.',
    may: 'queues.manage',
    params,
    body: queueChange,
    answer: queueSheet.pick({ name: true, settings: true, members: true }),
    errors: ['not-found', 'changed-meanwhile'],
  },
  'DELETE /api/queues/:queueId': {
    does: 'Removes a queue in which nobody waits; its history stays.',
    may: 'queues.manage',
    params,
    answer: done,
    errors: ['not-found'],
  },
} as const satisfies Routes;
