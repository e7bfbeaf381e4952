/** The languages of a site, and what it says in words of its own. */
import { z } from 'zod';
import { everyLanguage, type SiteWordSlot, siteWordLengths } from './domain.ts';
import { type Language, languages } from './i18n/languages.ts';
import { refused } from './refusals.ts';
import { line } from './text-line.ts';

export const language = z.enum(languages);

const someLanguages = z
  .array(language)
  .overwrite(list => [...new Set(list)].sort((a, b) => languages.indexOf(a) - languages.indexOf(b)));

/** In which languages the element speaks, and in which one to somebody who reads none of them. */
export const siteLanguages = z
  .strictObject({
    allowed: z.union([z.literal('all'), someLanguages]).default('all'),
    default: language.default('en'),
  })
  .refine(({ allowed, default: own }) => allowed === 'all' || allowed.includes(own), {
    error: refused('mainLanguage'),
    path: ['default'],
  });
export type SiteLanguages = z.output<typeof siteLanguages>;

/** Which languages somebody speaks well enough to take a call in. */
export const spokenLanguages = someLanguages;

/** Words of the shop's own; empty for ours. */
const ownWords = line(200).default('');
const inLanguages = <T extends z.ZodType>(words: T) =>
  z.partialRecord(z.enum([everyLanguage, ...languages]), words).default({});

const siteWord = (slot: SiteWordSlot) => line(siteWordLengths[slot]).default('');
/** What a shop says in its own words on the button and in the call window. */
export const siteWords = inLanguages(
  z.strictObject({
    /** On the button. */
    label: siteWord('label'),
    /** Below it, while somebody is free. */
    open: siteWord('open'),
    /** Of the call window. */
    title: siteWord('title'),
    /** While it is calling. */
    greeting: siteWord('greeting'),
    /** At the foot of the call window. */
    privacy: siteWord('privacy'),
  }),
);

/** What a queue says in words of the shop's own. */
export const queueWords = inLanguages(
  z.strictObject({ waiting: ownWords, closed: ownWords, noRep: ownWords, full: ownWords }),
);
export type QueueWords = z.output<typeof queueWords>;

/** Of the languages that a page asks for, the first that the site allows; the site's own where it allows none of them. */
export function chosenLanguage(asked: readonly string[], { allowed, default: own }: SiteLanguages): Language {
  const speaks = (allowed === 'all' ? languages : allowed) as readonly string[];
  return (asked.find(one => speaks.includes(one)) as Language | undefined) ?? own;
}

/** The shop's words in that language: those of the language, else those for every one; only what is not empty. */
export function wordsIn<Slot extends string>(
  words: Partial<Record<Language | typeof everyLanguage, Partial<Record<Slot, string>>>>,
  spoken: Language,
): Partial<Record<Slot, string>> {
  const found: Partial<Record<Slot, string>> = {};
  for (const one of [words[everyLanguage], words[spoken]])
    for (const [slot, text] of Object.entries(one ?? {}) as [Slot, string][]) if (text) found[slot] = text;
  return found;
}

/** What a language tag such as `de-AT` names; null for what there are no words in. */
export function languageOf(tag: string | undefined): Language | null {
  if (!tag) return null;
  const [primary = ''] = tag.toLowerCase().split(/[-_]/);
  return (languages as readonly string[]).includes(primary) ? (primary as Language) : null;
}
