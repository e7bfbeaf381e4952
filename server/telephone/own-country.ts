/** Which country a shop is in, as far as its time zone tells. */
import { type CountryCode, getCountries } from 'libphonenumber-js/max';

let known: Map<string, CountryCode> | undefined;

/** Each zone belongs to one country by CLDR, which the runtime brings along. */
function zones(): Map<string, CountryCode> {
  known ??= new Map(
    getCountries().flatMap(country => zonesOf(country).map(zone => [zone, country] as const)),
  );
  return known;
}

/** Newer runtimes have a method, older ones a property; one that has neither knows no country. */
function zonesOf(country: CountryCode): string[] {
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
    getTimeZones?: () => string[] | undefined;
  };
  return locale.getTimeZones?.() ?? [];
}

const serverZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Null where the zone names no country, such as UTC. `timeZone`: IANA; the server's own when left out. */
export function countryOf(timeZone: string = serverZone): CountryCode | null {
  const found = zones().get(timeZone);
  if (found) return found;
  // Europe/Kiev and Europe/Kyiv are one zone; the runtime lists only one of the names.
  const canonical = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  return zones().get(canonical) ?? null;
}
