/** The words of setting up two-factor sign-in. */
export const twoFactorTexts = {
  title: 'Two-factor sign-in',
  off: 'Besides your password, a code from an app on your phone. Somebody who learns your password then can’t get in.',
  on: (left: number) =>
    `On. You’re asked for a code when you sign in. ${left === 1 ? 'One recovery code is' : `${left} recovery codes are`} left.`,
  fewLeft: 'Few recovery codes are left. Make new ones, so that you get in without your phone.',
  yourPassword: 'Your password, to change two-factor sign-in',
  setUp: 'Set it up',
  anotherPhone: 'Set up another phone',
  newCodes: 'New recovery codes',
  switchOff: 'Switch off',
  required: 'Your team asks everybody for it, so it can’t be switched off.',
  scanTitle: 'Scan this with your authenticator app',
  scanLead: 'Any will do, such as Google Authenticator, Microsoft Authenticator, 1Password or Aegis.',
  qr: 'QR code for your authenticator app; the same key is written below',
  byHand: 'Can’t scan? Enter this key by hand:',
  code: 'Code the app shows',
  switchOn: 'Switch on',
  cancel: 'Cancel',
  codesTitle: 'Keep your recovery codes',
  codesLead:
    'Each lets you in once without your phone. Print them or put them into a password manager: they are not shown again.',
  copyCodes: 'Copy them',
  copied: 'Copied',
  copyFailed: 'Select the codes and copy them by hand.',
  kept: 'I’ve kept them',
  working: 'One moment…',
} as const;
