import type { Role } from '../../../shared/permissions.ts';
import type { TeamSettings } from '../../../shared/settings.ts';

const roleWord = { rep: 'Rep', supervisor: 'Supervisor', admin: 'Admin' } satisfies Record<Role, string>;
const aRole = { rep: 'a rep', supervisor: 'a supervisor', admin: 'an admin' } satisfies Record<Role, string>;

/** The words of the team's page. */
export const teamTexts = {
  lead: 'Who can take calls, and what each of them knows.',
  you: 'you',
  role: roleWord,
  roleLead: {
    rep: 'Takes the calls of their queues.',
    supervisor: 'Sees and answers the lines of all queues, and unblocks callers.',
    admin: 'Runs everything: queues, people, shops and settings.',
  } satisfies Record<Role, string>,
  skillsNone: 'No skills or languages noted',
  languages: 'Takes calls in',
  languagesHint: 'A queue can prefer who speaks the shopper’s language.',
  skillsHint: 'A queue can ask for skills. Level 1 knows a little, level 5 is an expert.',
  skillsOf: (name: string) => `Skills of ${name}`,

  // Who is there
  disabled: 'Disabled',
  seen: (ago: string) => `Signed in, last seen ${ago}`,
  notSignedIn: 'Not signed in',

  // What an admin does about somebody
  manage: (name: string) => `Manage ${name}`,
  roleOf: (name: string) => `Role of ${name}`,
  roleIs: (name: string, role: Role) =>
    `${name} is ${aRole[role]} now. A page that is open shows it after a reload.`,
  signedInAt: (n: number) => (n === 1 ? 'Signed in with one browser.' : `Signed in with ${n} browsers.`),
  signOut: 'Sign out everywhere',
  signedOut: (name: string) => `${name} was signed out everywhere.`,
  passwordLead: (name: string) => `By a link that works once, ${name} chooses a new password.`,
  password: 'Link for a new password',
  passwordOnce: 'Send it now: it is shown only this once, and works for one day.',
  disableLead: 'Keeps them out until you enable them again. Queues and skills are kept.',
  disable: 'Disable',
  isDisabled: (name: string) => `${name} is out, and cannot sign in.`,
  enableLead: 'They may sign in again, and answer the same queues.',
  enable: 'Enable',
  isEnabled: (name: string) => `${name} may sign in again.`,
  removeLead: 'Takes them off the team. Their calls stay in the history.',
  remove: 'Remove…',
  removeQuestion: (name: string) => ({
    title: `Remove ${name} from the team?`,
    lead: 'They are out at once, and lose their queues and skills. What they did stays in the history. To come back they have to be invited again.',
    yes: 'Remove',
    no: 'Cancel',
  }),
  removed: (name: string) => `${name} was removed from the team.`,

  // Inviting somebody
  invite: 'Invite somebody',
  inviteLead: 'You get a link to send them. It works once, for one day.',
  name: 'Name',
  joinsAs: (role: Role, queues: 'all' | 'some' | 'only') =>
    `Joins as ${aRole[role]}${{ all: ' and answers all queues', some: ' and answers some queues', only: '' }[queues]}`,
  roleField: 'Role',
  queues: 'Queues that they answer',
  noQueue: 'Choose at least one queue. A rep without one gets no calls.',
  createLink: 'Create invitation link',
  linkFor: (name: string) => `Link for ${name}`,
  once: 'Send it now: it is shown only this once.',
  another: 'Invite somebody else',

  // Invitations that wait
  waiting: 'Invited, not here yet',
  allQueues: 'all queues',
  noQueues: 'no queues',
  until: (time: string) => `link works until ${time}`,
  withdraw: 'Withdraw',
  withdrawFrom: (name: string) => `Withdraw the invitation of ${name}`,
  withdrawQuestion: (name: string) => ({
    title: `Withdraw the invitation of ${name}?`,
    lead: 'The link that you sent stops working. You can invite them again.',
    yes: 'Withdraw',
    no: 'Cancel',
  }),
  withdrawn: (name: string) => `The invitation of ${name} was withdrawn.`,

  // What all of them share
  reasons: {
    awayReasons: {
      title: 'Reasons to be away',
      lead: 'Your team chooses one of these when they go away. Everybody sees it in the team list.',
    },
    declineReasons: {
      title: 'Reasons to decline a call',
      lead: 'Your team may say why they decline. It stands in the story of the call.',
    },
  } satisfies Record<Exclude<keyof TeamSettings, 'twoFactor'>, { title: string; lead: string }>,
  reason: (title: string, n: number) => `${title}, number ${n}`,
  addReason: 'Add a reason',
  addReasonTo: (title: string) => `Add a reason: ${title}`,
} as const;
