import { passwordMinLength } from '../password.ts';

/** The words of who signs in, comes by a one-time link, or asks the server for something that goes wrong. */
export const signInTexts = {
  password: 'Password',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  show: 'Show',
  hide: 'Hide',
  signOut: 'Sign out',
  unreachableTitle: 'We can’t reach the server',
  unreachableLead: 'Check your connection, then try again.',
  tryAgain: 'Try again',

  // One-time links
  setUpTitle: 'Set up your phone',
  setUpLead: 'You’re the first one here, so you’ll run the team. Choose how you sign in.',
  invitationTitle: 'Join the team',
  invitationLead: 'Tell us your name and choose a password, and you can take calls.',
  yourName: 'Your name',
  nameHint: 'Shoppers see it when you answer.',
  newPasswordHint: `At least ${passwordMinLength} characters. A few words you can remember work well.`,
  passwordMissing: (n: number) => `${n} more ${n === 1 ? 'character' : 'characters'} needed`,
  passwordLongEnough: 'Long enough',
  createAccount: 'Create account',
  creating: 'Creating…',
  linkGoneTitle: 'This link no longer works',
  toSignIn: 'Go to sign-in',
} as const;
