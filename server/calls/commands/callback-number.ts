/** The number that a shopper leaves: read by the queue's rules, and called once however often it is left. */
import type { CountryCode } from 'libphonenumber-js/max';
import type { CallId, SiteId } from '../../../shared/ids.ts';
import type { QueueSettings } from '../../../shared/settings.ts';
import { literal } from '../../store/literals.ts';
import { type NumberRules, readNumber } from '../../telephone/number.ts';
import { countryOf } from '../../telephone/own-country.ts';
import { CallError } from '../errors.ts';
import type { Change } from '../writing/change.ts';

/** As it is kept. Throws `bad-number` with its problem, which the shopper's page puts into words. */
export function numberToCall(typed: string, settings: QueueSettings): string {
  const rules = rulesOf(settings);
  const reading = readNumber(typed, rules);
  if ('number' in reading) return reading.number.text;
  const { problem } = reading;
  throw new CallError(
    'bad-number',
    `That number is not called: ${problem}.`,
    problem === 'country' ? { problem, countries: [...(rules.countries ?? [])] } : { problem },
  );
}

/** The shop's own country is that of its opening hours, or of the server, unless a setting names it. */
function rulesOf({ callback: { numbers }, hours }: QueueSettings): NumberRules {
  const own =
    (numbers.own as CountryCode | null) ?? (hours === null ? countryOf() : countryOf(hours.timeZone));
  const countries =
    numbers.countries === 'any'
      ? null
      : numbers.countries === 'own'
        ? own && [own]
        : (numbers.countries as CountryCode[]);
  return { own, countries, premium: numbers.premium };
}

/** Throws `number-known` when somebody of the site is about to be called at that number, however it was written. */
export async function mustBeNew(
  change: Change,
  siteId: SiteId,
  phone: string,
  besides: { id: CallId } | null,
): Promise<void> {
  const live = await change.db
    .selectFrom('calls')
    .select(['id', 'callback_phone'])
    .where('site_id', '=', siteId)
    .where('callback_kind', 'is not', null)
    .where('state', '<>', literal.ended)
    .execute();
  const same = live.some(
    call =>
      call.id !== besides?.id &&
      call.callback_phone !== null &&
      digitsOf(call.callback_phone) === digitsOf(phone),
  );
  if (same)
    throw new CallError('number-known', 'We have this number already, and will call it. Nothing more to do.');
}

const digitsOf = (phone: string) => phone.replaceAll(/\D/g, '');
