/** Whether a call is one that somebody looks for. Pure. */
import type { CallSummary } from '../../../shared/api/calls.ts';

/** As people compare words: without case, accents, and the widths and ligatures of letters. */
const plain = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
const digits = (text: string) => plain(text).replaceAll(/\D/g, '');

/** Every word of `text` is in the name, the number, the note, or the page; a number in whatever way it is written. */
export function matchesText({ context, phone, note }: CallSummary, text: string): boolean {
  const place = plain(
    [context.name, phone, note, context.page?.title, context.page?.url]
      .filter(part => part !== undefined && part !== null)
      .join('\n'),
  );
  if (
    plain(text)
      .split(/\s+/)
      .every(word => place.includes(word))
  )
    return true;
  const number = /^[\d\s()+./-]+$/.test(plain(text)) ? digits(text) : '';
  return number.length >= 4 && phone !== null && digits(phone).includes(number);
}
