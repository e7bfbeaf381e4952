import type { Role } from '../../../shared/permissions.ts';
import type { TeamSettings } from '../../../shared/settings.ts';

const roleWord = { rep: 'Rep', supervisor: 'Supervisor', admin: 'Admin' } satisfies Record<Role, string>;
const aRole = { rep: 'a rep', supervisor: 'a supervisor', admin: 'an admin' } satisfies Record<Role, string>;

const inList = (items: readonly string[]) => new Intl.ListFormat('en', { type: 'conjunction' }).format(items);

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
  skillsNone: 'No skills noted',
  skillsHint: 'A queue can ask for skills. Level 1 knows a little, level 5 is an expert.',
  skillsOf: (name: string) => `Skills of ${name}`,

  // Who is there
  disabled: 'Disabled',
  seen: (ago: string) => `Signed in, last seen ${ago}`,
  notSignedIn: 'Not signed in',

  // What an admin does about somebody
  manage: (name: string) => `Manage ${name}`,
  roleOf: (name: string) => `Role of ${name}`,
  roleIs: (name: string, role: Role) => `${name} is ${aRole[role]} now, also on pages that are open.`,
  /** In the list, of somebody whose role is about some shops only. */
  roleAt: (role: Role, shops: string) => `${roleWord[role]} · ${shops}`,
  shopsOf: (name: string) => `Shops that the role of ${name} is about`,
  allShops: 'All shops',
  someShops: 'Some shops only',
  someShopsHint:
    'At the others they see and change nothing. People and changes are run by admins of all shops.',
  setShops: 'Set the shops',
  noShop: 'Choose at least one shop.',
  shopsAre: (name: string, shops: readonly string[] | null) =>
    shops === null
      ? `The role of ${name} is about all shops now.`
      : `The role of ${name} is about ${inList(shops)} only now.`,
  signedInAt: (n: number) => (n === 1 ? 'Signed in with one browser.' : `Signed in with ${n} browsers.`),
  signOut: 'Sign out everywhere',
  signedOut: (name: string) => `${name} was signed out everywhere.`,
  passwordLead: (name: string) => `By a link that works once, ${name} chooses a new password.`,
  password: 'Link for a new password',
  passwordOnce: 'Send it now: it is shown only this once, and works for one day.',
  twoFactorLost: (name: string) =>
    `${name} signs in with a code besides the password. If the phone is lost, take the second factor away.`,
  removeTwoFactor: 'Take it away…',
  removeTwoFactorQuestion: (name: string) => ({
    title: `Take the second factor of ${name} away?`,
    lead: 'Until they set up another, the password alone lets them in. Do it only when they asked you themselves. It stands in the record of changes.',
    yes: 'Take it away',
    no: 'Cancel',
  }),
  twoFactorRemoved: (name: string) => `${name} signs in with the password only now.`,
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
  twoFactor: 'Two-factor sign-in',
  twoFactorOf: (account: string) => `Two-factor sign-in · ${account}`,
  twoFactorLead:
    'Besides the password, a code from an app on the phone. Somebody who learns a password then can’t get in.',
  twoFactorIs: { optional: 'as everybody likes', required: 'asked of everybody' } satisfies Record<
    TeamSettings['twoFactor'],
    string
  >,
  twoFactorRequired: 'Ask everybody for it',
  twoFactorHint:
    'Who has none yet sets it up at the next sign-in, before anything else. Sessions that are open go on.',
  twoFactorWithout: (names: readonly string[]) => `Without it so far: ${inList(names)}.`,
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
