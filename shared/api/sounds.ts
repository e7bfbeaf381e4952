/** Hold music and announcements of a shop's own. */
import { z } from 'zod';
import { id } from '../id-schemas.ts';
import type { SiteId, SoundId } from '../ids.ts';
import { refused } from '../refusals.ts';
import { soundName } from '../settings.ts';
import { done, durationMs, moment, type Routes, refusal } from './route.ts';

export const sound = z.strictObject({
  id: id<SoundId>(),
  siteId: id<SiteId>(),
  name: z.string(),
  state: z.discriminatedUnion('is', [
    z.strictObject({ is: z.literal('converting'), progress: z.number().min(0).max(1) }),
    z.strictObject({ is: z.literal('ready'), ms: durationMs }),
    z.strictObject({
      is: z.literal('failed'),
      problem: refusal.describe('What is wrong with the file'),
    }),
  ]),
  uploadedAt: moment,
  url: z.string().describe('Where a browser may play it once it is ready, an absolute path'),
});
/** A piece of hold music or a recorded announcement. */
export type Sound = z.output<typeof sound>;

const siteQuery = z.object({ siteId: z.string({ error: refused('siteNeeded') }).max(64) });
const params = z.object({ soundId: id<SoundId>() });
const one = z.strictObject({ sound });

export const soundRoutes = {
  'GET /api/sounds': {
    does: 'Lists the sounds of a site.',
    may: 'sounds.manage',
    query: siteQuery,
    answer: z.strictObject({ sounds: z.array(sound) }),
    errors: ['not-found'],
  },
  'POST /api/sounds': {
    does: 'Uploads an audio file of any common kind; it is converted in the background.',
    may: 'sounds.manage',
    query: siteQuery.extend({ name: soundName }),
    body: { contentType: 'application/octet-stream' },
    answer: one,
    status: 202,
    errors: ['not-found', 'file-needed', 'no-room'],
  },
  'GET /api/sounds/:soundId': {
    does: 'Tells how far a sound is.',
    may: 'sounds.manage',
    params,
    answer: one,
    errors: ['not-found'],
  },
  'PATCH /api/sounds/:soundId': {
    does: 'Renames a sound.',
    may: 'sounds.manage',
    params,
    body: z.strictObject({ name: soundName }),
    answer: one,
    errors: ['not-found'],
  },
  'DELETE /api/sounds/:soundId': {
    does: 'Removes a sound that no queue uses.',
    may: 'sounds.manage',
    params,
    answer: done,
    errors: ['not-found', 'in-use'],
  },
} as const satisfies Routes;
