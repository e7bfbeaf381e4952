import { expect, test } from 'vitest';
import { accountsRunBy } from '../../../client/admin/accounts.ts';
import { keyOf, signedIn } from '../../../client/admin/team/people.ts';
import { mayOpen } from '../../../client/ui/route.ts';
import type { Rep, RepSession } from '../../../shared/api/people.ts';
import type { AccountId, RepId } from '../../../shared/ids.ts';
import { permissionsOf } from '../../../shared/permissions.ts';

const ana = 'ana' as RepId;
const [one, other] = ['one' as AccountId, 'other' as AccountId];

test('P93 who is signed in is told with the last use of any of their browsers', () => {
  const session = (repId: string, seenAt: number): RepSession => ({
    ...{ id: `${repId}-${seenAt}`, repId: repId as RepId, here: false, browser: '' },
    ...{ createdAt: 0, seenAt },
  });
  const sessions = [session('ben', 9), session('ana', 3), session('ana', 5)];
  expect(signedIn(sessions, { id: ana })).toEqual({ count: 2, seenAt: 5 });
  expect(signedIn(sessions, { id: 'kim' as RepId })).toBeNull();
});

test('P94 one person on two teams is two entries, and only teams that are run are shown', () => {
  expect(keyOf({ accountId: one, id: ana })).not.toBe(keyOf({ accountId: other, id: ana }));
  const rep: Rep = {
    ...{ id: ana, name: 'Ana', email: '', photo: null, may: permissionsOf('admin'), languages: [] },
    accounts: [
      { id: one, name: 'One', role: 'admin' },
      { id: other, name: 'Other', role: 'rep' },
      { id: 'main' as AccountId, name: '', role: 'admin' },
    ],
  };
  expect(accountsRunBy(rep).map(({ name }) => name)).toEqual(['One', 'Main account']);
});

test('P95 everybody may open their own account, and only admins the changes', () => {
  const rep = (role: 'rep' | 'supervisor' | 'admin'): Rep => ({
    ...{
      id: ana,
      name: 'Ana',
      email: '',
      photo: null,
      may: permissionsOf(role),
      accounts: [],
      languages: [],
    },
  });
  for (const role of ['rep', 'supervisor', 'admin'] as const) {
    expect(mayOpen(rep(role), { at: 'account' })).toBe(true);
    expect(mayOpen(rep(role), { at: 'changes' })).toBe(role === 'admin');
  }
});
