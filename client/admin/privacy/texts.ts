import type { CustomerWish } from '../../../shared/api/privacy.ts';
import { wordsOf } from '../../ui/words.ts';

/** The words of the page about customers' data. */
export const privacyTexts = {
  ...wordsOf('privacy'),
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
  value: {
    name: 'The whole name, as your shop’s page gave it',
    number: 'With or without the country',
    shopper: 'The id that calls of one visit share, from a file that was handed out',
    everybody: '',
  } satisfies Record<CustomerWish['by'], string>,
  sure: (calls: number) => ({
    title: 'Forget this for good?',
    lead: `${calls === 1 ? 'One call' : `${calls} calls`} will be nobody’s: name, number, page, cart and notes are deleted and cannot be brought back. Times and figures stay. Backups that you made before still have them.`,
    yes: 'Forget',
    no: 'Keep',
  }),
} as const;

const days = (count: number) => (count === 1 ? 'one day' : `${count} days`);
