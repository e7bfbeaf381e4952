import type { Texts } from '../../../shared/i18n/message.ts';
import * as m from '../../../shared/i18n/messages/callback.ts';
import { SignalingError } from '../../voice/connection.ts';

const problems = {
  'no-number': m.noNumber,
  'too-short': m.tooShort,
  'too-long': m.tooLong,
  premium: m.premium,
} as const;

/** Why a number that was left is not called. */
export function whyNot(t: Texts<'callback'>, error: unknown): string {
  if (!(error instanceof SignalingError)) return t(m.failed);
  const { code, params } = error;
  if (code === 'number-known') return t(m.numberKnown);
  if (code === 'blocked') return t(m.numberBlocked);
  if (code !== 'bad-number' || !params) return t(m.failed);
  if (params.problem !== 'country') return t(problems[params.problem]);
  const names = new Intl.DisplayNames(t.tag, { type: 'region' });
  const countries = new Intl.ListFormat(t.tag).format(params.countries.map(code => names.of(code) ?? code));
  return t(m.countries, { countries });
}
