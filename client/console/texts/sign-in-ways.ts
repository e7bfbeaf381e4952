import type { SignInProblem } from '../../../shared/domain.ts';

/** The words of signing in; not among `texts`, since who is signed in needs none of them. */
export const wayTexts = {
  signInTitle: 'Welcome back',
  signInLead: 'Sign in to take calls.',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  noAccount: 'No account yet? Ask the person who runs your team to invite you.',
  or: 'or',
  signInWith: (provider: string) => `Sign in with ${provider}`,
  codeTitle: 'Enter your code',
  codeLead: 'Open your authenticator app and enter the code it shows for Talk to Us.',
  recoveryLead: 'Enter one of the recovery codes you kept. It works once.',
  code: 'Code',
  recoveryCode: 'Recovery code',
  useRecoveryCode: 'Use a recovery code',
  useApp: 'Use the app instead',
  somebodyElse: 'Sign in as somebody else',
  setUpTitle: 'One more step',
  setUpLead: 'Your team asks everybody for two-factor sign-in. Set it up now, then you can take calls.',
  problem: {
    'not-invited':
      'Nobody on the team has your e-mail address. Ask your admin to invite you; if they have, open the link in the invitation first.',
    'email-unverified':
      'Your e-mail address isn’t verified over there. Verify it, then try again, or sign in with your password.',
    'connected-elsewhere':
      'Another identity over there is connected to your account already. Sign in with your password.',
    disabled: 'You may not sign in at the moment. Ask the admin of your team.',
    'provider-away':
      'We couldn’t reach the sign-in service. Try again in a minute, or sign in with your password.',
    expired: 'That took too long, or was opened twice. Please try again.',
    refused: 'The sign-in service didn’t let you in. Try again, or sign in with your password.',
    'too-many': 'Too many tries. Wait a minute, then try again.',
  } satisfies Record<SignInProblem, string>,
} as const;

/** Why the provider's way ended here, taken out of the address bar; empty when it did not. */
export function takeSignInProblem(): string {
  const code = new URLSearchParams(location.hash.slice(1)).get('sign-in-problem');
  if (code === null) return '';
  history.replaceState(history.state, '', `${location.pathname}${location.search}`);
  // Whoever writes a link chooses one of our sentences, never their own.
  return Object.hasOwn(wayTexts.problem, code) ? wayTexts.problem[code as SignInProblem] : '';
}
