import type { CustomerWish } from '../../../shared/api/privacy.ts';

/** The words of the page about customers' data. */
export const privacyTexts = {
  lead: 'What your shop keeps of the people who call, how to hand it out to somebody who asks, and how to forget them.',
  kept: 'What is kept',
  keptOf: [
    [
      'Page, cart and name',
      'What your shop’s page tells with a call, so that whoever answers knows what it is about.',
    ],
    ['Telephone number', 'Where somebody left one to be called back.'],
    ['Notes and reasons', 'What your team wrote after a talk, or when it blocked or removed somebody.'],
    [
      'Times of each call',
      'When it began, how long it waited and lasted, who answered, and how good the line was.',
    ],
    ['A mark of the internet connection', 'Scrambled, and for a day at most: by it somebody can be blocked.'],
    ['Nothing of what was said', 'Talks are not recorded.'],
  ],
  until: (personal: number, calls: number) =>
    `What is known of a person is deleted after ${days(personal)}, the times of calls after ${days(calls)}.`,
  change: 'Change that',
  find: 'Somebody asks',
  shop: 'Shop',
  by: 'Look for',
  ways: {
    name: 'A name',
    number: 'A telephone number',
    shopper: 'A visit',
    everybody: 'Everybody',
  } satisfies Record<CustomerWish['by'], string>,
  value: {
    name: 'The whole name, as your shop’s page gave it',
    number: 'With or without the country',
    shopper: 'The id that calls of one visit share, from a file that was handed out',
    everybody: '',
  } satisfies Record<CustomerWish['by'], string>,
  look: 'Look',
  nothing: 'Nothing is kept of them.',
  found: (calls: number, first: string, last: string) =>
    calls === 1 ? `One call, of ${first}.` : `${calls} calls, from ${first} to ${last}.`,
  live: (calls: number) =>
    calls === 1 ? 'One of them goes on at present.' : `${calls} of them go on at present.`,
  download: 'Download what is kept',
  forget: 'Forget',
  sure: (calls: number) => ({
    title: 'Forget this for good?',
    lead: `${calls === 1 ? 'One call' : `${calls} calls`} will be nobody’s: name, number, page, cart and notes are deleted and cannot be brought back. Times and figures stay. Backups that you made before still have them.`,
    yes: 'Forget',
    no: 'Keep',
  }),
  forgotten: (calls: number) =>
    calls === 1 ? 'One call is nobody’s now.' : `${calls} calls are nobody’s now.`,
  liftedBlocks: (blocks: number) =>
    blocks === 1 ? 'A block of them was lifted.' : `${blocks} blocks of them were lifted.`,
  leftLive: 'Whoever talks at present was left out. Look again when the call is over.',
} as const;

const days = (count: number) => (count === 1 ? 'one day' : `${count} days`);
