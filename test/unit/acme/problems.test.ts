import { expect, test } from 'vitest';
import { AcmeError, refusalOf, toldOf } from '../../../server/acme/problems.ts';
import { readProblem } from '../../../server/acme/requests.ts';
import { inEnglish } from '../../../shared/refusals-in-english.ts';

const place = {
  domains: ['voice.shop.example', 'www.shop.example'],
  directory: 'https://ca.example/directory',
  httpPort: 8080,
};
const inWords = (error: AcmeError, of: typeof place) => toldOf(error, of).map(inEnglish).join(' ');
const words = (told: object, domain: string | null = 'voice.shop.example') =>
  inWords(refusalOf(readProblem(told), { domain }), place);
const type = (name: string) => `urn:ietf:params:acme:error:${name}`;

test.each([
  ['dns', /^The name voice\.shop\.example leads nowhere yet\..*A record.*ACME_DOMAIN/],
  ['connection', /^Port 80 of voice\.shop\.example cannot be reached from outside\..*port 8080/],
  ['unauthorized', /^At voice\.shop\.example, port 80, another server answers than this one\./],
  ['incorrectResponse', /another server answers/],
  ['caa', /^A CAA record of voice\.shop\.example allows other/],
  ['rejectedIdentifier', /^ca\.example gives no certificate for voice\.shop\.example:.*ACME_DOMAIN/],
  ['rateLimited', /^ca\.example was asked too often for voice\.shop\.example/],
  ['externalAccountRequired', /^ca\.example takes no account.*ACME_DIRECTORY/],
  ['invalidContact', /ACME_EMAIL/],
  ['serverInternal', /^No certificate for voice\.shop\.example could be had from ca\.example: why/],
  ['ofTomorrow', /could be had from ca\.example: why/],
])('H273 the refusal %s becomes words that say what to do', (name, expected) => {
  const told = words({ type: type(name), detail: 'why' });
  expect(told).toMatch(expected);
  expect(told).toContain('why');
});

test('H273 of a refusal of several names the one that is wrong is told', () => {
  const subproblems = [
    { type: type('caa'), detail: 'CAA forbids', identifier: { type: 'dns', value: 'www.shop.example' } },
  ];
  expect(words({ type: type('compound'), detail: 'several', subproblems }, null)).toMatch(
    /^A CAA record of www\.shop\.example/,
  );
});

test('H273 what an authority says is shown in one line of at most 300 characters, and what it does not say is no failure of ours', () => {
  const told = words({ type: type('dns'), detail: `first\n\u001b[31mlast ${'x'.repeat(5_000)}` });
  expect(told).not.toMatch(/\p{Cc}/u);
  expect(told.length).toBeLessThan(700);
  expect(words({ type: 3 })).toContain('it gave no reason');
  expect(inWords(new AcmeError('rate-limited', { detail: '' }), place)).not.toContain('says');
});
