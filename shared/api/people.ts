/** Signing in, one-time links, and the team. */
import { z } from 'zod';
import { repStatuses } from '../domain.ts';
import { id } from '../id-schemas.ts';
import type { RepId } from '../ids.ts';
import { type Permission, permissions, roles } from '../permissions.ts';
import {
  emailAddress,
  newPassword,
  personName,
  repSkills,
  teamSettings,
  typedPassword,
} from '../settings.ts';
import { done, type Routes } from './route.ts';

const person = z.strictObject({
  id: id<RepId>(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
});
const rep = person.extend({
  may: z.array(z.enum(Object.keys(permissions) as Permission[])).describe('What the role allows'),
});
/** Who is signed in. */
export type Rep = z.output<typeof rep>;

const teamMember = person.extend({
  status: z.enum(repStatuses),
  status_note: z.string().describe('The reason to be away that the rep chose; empty for none'),
  skills: repSkills,
});
export type TeamMember = z.output<typeof teamMember>;

const linkToken = z.string({ error: 'Please open the link again.' }).max(200);
const linkInfo = z.strictObject({
  purpose: z.enum(['set-up', 'invitation']),
  email: z.string().describe('Empty where the person is to choose'),
  name: z.string(),
});
export type LinkInfo = z.output<typeof linkInfo>;

const repParam = z.object({ repId: id<RepId>() });

export const peopleRoutes = {
  'GET /api/rep/me': {
    does: 'Tells who is signed in.',
    may: 'calls.take',
    answer: z.strictObject({ rep }),
  },
  'POST /api/rep/sign-in': {
    does: 'Signs in: sets the cookie that all other requests are known by.',
    may: null,
    body: z.object({ email: emailAddress, password: typedPassword }),
    answer: z.strictObject({ rep }),
    errors: ['wrong-credentials'],
  },
  'POST /api/rep/sign-out': {
    does: 'Signs out: the cookie never works again, and open windows of the rep are closed.',
    may: null,
    answer: done,
  },
  'POST /api/rep/ticket': {
    does: 'Gives a ticket that lets a socket in, once, within half a minute.',
    may: 'calls.take',
    answer: z.strictObject({ ticket: z.string() }),
  },
  'POST /api/rep/links/look': {
    does: 'Tells what a one-time link is for.',
    may: null,
    body: z.object({ token: linkToken }),
    answer: linkInfo,
    errors: ['link-gone'],
  },
  'POST /api/rep/links/use': {
    does: 'Makes the account that a one-time link is for, and signs in.',
    may: null,
    body: z.object({ token: linkToken, name: personName, email: emailAddress, password: newPassword }),
    answer: z.strictObject({ rep }),
    errors: ['link-gone', 'email-taken'],
  },
  'GET /api/team': {
    does: 'Lists everybody on the team.',
    may: 'team.see',
    answer: z.strictObject({ reps: z.array(teamMember) }),
  },
  'POST /api/team/invitations': {
    does: 'Makes a one-time link by which a person joins the team.',
    may: 'team.manage',
    body: z.object({ name: personName, email: emailAddress }),
    answer: z.strictObject({ url: z.string() }),
    errors: ['email-taken'],
  },
  'GET /api/team/settings': {
    does: 'Tells what the whole team shares.',
    may: 'team.see',
    answer: teamSettings,
  },
  'PUT /api/team/settings': {
    does: 'Sets what the whole team shares.',
    may: 'team.manage',
    body: teamSettings.strict(),
    answer: teamSettings,
  },
  'PUT /api/team/:repId/skills': {
    does: 'Sets what a rep knows.',
    may: 'team.manage',
    params: repParam,
    body: z.strictObject({ skills: repSkills }),
    answer: z.strictObject({ skills: repSkills }),
    errors: ['not-found'],
  },
} as const satisfies Routes;
