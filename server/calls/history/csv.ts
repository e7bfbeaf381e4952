/** Tables for spreadsheets: RFC 4180, in UTF-8 with the mark by which spreadsheets know it. */

export const byteOrderMark = '\ufeff';

/**
 * A spreadsheet runs what begins with one of these as a formula, in their wide forms too. An apostrophe before it makes it
 * text (OWASP, "CSV Injection").
 */
const formula = /^[\s\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** One line. Texts come from strangers, numbers from us. */
export const csvLine = (cells: readonly (string | number | null)[]): string =>
  `${cells.map(cell).join(',')}\r\n`;

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
