import type { PageFinding } from '../../../shared/api/shop-page.ts';

type Of<Is extends PageFinding['is']> = Extract<PageFinding, { is: Is }>;
type Words = readonly [words: string, todo: string];

/** The words of “Is my button live?”. */
export const liveTexts = {
  title: 'Is my button live?',
  lead: 'This server fetches a page of your shop, as a browser would, and says what it sees.',
  url: 'Address of a page with the button',
  look: 'Look at it',
  looking: 'Looking…',
  urlNeeded: 'Please write the address of a page, such as https://shop.example.',
  allGood: (url: string) => `Your button is live on ${url}.`,
  looked: (url: string) => `Looked at: ${url}`,
  allow: (origin: string) => `Allow ${origin}`,
  allowed: (origin: string) => `${origin} may show the button from now on.`,
  unreached: {
    'not-allowed': [
      'Only a page with a public address that begins with https:// can be looked at from here.',
      'Write the address that your customers use. A page in your own network works too, but is not looked at: open it, and see whether the button is there.',
    ],
    'not-public': [
      'That name leads into a private network, which this server does not look into.',
      'If customers are to reach the page, its name has to lead to a public address.',
    ],
    unreachable: [
      'The page could not be reached from this server.',
      'Is the address written right, and the shop online?',
    ],
    'too-slow': ['The page took too long to answer.', 'Try again in a minute.'],
    'too-large': ['The page is too large to be looked at.', 'Try another page of your shop.'],
  } satisfies Record<Of<'not-reached'>['why'], Words>,
  found: {
    'leads-on': ({ to }) => [
      `The page leads on and on, at last to ${to}.`,
      'Write the address at which your browser ends.',
    ],
    status: ({ status }) => [
      `The page answered with an error (${status}).`,
      'Open it in your browser: if you see it there, the shop keeps out programs such as this one.',
    ],
    'no-script': ({ tag }) =>
      tag
        ? [
            'The button’s tag is on the page, but not its script.',
            'Paste both lines of the code into the page. If a script of your shop adds it, open the page and see.',
          ]
        : [
            'The button is not in the page’s text: there is neither its script nor its tag.',
            'Paste the code into the page, and empty the shop’s cache. If a tag manager or an app puts it there, open the page and see.',
          ],
    'other-server': ({ server }) =>
      server
        ? [
            `The page loads the button of another server, ${server}.`,
            'Replace the code on the page with the one from here.',
          ]
        : [
            'The page loads the button of another server.',
            'Replace the code on the page with the one from here.',
          ],
    'no-tag': () => [
      'The script is on the page, but not the tag <talk-to-us>.',
      'Paste both lines of the code into the page.',
    ],
    'no-key': () => ['The tag on the page names no shop.', 'Paste the code anew: it has site="…" in it.'],
    'unknown-key': ({ key }) => [
      `The tag on the page names a shop that you do not have: “${key}”.`,
      'Paste the code anew, as it is.',
    ],
    'other-site': ({ name }) => [
      `The tag on the page is that of another shop of yours, ${name}.`,
      'Paste the code of this shop, if calls are to come here.',
    ],
    'script-forbidden': ({ add }) => [
      'The page’s Content-Security-Policy keeps the button’s script out.',
      `Let the shop’s web server add to it: ${add}`,
    ],
    'connection-forbidden': ({ add }) => [
      'The page’s Content-Security-Policy keeps the button from reaching this server.',
      `Let the shop’s web server add to it: ${add}`,
    ],
    'microphone-blocked': () => [
      'The page’s web server forbids the microphone, so that nobody can talk there.',
      'Let it send: Permissions-Policy: microphone=(self)',
    ],
    'not-listed': ({ origin }) => [
      `${origin} is not on the list of addresses that may show your button.`,
      'If it is your shop, allow it.',
    ],
  } satisfies {
    [Is in Exclude<PageFinding['is'], 'not-reached'>]: (finding: Of<Is>) => Words;
  },
} as const;

export function wordsOf(finding: PageFinding): Words {
  if (finding.is === 'not-reached') return liveTexts.unreached[finding.why];
  // Each function takes the finding of its own name.
  const words = liveTexts.found[finding.is] as (finding: PageFinding) => Words;
  return words(finding);
}
