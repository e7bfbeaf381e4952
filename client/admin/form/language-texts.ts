/** Choosing languages, and words in each of them. */
export const languageTexts = {
  search: 'Find a language',
  none: 'None chosen',
  notFound: 'There is no such language here.',
  whichLanguage: 'Words for',
  every: 'Every language',
  everyHint: 'Shown in each language that has no words of its own.',
  oneHint: (language: string) => `Shown to shoppers who read ${language}.`,
  withOwn: (language: string) => `${language} ✓`,
} as const;
