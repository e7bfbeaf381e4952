/** Pictures: logos of shops, and photos of those who answer. */
import { z } from 'zod';
import { imageName } from '../appearance.ts';
import { refused } from '../refusals.ts';
import { rep } from './people.ts';
import type { Routes } from './route.ts';

const aboutMe = z.strictObject({ rep });
const file = { contentType: 'application/octet-stream' };

export const imageRoutes = {
  'POST /api/images': {
    does: 'Uploads a PNG, JPEG or WebP picture that a site may choose as its logo.',
    may: 'sites.manage',
    query: z.object({ siteId: z.string({ error: refused('siteNeeded') }).max(64) }),
    body: file,
    answer: z.strictObject({ name: imageName.describe('What the site names it by; it is under `/images/`') }),
    errors: ['bad-request', 'not-found', 'file-needed'],
  },
  'POST /api/rep/photo': {
    does: 'Uploads a PNG, JPEG or WebP photo of oneself, in the place of the one before.',
    may: 'calls.take',
    body: file,
    answer: aboutMe,
    errors: ['bad-request', 'file-needed'],
  },
  'DELETE /api/rep/photo': {
    does: 'Removes the photo of oneself.',
    may: 'calls.take',
    answer: aboutMe,
  },
} as const satisfies Routes;
