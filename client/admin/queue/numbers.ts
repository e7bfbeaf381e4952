import { html, nothing, type TemplateResult } from 'lit';
import { list, tag } from '../../ui/words.ts';
import { checkInput, choiceInput, textInput } from '../form/controls.ts';
import type { QueueForm } from './queue-form.ts';
import { queueTexts as texts } from './texts.ts';

type Which = keyof typeof texts.whichNumbers;
const whiches = Object.keys(texts.whichNumbers) as Which[];

/** What is typed between commas or spaces, as country codes; whether they are any is the server's to say. */
export const countriesIn = (typed: string): string[] => [
  ...new Set(
    typed
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter(Boolean),
  ),
];

/** “Germany and Austria”: a wrong code is seen to be one. */
export function countryNames(codes: readonly string[]): string {
  const names = new Intl.DisplayNames(tag, { type: 'region', fallback: 'none' });
  return list(codes.map(code => (/^[A-Z]{2}$/.test(code) && names.of(code)) || texts.noCountry({ code })));
}

/** Which numbers may be left to be called back. */
export function numbers(form: QueueForm): TemplateResult {
  const { callback } = form.settings;
  const rules = callback.numbers;
  const { problem } = form;
  const set = (change: Partial<typeof rules>) =>
    form.set({ callback: { ...callback, numbers: { ...rules, ...change } } });
  const which: Which = typeof rules.countries === 'string' ? rules.countries : 'these';
  return html`<div class="part" data-field="callback.numbers">
    <h3>${texts.numbers}</h3>
    <div class="grid">
      ${choiceInput({
        path: 'callback.numbers.which',
        label: texts.numbersFrom,
        problem,
        value: which,
        choices: whiches.map(value => ({ value, label: texts.whichNumbers[value] })),
        set: value =>
          set({ countries: value === 'these' ? (rules.own ? [rules.own] : []) : (value as 'own' | 'any') }),
      })}
      ${
        typeof rules.countries === 'string'
          ? nothing
          : textInput({
              path: 'callback.numbers.countries',
              label: texts.countries,
              hint: countryNames(rules.countries) || texts.countriesHint,
              // The server names the one of them that is wrong.
              problem: problem?.field.startsWith('callback.numbers.countries')
                ? { ...problem, field: 'callback.numbers.countries' }
                : problem,
              placeholder: texts.countriesPlaceholder,
              value: rules.countries.join(', '),
              set: typed => set({ countries: countriesIn(typed) }),
            })
      }
      ${textInput({
        path: 'callback.numbers.own',
        label: texts.ownCountry,
        hint: rules.own ? countryNames([rules.own]) : texts.ownCountryHint,
        problem,
        placeholder: texts.byTimeZone,
        maxLength: 2,
        value: rules.own ?? '',
        set: typed => set({ own: typed.trim().toUpperCase() || null }),
      })}
    </div>
    ${checkInput({
      id: 'callback-premium',
      label: texts.premium,
      hint: texts.premiumHint,
      value: rules.premium,
      set: premium => set({ premium }),
    })}
  </div>`;
}
