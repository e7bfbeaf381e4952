import { passwordMinLength } from '../password.ts';

/** The words of who signs in, comes by a one-time link, or asks the server for something that goes wrong. */
export const signInTexts = {
  signInTitle: 'Welcome back',
  signInLead: 'Sign in to take calls.',
  email: 'E-mail',
  password: 'Password',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  show: 'Show',
  hide: 'Hide',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  signOut: 'Sign out',
  noAccount: 'No account yet? Ask the person who runs your team to invite you.',
  wrongCredentials: 'That e-mail and password don’t match. Check both and try again.',
  tooMany: 'Too many tries. Wait a minute, then try again.',
  signedOutElsewhere: 'You’ve been signed out. Sign in again to take calls.',
  unreachableTitle: 'We can’t reach the server',
  unreachable: 'We can’t reach the server. Check your connection and try again.',
  offline: 'This device is offline. Check its connection and try again.',
  tooLargeInBetween:
    'That file is too large for the web server in front of Talk to Us. Whoever runs that server can allow more: see “Behind a proxy” in docs/operate.md.',
  refusedInBetween: (status: number) =>
    `The web server in front of Talk to Us did not let this through (${status}). Whoever runs that server can tell why.`,
  noAnswerInBetween:
    'The web server in front of Talk to Us does not reach it at the moment. Try again in a minute; if it stays so, tell whoever runs it.',
  answerInBetween: (status: number) =>
    `Something between this device and Talk to Us answered instead of it (${status}). On a guest network, sign in to the network first.`,
  uploadBroken:
    'The upload was cut off. If that happens again with this file, it may be too large for the web server in front of Talk to Us.',
  unreachableLead: 'Check your connection, then try again.',
  unexpected: 'Something went wrong on our side. Please try again.',
  tryAgain: 'Try again',
  needed: 'Please fill this in.',
  emailNeeded: 'Please enter an e-mail address, such as ana@example.com.',

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
  linkGoneLead:
    'Links work once and for one day. If you already have an account, sign in; otherwise ask for a new link.',
  toSignIn: 'Go to sign-in',
} as const;
