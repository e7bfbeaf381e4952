/** What the person at the terminal reads once the server runs. */
import { reachOf } from '../shared/addresses.ts';
import type { Config } from './config.ts';
import { linkUrl } from './identity/links.ts';
import { localAddresses } from './media/addresses.ts';

type Running = { ports: { http: number; https: number }; setUpToken: string | null };

/** The addresses, the one-time link on a line of its own, and what to do first. */
export function welcomeText(
  { publicUrl }: Pick<Config, 'publicUrl'>,
  { ports, setUpToken }: Running,
): string {
  const home = publicUrl ?? `http://localhost:${ports.http}`;
  const lan = localAddresses().map(address => `https://${address}:${ports.https}`);
  const warning = warningAbout(home, publicUrl === null, ports);
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
  if (warning) lines.push('', warning);
  return `${[...lines, '', 'Stop with Ctrl-C.', ''].join('\n')}\n`;
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
