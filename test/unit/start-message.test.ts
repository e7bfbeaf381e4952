import { expect, test } from 'vitest';
import { welcomeText } from '../../server/start-message.ts';

const ports = { http: 8080, https: 8443 };
const listens = { host: '0.0.0.0', rtcListenAddress: '0.0.0.0', announcedAddresses: [] };
const text = (publicUrl: string | null) =>
  welcomeText({ publicUrl, ...listens }, { ports, setUpToken: 'token' });

test.each<[string | null, string]>([
  [null, 'Shoppers elsewhere cannot open localhost'],
  [
    'https://voice.shop.example:8080',
    'port 8080 is the one without encryption. Use https://voice.shop.example:8443',
  ],
  ['https://192.168.1.5:8443', 'works in your own network only'],
  ['http://voice.shop.example', 'browsers give pages without https no microphone'],
])('H254 the start warns of an address that shoppers cannot use: %s', (publicUrl, words) => {
  expect(text(publicUrl)).toContain(words);
});

test('H254 the start says nothing of an address that works, and the link to begin with carries it', () => {
  const good = text('https://voice.shop.example');
  expect(good).not.toMatch(/cannot|only;|no microphone/);
  expect(good).toContain('https://voice.shop.example/rep#link=token');
});
