/** A network that has only IPv6, made by the kernel for these tests alone. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { warningAboutIpv6 } from '../../../server/start-message.ts';
import { freshPlace } from '../../support/engines.ts';
import { ServerProcess } from '../../support/server-process.ts';
import { onIpv6Network } from '../../support/surroundings.ts';

const run = promisify(execFile);
const address = 'fd00:7a1c::2';

test('P70 in a network with only IPv6 the page, the signaling and the sound both ways work', async () => {
  const script = path.resolve(import.meta.dirname, '../../support/ipv6-call.ts');
  const [program = '', ...rest] = [...onIpv6Network(address), process.execPath, script, address];
  const { stdout } = await run(program, rest);
  const heard = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as {
    page: number;
    shopper: number;
    rep: number;
    candidates: string[];
    welcome: string;
  };
  expect(heard.page).toBe(200);
  expect(Math.abs(heard.shopper - 440)).toBeLessThan(15);
  expect(Math.abs(heard.rep - 660)).toBeLessThan(15);
  expect(new Set(heard.candidates)).toEqual(new Set([address, '::1']));
  expect(heard.welcome).toContain(`https://[${address}]:`);
  expect(heard.welcome).not.toContain('only IPv6');
});

test('P71 with the settings for IPv4 there, the start says what to set', async () => {
  const place = await freshPlace('SQLite');
  const { code, err } = await ServerProcess.fails(place, {
    within: onIpv6Network(address),
    environment: { HOST: '0.0.0.0', RTC_LISTEN_ADDRESS: '0.0.0.0', ANNOUNCED_ADDRESS: '' },
  });
  expect(code).toBe(1);
  expect(err).toContain('only IPv6 addresses');
  expect(err).toContain('Start with HOST=:: and RTC_LISTEN_ADDRESS=::.');
  await place.remove();
});

test.each<[string, Parameters<typeof warningAboutIpv6>[0], string[], RegExp]>([
  [
    'only IPv6 there, and IPv4 asked for',
    listens('0.0.0.0', '203.0.113.7'),
    ['2001:db8::5'],
    /Start with HOST=::/,
  ],
  [
    'a page by IPv6, and sound by IPv4 only',
    listens('::'),
    ['192.0.2.1', '2001:db8::5'],
    /RTC_LISTEN_ADDRESS=:: as well/,
  ],
  ['both by IPv6', listens('::', undefined, '::'), ['192.0.2.1', '2001:db8::5'], /^$/],
  ['a name that may be either', listens('::', 'talk.shop.example'), ['2001:db8::5'], /^$/],
  ['no IPv6 at all', listens('::'), ['192.0.2.1'], /^$/],
  ['IPv4 asked for on both', listens('0.0.0.0'), ['192.0.2.1', '2001:db8::5'], /^$/],
])('P71 the start warns where callers by IPv6 would miss something: %s', (_what, config, local, words) => {
  expect(warningAboutIpv6(config, local)).toMatch(words);
});

function listens(host: string, announced?: string, rtcListenAddress = '0.0.0.0') {
  return { host, rtcListenAddress, announcedAddresses: announced ? [announced] : [] };
}
