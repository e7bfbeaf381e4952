/** What the person at the terminal reads once the server runs. */
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
  return `${[...lines, '', 'Stop with Ctrl-C.', ''].join('\n')}\n`;
}
