import type { Role } from '../../../shared/permissions.ts';
import { wordsOf } from '../../ui/words.ts';

const words = wordsOf('team');

/** The words of the team's page. */
export const teamTexts = {
  ...words,
  roleIs: (name: string, role: Role): string => words.roleIs[role]({ name }),
  removeQuestion: (name: string) => ({ ...words.removeAsk, title: words.removeAsk.title({ name }) }),
  withdrawQuestion: (name: string) => ({ ...words.withdrawAsk, title: words.withdrawAsk.title({ name }) }),
} as const;
