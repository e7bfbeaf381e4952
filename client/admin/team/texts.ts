import type { Role } from '../../../shared/permissions.ts';
import { list, wordsOf } from '../../ui/words.ts';

const words = wordsOf('team');

/** The words of the team's page. */
export const teamTexts = {
  ...words,
  roleIs: (name: string, role: Role): string => words.roleIs[role]({ name }),
  removeQuestion: (name: string) => ({ ...words.removeAsk, title: words.removeAsk.title({ name }) }),
  removeTwoFactorQuestion: (name: string) => ({
    ...words.removeTwoFactorAsk,
    title: words.removeTwoFactorAsk.title({ name }),
  }),
  /** `shops`: null for all. */
  shopsAre: (name: string, shops: readonly string[] | null): string =>
    shops === null ? words.shopsAre.all({ name }) : words.shopsAre.some({ name, shops: list(shops) }),
  withdrawQuestion: (name: string) => ({ ...words.withdrawAsk, title: words.withdrawAsk.title({ name }) }),
} as const;
