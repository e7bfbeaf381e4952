import type { Role } from '../../../shared/permissions.ts';
import { wordsOf } from '../../ui/words.ts';

const roleWord = { rep: 'Rep', supervisor: 'Supervisor', admin: 'Admin' } satisfies Record<Role, string>;
const aRole = { rep: 'a rep', supervisor: 'a supervisor', admin: 'an admin' } satisfies Record<Role, string>;

/** The words of the team's page. */
export const teamTexts = {
  ...wordsOf('team'),
  role: roleWord,
  roleIs: (name: string, role: Role) =>
    `${name} is ${aRole[role]} now. A page that is open shows it after a reload.`,
  removeQuestion: (name: string) => ({
    title: `Remove ${name} from the team?`,
    lead: 'They are out at once, and lose their queues and skills. What they did stays in the history. To come back they have to be invited again.',
    yes: 'Remove',
    no: 'Cancel',
  }),
  joinsAs: (role: Role, queues: 'all' | 'some' | 'only') =>
    `Joins as ${aRole[role]}${{ all: ' and answers all queues', some: ' and answers some queues', only: '' }[queues]}`,
  withdrawQuestion: (name: string) => ({
    title: `Withdraw the invitation of ${name}?`,
    lead: 'The link that you sent stops working. You can invite them again.',
    yes: 'Withdraw',
    no: 'Cancel',
  }),
} as const;
