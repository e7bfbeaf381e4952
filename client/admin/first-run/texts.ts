import type { FirstRunStep } from '../../../shared/first-run.ts';

/** Every word of the first run. */
export const firstRunTexts = {
  title: 'Set up your shop',
  steps: 'Steps',
  where: (step: number, of: number) => `Step ${step} of ${of}`,
  stepIs: { done: 'done', open: 'not done yet' },
  stepName: (n: number, step: string, is: string) => `${n}: ${step} (${is})`,
  of: {
    shop: {
      title: 'Your shop’s name',
      why: 'Your team sees it with each call, so that everybody knows which shop the customer is in.',
    },
    hours: {
      title: 'When you can be called',
      why: 'Outside of these hours the button says when you open again, so that nobody calls in vain.',
    },
    language: {
      title: 'The language of your button',
      why: 'Customers press a button sooner that speaks their language.',
    },
    people: {
      title: 'Who answers',
      why: 'A call rings for everybody whom you name here and who is available.',
    },
    address: {
      title: 'Where people reach you',
      why: 'Your customers’ browsers have to find this server, and to trust it, before anybody can talk.',
    },
    code: {
      title: 'Put the button on your shop',
      why: 'With two lines on your pages the button appears.',
    },
    'test-call': {
      title: 'Call yourself',
      why: 'One call shows that it rings, and that both sides hear each other.',
    },
    live: {
      title: 'Is my button live?',
      why: 'A look at your page finds what would keep customers from calling, before they do.',
    },
  } satisfies Record<FirstRunStep, { title: string; why: string }>,

  back: 'Back',
  next: 'Continue',
  later: 'Later',
  finish: 'Finish',
  leave: 'Go to the phone, and go on later',
  dismiss: 'Do not show this again',
  dismissHint: 'You find it again under Settings, Shop.',
  whichAccount: 'For which account',
  notSaved: (why: string) => `Not saved. ${why}`,

  // Hours
  deviceZone: (zone: string) => `This device is in another time zone, ${zone}.`,
  useDeviceZone: 'Use that of this device',

  // Language
  languages:
    'The button speaks the language of the page that it is on, as the page says it, else that of the customer’s browser.',
  languageCount: (n: number) => `It knows ${n} languages. You need not do anything.`,

  // People
  alone: { label: 'I alone', lead: 'Calls ring where you are signed in and available.' },
  others: { label: 'Others too', lead: 'Send each of them a link; they choose a password and are ready.' },
  onTeam: (names: string) => `On the team: ${names}.`,

  // Address
  checking: 'Trying it out…',
  checkAgain: 'Check again',

  // Test call
  beAvailable: 'First be available, so that it rings here.',
  goAvailable: 'Go available',
  available: 'You are available: it rings here.',
  openTest: 'Open the test page',
  opensNewTab: '(opens in a new tab)',
  orPhone: 'Or with your phone: point its camera at this picture.',
  qr: 'QR code of the test page',
  noPhone: 'From a phone it works once people can reach this server: see the step “Where people reach you”.',
  phoneWarns:
    'The phone’s browser warns of the certificate, as this server made it itself; go on nevertheless.',
  waitingForCall: 'No test call was answered yet.',
  answered: 'Your test call was answered. That is all it takes.',
} as const;
