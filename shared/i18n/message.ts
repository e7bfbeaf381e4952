import type { Language } from './languages.ts';

/** What is fetched as one: who only sees the button needs no words of a call. An id begins with its face. */
export const faces = ['button', 'call', 'problem', 'callback', 'spoken'] as const;
export type Face = (typeof faces)[number];

/** The place of a message in the catalogues of its face, with the parameters that it has to be given. */
export type Message<F extends Face = Face, P extends object = object> = number & {
  readonly face: F;
  readonly params: P;
};

/** How the words of a language write what is put into them; see `tools/i18n/compile.ts`. */
export type Formats = [
  number: (value: number) => string,
  plural: (value: number, forms: Record<string, string>) => string,
  /** Weekday and time. */
  date: (ms: number) => string,
  /** A name or another text that may be written in the other direction. */
  text: (value: string) => string,
];

/** A catalogue of one language and face, compiled. */
export type Compiled = (...formats: Formats) => (string | ((params: object) => string))[];

/** The words of one language and face. */
export type Texts<F extends Face> = {
  <P extends object>(message: Message<F, P>, ...params: object extends P ? [] : [params: P]): string;
  /** For `Intl`: the region too, where the page names one. */
  readonly tag: string;
  readonly language: Language;
  readonly direction: 'ltr' | 'rtl';
};
