import { passwordMinLength } from '../password.ts';

/** The words of who signs in, comes by a one-time link, or chooses a password: fetched with those screens. */
export const signInTexts = {
  // Passwords
  password: 'Password',
  newPassword: 'New password',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  show: 'Show',
  hide: 'Hide',
  newPasswordHint: `At least ${passwordMinLength} characters. A few words you can remember work well.`,
  passwordMissing: (n: number) => `${n} more ${n === 1 ? 'character' : 'characters'} needed`,
  passwordLongEnough: 'Long enough',

  // One-time links
  yourName: 'Your name',
  nameHint: 'Shoppers see it when you answer.',
  link: {
    'set-up': {
      title: 'Set up your phone',
      lead: 'You’re the first one here, so you’ll run the team. Choose how you sign in.',
      act: 'Create account',
      acting: 'Creating…',
    },
    invitation: {
      title: 'Join the team',
      lead: 'Tell us your name and choose a password, and you can take calls.',
      act: 'Create account',
      acting: 'Creating…',
    },
    known: {
      title: 'Join another team',
      lead: 'You can sign in here already. With your password you join this team too, and take the calls of both.',
      act: 'Join the team',
      acting: 'Joining…',
    },
    password: {
      title: 'Choose a new password',
      lead: 'Whoever is signed in with the old one is signed out.',
      act: 'Save and sign in',
      acting: 'Saving…',
    },
  },
} as const;
