/** The first run: how far an owner has set up an account. */
import { z } from 'zod';
import { firstRunStates, firstRunSteps } from '../first-run.ts';
import { id } from '../id-schemas.ts';
import type { AccountId } from '../ids.ts';
import type { Routes } from './route.ts';

const step = z.enum(firstRunSteps);

/** As it is kept with the account. */
export const firstRunState = z.object({
  state: z.enum(firstRunStates).default('open'),
  step: step.default('shop').describe('The step reached'),
  done: z.array(step).default([]).describe('Steps that are done, whichever comes first'),
});
export type FirstRunState = z.output<typeof firstRunState>;

const firstRun = z
  .strictObject({ ...firstRunState.shape, accountId: id<AccountId>() })
  .describe('How far an account is set up');
export type FirstRun = z.output<typeof firstRun>;

export const firstRunRoutes = {
  'GET /api/first-run': {
    does: 'Tells how far each account is set up; a test call counts once it was answered.',
    may: 'team.manage',
    answer: z.strictObject({ runs: z.array(firstRun) }),
  },
  'PATCH /api/first-run': {
    does: 'Notes the step reached, a step that is done, or that nobody is to be led through it any more.',
    may: 'team.manage',
    query: z.object({ account: id<AccountId>().optional() }),
    body: z
      .strictObject({
        step,
        done: step.exclude(['test-call']).describe('One that is done now; the others stay so'),
        state: z.enum(firstRunStates),
      })
      .partial(),
    answer: firstRun,
    errors: ['not-found'],
  },
} as const satisfies Routes;
