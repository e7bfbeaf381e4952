/** What the person at the terminal reads once the server runs. */
import { isIPv6 } from 'node:net';
import { inUrl, reachOf } from '../shared/addresses.ts';
import type { AcmeReport } from '../shared/api/server.ts';
import { inEnglish } from '../shared/refusals-in-english.ts';
import type { Config } from './config.ts';
import { linkUrl } from './identity/links.ts';
import { addressesReachedBy, localAddresses } from './media/addresses.ts';

type Running = {
  ports: { http: number; https: number };
  setUpToken: string | null;
  acme?: AcmeReport | null;
};

/** The addresses, the one-time link on a line of its own, and what to do first. */
export function welcomeText(
  config: Pick<Config, 'publicUrl' | 'host' | 'rtcListenAddress' | 'announcedAddresses'>,
  { ports, setUpToken, acme = null }: Running,
): string {
  const { publicUrl } = config;
  const home = publicUrl ?? `http://localhost:${ports.http}`;
  // The authority's certificate is for its names alone.
  const lan = acme?.until
    ? []
    : addressesReachedBy(config.host).map(address => `https://${inUrl(address)}:${ports.https}`);
  const warning = warningAboutIpv6(config) || warningAbout(home, publicUrl === null, ports);
  const lines = [
    '',
    'Talk to Us is running.',
    '',
    `  Demo shop        ${home}/`,
    `  Rep console      ${home}/rep`,
    ...lan.map(
      (url, index) => `  ${index === 0 ? 'On your network ' : '                '} ${url}/  (and /rep)`,
    ),
  ];
  if (setUpToken)
    lines.push(
      '',
      'First, make your account with this link. It works once, for 24 hours:',
      '',
      linkUrl(home, setUpToken),
      '',
      'Then go available in the console, open the demo shop in another window, and press "Talk to us".',
    );
  else lines.push('', 'Sign in to the console, go available, and calls from your shop will ring there.');
  if (lan.length > 0)
    lines.push(
      'Other devices warn about the certificate once, because this machine made it itself: accept it there.',
    );
  if (acme) lines.push('', aboutCertificate(acme));
  if (warning) lines.push('', warning);
  return `${[...lines, '', 'Stop with Ctrl-C.', ''].join('\n')}\n`;
}

/** Whether browsers accept the address already, and if not, what it waits for. */
function aboutCertificate({ domains, until, failure }: AcmeReport): string {
  const names = domains.join(', ');
  const time = (ms: number) => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const next = failure
    ? `\n${failure.told.map(inEnglish).join(' ')}\nIt is asked for again at ${time(failure.nextTryAt)}.`
    : '';
  if (until) return `The certificate for ${names} is good until ${time(until)} and renewed by itself.${next}`;
  if (failure) return `There is no certificate for ${names} yet, so that browsers warn.${next}`;
  return `A certificate for ${names} is being asked for; browsers warn until it is there. The log tells when, or what is missing.`;
}

/** Why shoppers elsewhere could not use that address, and what to do; empty where they can. */
function warningAbout(home: string, isDefault: boolean, ports: Running['ports']): string {
  const { hostname, protocol, port } = new URL(home);
  if (protocol === 'https:' && port === String(ports.http))
    return `PUBLIC_URL cannot work: port ${port} is the one without encryption. Use https://${hostname}:${ports.https}, or a web server in front of it.`;
  if (isDefault)
    return 'Shoppers elsewhere cannot open localhost: before you put the button on your shop, set PUBLIC_URL to the address that they will use.';
  if (reachOf(hostname) !== 'everywhere')
    return `PUBLIC_URL (${home}) works in your own network only; shoppers elsewhere cannot open it.`;
  if (protocol === 'http:')
    return 'PUBLIC_URL is not encrypted: browsers give pages without https no microphone. Use an address that begins with https://.';
  return '';
}

/** Who has IPv6 alone would see no page, or hear nothing; empty where that is well. `local`: of this machine. */
export function warningAboutIpv6(
  {
    host,
    rtcListenAddress,
    announcedAddresses,
  }: Pick<Config, 'host' | 'rtcListenAddress' | 'announcedAddresses'>,
  local = localAddresses(),
): string {
  const hasIpv6 = local.some(isIPv6);
  if (host === '0.0.0.0' && hasIpv6 && local.every(isIPv6))
    return 'This machine has only IPv6 addresses, which HOST=0.0.0.0 leaves out: nobody else can reach it. Start with HOST=:: and RTC_LISTEN_ADDRESS=::.';
  const media = announcedAddresses.length > 0 ? announcedAddresses : [rtcListenAddress];
  if (
    isIPv6(host) &&
    host !== '::1' &&
    hasIpv6 &&
    !media.some(address => isIPv6(address) || !/^[\d.]+$/.test(address))
  )
    return 'Callers who have only IPv6 see the page but hear nothing. Start with RTC_LISTEN_ADDRESS=:: as well, and with an IPv6 address in ANNOUNCED_ADDRESS if you set that.';
  return '';
}
