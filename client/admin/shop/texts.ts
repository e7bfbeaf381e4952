import type { SiteWordSlot } from '../../../shared/domain.ts';

/** The languages of a shop, and its own words. */
export const shopTexts = {
  languages: 'Languages',
  languagesLead:
    'The button speaks as the page around it does, or as the shopper’s browser, in one of the languages that you allow.',
  whichLanguages: 'In which languages the button speaks',
  allLanguages: { label: 'All of them', lead: 'All 32 that we know.' },
  someLanguages: { label: 'Only some', lead: 'Those in which you would answer.' },
  chooseLanguages: 'Languages of this shop',
  mainLanguage: 'Main language',
  mainLanguageHint: 'For shoppers who read none of the languages above.',
  words: 'Words',
  wordsLead:
    'Say it your way. Leave a line empty to keep ours, which stand there in grey. What is written on the tag of the button itself goes first.',
  wordsOf: {
    label: 'On the button',
    open: 'Below it, when somebody is free',
    title: 'Title of the call window',
    greeting: 'While it is calling',
    privacy: 'Note at the foot of the call window',
  } satisfies Record<SiteWordSlot, string>,
  privacyHint: 'Such as where you say what becomes of what is said.',
} as const;
