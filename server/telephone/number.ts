/**
 * Telephone numbers as people type, paste and dictate them: any script's digits, any dash, invisible marks of
 * phones' contact lists, `tel:` links, extensions, 00 for +, letters for digits. Pure.
 */
import { type CountryCode, type NumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Whom a queue calls. */
export type NumberRules = {
  /** Countries whose numbers may be left; null for any. */
  countries: readonly CountryCode[] | null;
  /** Premium-rate, shared-cost, pager and satellite numbers too. */
  premium: boolean;
  /** Whose numbers those without + are; null where nobody knows. */
  own: CountryCode | null;
};

/** `text`: readable, as a rep dials it. `key`: the same for each spelling of one number. */
export type ReadNumber = { text: string; key: string };

/** Why a number is not taken. */
export type NumberProblem = 'no-number' | 'too-short' | 'too-long' | 'country' | 'premium';
export type Reading = { number: ReadNumber } | { problem: NumberProblem; country?: CountryCode };

/** Fewer is a slip of the finger; more than E.164 allows, with a prefix, is no number of any country. */
const digits = { fewest: 4, most: 17 };

const ordinary: ReadonlySet<NumberType> = new Set<NumberType>([
  'FIXED_LINE',
  'MOBILE',
  'FIXED_LINE_OR_MOBILE',
  'TOLL_FREE',
  'VOIP',
]);
/** Of no country: satellites, international premium rate and the like. */
const costlyWorldCodes = new Set(['870', '878', '881', '882', '883', '888', '979']);

export function readNumber(typed: string, rules: NumberRules): Reading {
  const { dialled, extension } = plain(typed);
  const count = dialled.replaceAll(/\D/g, '').length;
  if (count === 0 || /[^\d+() ./-]/.test(dialled) || dialled.lastIndexOf('+') > 0)
    return { problem: 'no-number' };
  if (count < digits.fewest) return { problem: 'too-short' };
  if (count > digits.most) return { problem: 'too-long' };
  return knownNumber(dialled, extension, rules) ?? asTyped(dialled, extension, rules);
}

/** As a number of a country whose numbering is known; undefined where it is not. */
function knownNumber(dialled: string, extension: string, rules: NumberRules): Reading | undefined {
  const { own, countries, premium } = rules;
  const found = interpretations(dialled)
    .map(text => parsePhoneNumberFromString(text, own ?? undefined))
    .filter(number => number !== undefined);
  const number =
    found.find(one => one.isValid()) ??
    found.find(one => one.isPossible() && one.nationalNumber.length >= 6) ??
    undefined;
  if (!number) return undefined;
  const type = number.getType();
  const costly =
    costlyWorldCodes.has(number.countryCallingCode) || (type !== undefined && !ordinary.has(type));
  if (costly && !premium) return { problem: 'premium' };
  const country = number.country ?? number.getPossibleCountries()[0];
  const allowed = countries === null || number.getPossibleCountries().some(one => countries.includes(one));
  if (!allowed && !(country !== undefined && countries.includes(country)))
    return { problem: 'country', ...(country ? { country } : {}) };
  // Whoever writes a whole number in groups of their own is used to reading it that way.
  const grouped = /^\+\d+( \d+)+$/.test(dialled) && dialled.replaceAll(' ', '') === number.number;
  return { number: written(grouped ? dialled : number.formatInternational(), number.number, extension) };
}

/** In the order of likelihood. A double zero is dialled for + in most of the world, whatever the own country does. */
function interpretations(dialled: string): string[] {
  const bare = dialled.replaceAll(/[^\d+]/g, '');
  return bare.startsWith('00') ? [dialled, `+${bare.slice(2)}`] : [dialled];
}

/** Where no country is known, a number without + is as good as what was typed. */
function asTyped(dialled: string, extension: string, { own }: NumberRules): Reading {
  const bare = dialled.replaceAll(/[^\d+]/g, '');
  if (own !== null || bare.startsWith('+') || bare.startsWith('00'))
    return { problem: bare.length < 8 ? 'too-short' : 'no-number' };
  return { number: written(dialled, bare, extension) };
}

const written = (text: string, key: string, extension: string): ReadNumber =>
  extension === '' ? { text, key } : { text: `${text} ext. ${extension}`, key: `${key};ext=${extension}` };

const invisible = /[\p{Cf}\p{Cc}\p{Mn}\u115f\u1160\u3164\uffa0]/gu;
/** Dashes of all kinds, the minus sign and the long-vowel sign that stands in for one in Japan. */
const dash = /[\p{Pd}\u2212\u30fc\u00af\u02d7]/gu;
const dot = /[\u00b7\u2022\u2024\u2027\u30fb\u3002\u066b\u066c]/gu;
const slash = /[\u2044\u2215\uff0f|\\]/gu;
const extensionWord =
  'extensi[o\u00f3]n|ext(?:n|ension)?|anexo|ramal|interno|int|poste|nebenstelle|durchwahl|klappe|apparat|app|dw|\u0434\u043e\u0431(?:\u0430\u0432\u043e\u0447\u043d\u044b\u0439)?|xtn|x|#|~';
const withExtension = new RegExp(
  `^(.*\\d[\\d)]*)[\\s,;-]*(?:(?:${extensionWord})[\\s.:=]*|,{1,3}|;)\\s*(\\d{1,9})\\s*#?$`,
  'iu',
);

/** What is dialled, in ASCII, and the extension; both still to be judged. */
function plain(typed: string): { dialled: string; extension: string } {
  // Marks go first: folding (NFKC) would join what a joiner keeps apart.
  let text = asciiDigits(typed.replaceAll(invisible, '').normalize('NFKC').replaceAll(invisible, ''))
    .replaceAll(dash, '-')
    .replaceAll(dot, '.')
    .replaceAll(slash, '/')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  let extension = '';
  const uri = /^(?:tel|callto|phone):(?:\/\/)?(.*)$/iu.exec(text);
  if (uri) ({ text, extension } = telUri(uri[1] ?? ''));
  // "Tel.: 030 123", "Mobile: +44 ...", "(call) ..." in front of a number is a label.
  text = text.replace(/^[\p{L} .()-]{1,24}[.:]\s*(?=[+(\d])/u, '');
  const extended = withExtension.exec(text);
  if (extended) {
    text = extended[1] ?? '';
    extension = extended[2] ?? '';
  }
  text = vanity(text.replaceAll(/[[{<]/g, '(').replaceAll(/[\]}>]/g, ')'));
  // Punctuation around the number, as in "(030) 1234," or "«030 1234»".
  text = text.replace(/^[^\d+(]+/u, '').replace(/[^\d)]+$/u, '');
  return { dialled: text.replaceAll(/\s+/g, ' '), extension };
}

/** RFC 3966: separators, `;ext=`, and `;phone-context=` for the local form. */
function telUri(rest: string): { text: string; extension: string } {
  let decoded = rest;
  try {
    decoded = decodeURIComponent(rest);
  } catch {
    // A lone % is no escape.
  }
  const [number = '', ...parameters] = decoded.split(';');
  const value = (name: string) =>
    parameters
      .find(one => one.trim().toLowerCase().startsWith(`${name}=`))
      ?.split('=')[1]
      ?.trim() ?? '';
  const context = value('phone-context');
  const text = context.startsWith('+') && !number.startsWith('+') ? `${context} ${number}` : number;
  return { text: text.split('?')[0] ?? '', extension: value('ext').replaceAll(/\D/g, '') };
}

/** Decimal digits of every script stand in runs of ten, zero first. */
function asciiDigits(text: string): string {
  return text.replaceAll(/\p{Nd}/gu, digit => {
    let zero = digit.codePointAt(0) ?? 0;
    const code = zero;
    while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String((code - zero) % 10);
  });
}

const keypad = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'];

/** 1-800-FLOWERS: letters behind at least three digits are keys of a telephone. */
function vanity(text: string): string {
  const match = /^([+(]?\d[\d() ./-]{2,})([a-z][a-z -]{2,}[\d() a-z-]*)$/iu.exec(text);
  if (!match || (match[1] ?? '').replaceAll(/\D/g, '').length < 3) return text;
  const keys = (match[2] ?? '').replaceAll(/[a-z]/gi, letter =>
    String(keypad.findIndex(key => key.includes(letter.toLowerCase())) + 2),
  );
  return `${match[1]}${keys}`;
}
