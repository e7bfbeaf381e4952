import { englishRefusals } from './i18n/console/english-refusals.ts';
import { type Refusal, wordsFor } from './refusals.ts';

const words = englishRefusals(
  value => new Intl.NumberFormat('en').format(value),
  (value, forms) => forms[`=${value}`] ?? forms[new Intl.PluralRules('en').select(value)] ?? forms.other!,
  ms => new Date(ms).toISOString(),
  text => text,
);

/** For who reads the API by hand, and for the log. */
export const inEnglish = (refusal: Refusal): string => wordsFor(words, refusal, 'en') ?? refusal.reason;

/** All that there are. */
export const reasons: readonly string[] = Object.keys(words);
