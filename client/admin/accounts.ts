import type { Rep } from '../../shared/api/people.ts';
import { adminTexts as texts } from './texts.ts';

export type Account = Rep['accounts'][number];

/**
 * The accounts that the person runs; mostly one, and then nobody is told that there could be others. The one that came
 * with the server has no name until somebody gives it one.
 */
export const accountsRunBy = (rep: Rep): Account[] =>
  rep.accounts
    .filter(({ role }) => role === 'admin')
    .map(account => ({ ...account, name: account.name || texts.mainAccount }));
