/** Signing in, one's own sign-in data, one-time links, the team, and who changed what. */
import { z } from 'zod';
import { auditActions, repStatuses } from '../domain.ts';
import { id } from '../id-schemas.ts';
import type { AccountId, QueueId, RepId, SiteId } from '../ids.ts';
import { spokenLanguages } from '../own-words.ts';
import { type Permission, permissions, roles } from '../permissions.ts';
import { refused } from '../refusals.ts';
import {
  emailAddress,
  newPassword,
  personName,
  queueName,
  repSkills,
  siteBody,
  teamSettings,
  typedPassword,
} from '../settings.ts';
import { done, moment, type Routes } from './route.ts';

export const rep = z.strictObject({
  id: id<RepId>(),
  name: z.string(),
  email: z.string(),
  photo: z.string().nullable().describe('Its name, under `/images/`; null for none'),
  may: z.array(z.enum(Object.keys(permissions) as Permission[])).describe('What the roles allow'),
  accounts: z
    .array(z.strictObject({ id: id<AccountId>(), name: z.string(), role: z.enum(roles) }))
    .describe('Of which the person is a member, the oldest first'),
  languages: spokenLanguages.describe('In which the person takes calls, in any of the accounts'),
});
/** Who is signed in. */
export type Rep = z.output<typeof rep>;

const teamMember = z.strictObject({
  id: id<RepId>(),
  accountId: id<AccountId>(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  sites: z.array(id<SiteId>()).nullable().describe('The only sites that the role is about; null for all'),
  status: z.enum(repStatuses),
  status_note: z
    .string()
    .describe(
      'The reason to be away that the rep chose, in the words of the team or a code that begins with `default:`; empty for none',
    ),
  skills: repSkills,
  languages: spokenLanguages,
  twoFactor: z.boolean().describe('Signs in with a code besides the password'),
  disabled: z.boolean().describe('May not sign in, and serves no queues, until enabled'),
  keptQueues: z
    .array(id<QueueId>())
    .describe('Of who is disabled: the queues that they serve again once enabled'),
});
export type TeamMember = z.output<typeof teamMember>;

const session = z.strictObject({
  id: z.string(),
  repId: id<RepId>(),
  here: z.boolean().describe('The one that asks'),
  browser: z.string().describe('What the browser says it is'),
  createdAt: moment,
  seenAt: moment.describe('Used last, to the minute'),
});
/** Where somebody is signed in. */
export type RepSession = z.output<typeof session>;

const invitation = z.strictObject({
  id: z.string(),
  accountId: id<AccountId>(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  queues: z.array(id<QueueId>()).nullable().describe('Null for all'),
  createdAt: moment,
  expiresAt: moment,
});
/** Somebody who was asked to join and has not yet. */
export type Invitation = z.output<typeof invitation>;

const auditEntry = z.strictObject({
  id: z.string(),
  accountId: id<AccountId>(),
  at: moment,
  repName: z.string().nullable().describe('Null for the operator of the server'),
  action: z.enum(auditActions),
  target: z.string().describe('What it was done to, as people name it'),
  before: z.unknown().describe('What of it was otherwise; null for nothing'),
  after: z.unknown(),
});
/** Who changed what. */
export type AuditEntry = z.output<typeof auditEntry>;

const linkToken = z.string({ error: refused('linkNeeded') }).max(200);
const linkInfo = z.strictObject({
  purpose: z.enum(['set-up', 'invitation', 'password']),
  email: z.string().describe('Empty where the person is to choose'),
  name: z.string(),
  known: z.boolean().describe('The person can sign in already, and is asked for the password that they have'),
});
export type LinkInfo = z.output<typeof linkInfo>;

const signInCode = z
  .string({ error: refused('codeWritten') })
  .trim()
  .max(40, refused('codeTooLong'))
  .describe('Of the authenticator app, or one of the recovery codes');
const recoveryCodes = z.array(z.string()).describe('Each works once; they are not shown again');

const repParam = z.object({ repId: id<RepId>() });
/** Whoever is a member of several accounts says which one is meant; the first one where it is left out. */
const account = z.object({ account: id<AccountId>().optional() });
const url = z.strictObject({ url: z.string().describe('The one-time link') });

export const peopleRoutes = {
  'GET /api/rep/me': {
    does: 'Tells who is signed in.',
    may: 'calls.take',
    answer: z.strictObject({ rep }),
  },
  'POST /api/rep/sign-in': {
    does: 'Signs in: sets the cookie that all other requests are known by.',
    may: null,
    body: z.object({ email: emailAddress, password: typedPassword, code: signInCode.optional() }),
    answer: z.strictObject({
      rep,
      setUpTwoFactor: z
        .boolean()
        .describe('The team asks for two-factor sign-in: nothing else is to be had until it is set up'),
    }),
    errors: ['wrong-credentials', 'code-needed', 'wrong-code', 'disabled'],
  },
  'GET /api/rep/sign-in-ways': {
    does: 'Tells how people sign in here besides a password.',
    may: null,
    answer: z.strictObject({
      provider: z.string().nullable().describe('How the sign-in provider is called; null for none'),
    }),
  },
  'GET /api/rep/oidc/start': {
    does: 'Sends the browser to the sign-in provider (OpenID Connect).',
    may: null,
    query: z.object({ there: z.literal('1').optional().describe('Was sent on to PUBLIC_URL already') }),
    answer: { contentType: 'text/html; charset=utf-8' },
    status: 302,
    errors: ['not-found', 'origin-not-allowed'],
  },
  'GET /api/rep/oidc/return': {
    does: 'Where the sign-in provider sends the browser back to: signs in, and sends it on to the console, with the reason behind # where that failed.',
    may: null,
    answer: { contentType: 'text/html; charset=utf-8' },
    status: 302,
    errors: ['not-found', 'origin-not-allowed'],
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
  'PUT /api/rep/password': {
    does: 'Changes one’s own password; all other sessions end.',
    may: 'calls.take',
    body: z.strictObject({ current: typedPassword, password: newPassword }),
    answer: done,
    errors: ['wrong-credentials'],
  },
  'PATCH /api/rep/me': {
    does: 'Changes one’s own name, languages or e-mail address; the address for the password.',
    may: 'calls.take',
    body: z.strictObject({
      name: personName.optional(),
      languages: spokenLanguages.optional().describe('In all accounts of which one is a member'),
      email: emailAddress.optional(),
      password: typedPassword.optional(),
    }),
    answer: z.strictObject({ rep }),
    errors: ['wrong-credentials', 'email-taken'],
  },
  'GET /api/rep/two-factor': {
    does: 'Tells whether one signs in with a code besides the password.',
    may: 'calls.take',
    beforeTwoFactor: true,
    answer: z.strictObject({
      on: z.boolean(),
      required: z.boolean().describe('A team of the person asks everybody for it'),
      recoveryCodesLeft: z.number().int(),
    }),
  },
  'POST /api/rep/two-factor': {
    does: 'Begins to set up two-factor sign-in, or to set it up anew: gives a secret for an authenticator app. Nothing changes until a code of it is sent.',
    may: 'calls.take',
    beforeTwoFactor: true,
    body: z.strictObject({ password: typedPassword }),
    answer: z.strictObject({
      secret: z.string().describe('For typing into the app, in base 32'),
      uri: z.string().describe('The same as an otpauth:// address'),
      qr: z.string().describe('The address as a QR code, SVG'),
    }),
    errors: ['wrong-credentials'],
  },
  'PUT /api/rep/two-factor': {
    does: 'Switches two-factor sign-in on by a first code of the app. All other sessions end.',
    may: 'calls.take',
    beforeTwoFactor: true,
    body: z.strictObject({ code: signInCode }),
    answer: z.strictObject({ recoveryCodes }),
    errors: ['wrong-code', 'not-found'],
  },
  'POST /api/rep/two-factor/off': {
    does: 'Switches two-factor sign-in off.',
    may: 'calls.take',
    body: z.strictObject({ password: typedPassword }),
    answer: done,
    errors: ['wrong-credentials', 'two-factor-required'],
  },
  'POST /api/rep/two-factor/recovery-codes': {
    does: 'Makes new recovery codes; those from before work no more.',
    may: 'calls.take',
    body: z.strictObject({ password: typedPassword }),
    answer: z.strictObject({ recoveryCodes }),
    errors: ['wrong-credentials', 'not-found'],
  },
  'GET /api/rep/sessions': {
    does: 'Lists where one is signed in.',
    may: 'calls.take',
    answer: z.strictObject({ sessions: z.array(session) }),
  },
  'DELETE /api/rep/sessions': {
    does: 'Signs out everywhere but here.',
    may: 'calls.take',
    answer: done,
  },
  'DELETE /api/rep/sessions/:sessionId': {
    does: 'Signs out there.',
    may: 'calls.take',
    params: z.object({ sessionId: z.string().max(64) }),
    answer: done,
    errors: ['not-found'],
  },
  'POST /api/rep/links/look': {
    does: 'Tells what a one-time link is for.',
    may: null,
    body: z.object({ token: linkToken }),
    answer: linkInfo,
    errors: ['link-gone'],
  },
  'POST /api/rep/links/use': {
    does: 'Does what a one-time link is for: makes an account, joins a team, changes a password; and signs in.',
    may: null,
    body: z.object({
      token: linkToken,
      name: personName,
      email: emailAddress,
      password: newPassword,
      names: z
        .strictObject({ site: siteBody.shape.name, queue: queueName })
        .optional()
        .describe(
          'In the language of the first admin: what the first site and its queue are called from now on, unless somebody has named them',
        ),
    }),
    answer: z.strictObject({ rep }),
    errors: ['link-gone', 'email-taken', 'wrong-credentials', 'code-needed'],
  },
  'GET /api/team': {
    does: 'Lists everybody on the team.',
    may: 'team.see',
    answer: z.strictObject({ reps: z.array(teamMember) }),
  },
  'PATCH /api/team/:repId': {
    does: 'Changes the role of somebody, or disables or enables them. Who is disabled is out within a second.',
    may: 'team.manage',
    params: repParam,
    query: account,
    body: z.strictObject({
      role: z.enum(roles).optional(),
      disabled: z.boolean().optional(),
      sites: z
        .array(id<SiteId>())
        .min(1, refused('siteListEmpty'))
        .nullable()
        .optional()
        .describe('The only sites that the role is about; null for all'),
    }),
    answer: z.strictObject({ member: teamMember }),
    errors: ['not-found', 'last-admin'],
  },
  'DELETE /api/team/:repId': {
    does: 'Takes somebody off the team; their history stays.',
    may: 'team.manage',
    params: repParam,
    query: account,
    answer: done,
    errors: ['not-found', 'last-admin'],
  },
  'POST /api/team/:repId/password-link': {
    does: 'Makes a one-time link by which that person chooses a new password.',
    may: 'team.manage',
    params: repParam,
    query: account,
    answer: url,
    errors: ['not-found', 'not-yours'],
  },
  'DELETE /api/team/:repId/two-factor': {
    does: 'Takes the second factor of somebody away who has lost it: the password lets them in until they set up another.',
    may: 'team.manage',
    params: repParam,
    query: account,
    answer: done,
    errors: ['not-found', 'not-yours'],
  },
  'POST /api/team/:repId/sign-out': {
    does: 'Signs somebody out everywhere.',
    may: 'team.manage',
    params: repParam,
    query: account,
    answer: done,
    errors: ['not-found'],
  },
  'GET /api/team/sessions': {
    does: 'Lists who is signed in where.',
    may: 'team.manage',
    answer: z.strictObject({ sessions: z.array(session) }),
  },
  'GET /api/team/invitations': {
    does: 'Lists invitations that wait for their person.',
    may: 'team.manage',
    answer: z.strictObject({ invitations: z.array(invitation) }),
  },
  'POST /api/team/invitations': {
    does: 'Makes a one-time link by which a person joins the team.',
    may: 'team.manage',
    body: z.object({
      name: personName,
      email: emailAddress,
      role: z.enum(roles).default('rep'),
      queues: z.array(id<QueueId>()).max(200).optional().describe('Which ones they serve; all when left out'),
      account: id<AccountId>().optional(),
    }),
    answer: url,
    errors: ['email-taken', 'not-found'],
  },
  'DELETE /api/team/invitations/:invitationId': {
    does: 'Withdraws an invitation: its link works no more.',
    may: 'team.manage',
    params: z.object({ invitationId: z.string().max(64) }),
    answer: done,
    errors: ['not-found'],
  },
  'GET /api/team/settings': {
    does: 'Tells what the whole team shares.',
    may: 'team.see',
    query: account,
    answer: teamSettings,
    errors: ['not-found'],
  },
  'PUT /api/team/settings': {
    does: 'Sets what the whole team shares.',
    may: 'team.manage',
    query: account,
    body: teamSettings
      .extend({
        twoFactor: teamSettings.shape.twoFactor.unwrap().optional().describe('Stays as it is when left out'),
      })
      .strict(),
    answer: teamSettings,
    errors: ['not-found'],
  },
  'PUT /api/team/:repId/skills': {
    does: 'Sets what a rep knows.',
    may: 'team.manage',
    params: repParam,
    query: account,
    body: z.strictObject({ skills: repSkills }),
    answer: z.strictObject({ skills: repSkills }),
    errors: ['not-found'],
  },
  'PUT /api/team/:repId/languages': {
    does: 'Sets in which languages a rep takes calls.',
    may: 'team.manage',
    params: repParam,
    query: account,
    body: z.strictObject({ languages: spokenLanguages }),
    answer: z.strictObject({ languages: spokenLanguages }),
    errors: ['not-found'],
  },
  'GET /api/audit': {
    does: 'Tells who changed what, the newest first.',
    may: 'audit.see',
    query: z.object({
      before: z
        .string()
        .regex(/^\d{1,15},.{1,64}$/)
        .transform(text => {
          const [at = '', ...rest] = text.split(',');
          return { at: Number(at), id: rest.join() };
        })
        .optional()
        .describe('`<at>,<id>` of the last entry of the page before'),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: z.strictObject({ entries: z.array(auditEntry) }),
  },
  'GET /api/audit.csv': {
    does: 'The same as a table, whole.',
    may: 'audit.see',
    answer: { contentType: 'text/csv; charset=utf-8' },
  },
} as const satisfies Routes;
