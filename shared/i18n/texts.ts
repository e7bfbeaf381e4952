import type { Compiled, Face, Texts } from './message.ts';
import type { Spoken } from './spoken.ts';

/** Weekday and time, in the visitor's own time zone. */
const weekdayAndTime = { weekday: 'short', hour: '2-digit', minute: '2-digit' } as const;

/** What a compiled catalogue says. */
export function textsOf<F extends Face>(compiled: Compiled, { tag, language }: Spoken): Texts<F> {
  const direction = /^(ar|he)$/.test(language) ? 'rtl' : 'ltr';
  const number = (value: number) => new Intl.NumberFormat(tag).format(value);
  const messages = compiled(
    number,
    (value, forms) => forms[new Intl.PluralRules(tag).select(value)] ?? forms.other!,
    ms => new Intl.DateTimeFormat(tag, weekdayAndTime).format(ms),
    // A name in other letters would turn around what stands beside it.
    text => (direction === 'rtl' ? `\u2068${text}\u2069` : text),
  );
  const words = (place: number, params: object = {}) => {
    const message = messages[place]!;
    return typeof message === 'string' ? message : message(params);
  };
  return Object.assign(words, { tag, language, direction }) as Texts<F>;
}
