/** What a supervisor does at the live board. */
import { z } from 'zod';
import { repStatuses } from '../domain.ts';
import { id } from '../id-schemas.ts';
import type { RepId } from '../ids.ts';
import { limits } from '../limits.ts';
import { done, type Routes } from './route.ts';

const params = z.object({ repId: id<RepId>() });
const why = z.string().trim().min(1).max(limits.whyLength).describe('Which the rep reads');

export const boardRoutes = {
  'PUT /api/board/reps/:repId/status': {
    does: 'Gives a rep another status, of which they are told by whom and why. A talk goes on.',
    may: 'reps.direct',
    params,
    body: z.object({ status: z.enum(repStatuses), why }),
    answer: done,
    errors: ['not-found'],
  },
  'POST /api/board/reps/:repId/end-wrap-up': {
    does: "Ends a rep's after-call work, of which they are told by whom and why.",
    may: 'reps.direct',
    params,
    body: z.object({ why }),
    answer: done,
    errors: ['not-found'],
  },
} as const satisfies Routes;
