/** Every option of the server: one table over the environment, from which the documentation is checked. */
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { domainToASCII } from 'node:url';
import { z } from 'zod';
import {
  folder,
  isHost,
  isIssuer,
  isPostgresUrl,
  isPublicName,
  isWebOrigin,
  listed,
  onOff,
  parseIceServers,
  portNumber,
  wholeNumber,
} from './config-values.ts';
import type { ProviderSettings } from './identity/sign-in-provider.ts';

/** `value`: what stands for "not set", as one would write it. `secret`: never shown in a message. */
type Option<T> = {
  value: string;
  unit: string;
  description: string;
  secret?: true;
  schema: z.ZodType<T, string>;
};
const option = <T>(definition: Option<T>): Option<T> => definition;

const cores = availableParallelism();

/** The table. Keys are the names of environment variables; an empty value counts as not set. */
export const options = {
  PORT: option({
    value: '8080',
    unit: 'port',
    description: 'Where HTTP listens, 80 with ACME_DOMAIN; 0 takes any free port',
    schema: portNumber(8080),
  }),
  HTTPS_PORT: option({
    value: '8443',
    unit: 'port',
    description: 'Where HTTPS listens, 443 with ACME_DOMAIN; 0 takes any free port',
    schema: portNumber(8443),
  }),
  HOST: option({
    value: '0.0.0.0',
    unit: 'address',
    description:
      'The address of this machine to listen on; :: is all with IPv6, 127.0.0.1 hides the server from the network',
    schema: z
      .string()
      .refine(
        isHost,
        'write an address of this machine, such as 0.0.0.0 (all), :: (all, with IPv6) or 127.0.0.1',
      ),
  }),
  DATA_DIR: option({
    value: 'data',
    unit: 'folder',
    description: 'Where the secrets are kept, and the database unless DATABASE_URL is set: back it up',
    schema: folder('data'),
  }),
  DATABASE_URL: option({
    value: '',
    unit: 'URL',
    description:
      'A PostgreSQL database, 15 or newer, such as postgres://user:password@host:5432/talk. Empty keeps everything in a file in DATA_DIR',
    secret: true,
    schema: z
      .string()
      .refine(
        text => text === '' || isPostgresUrl(text),
        'write it as postgres://user:password@host:5432/database',
      )
      .transform(text => (text === '' ? null : text)),
  }),
  CERTS_DIR: option({
    value: 'certs',
    unit: 'folder',
    description: 'Where the TLS key and certificate are kept, made on the first run',
    schema: folder('certs'),
  }),
  ACME_DOMAIN: option({
    value: '',
    unit: 'names',
    description:
      'Public names of this server, with commas between them: it gets a certificate for them and renews it, which needs ports 80 and 443. To set it is to agree to the terms of the authority',
    schema: z
      .string()
      .transform(text => listed(text).map(name => domainToASCII(name.toLowerCase()) || name))
      .refine(
        names => names.length <= 100 && names.every(isPublicName),
        'write whole public names, with commas between them, such as voice.shop.example',
      ),
  }),
  ACME_EMAIL: option({
    value: '',
    unit: 'address',
    description: 'Where the authority of ACME_DOMAIN may write to; empty gives none',
    schema: z
      .string()
      .refine(
        text => text === '' || /^[^\s@,?]+@[^\s@,?]+\.[^\s@,?]+$/.test(text),
        'write one address, such as it@shop.example',
      )
      .transform(text => text || null),
  }),
  ACME_DIRECTORY: option({
    value: 'https://acme-v02.api.letsencrypt.org/directory',
    unit: 'URL',
    description: "Who gives the certificate of ACME_DOMAIN: an authority's ACME directory (RFC 8555)",
    schema: z
      .string()
      .refine(
        text => URL.parse(text)?.protocol === 'https:',
        'write an address that begins with https://, such as https://acme-v02.api.letsencrypt.org/directory',
      )
      .transform(text => URL.parse(text)?.href ?? text),
  }),
  WORKERS: option({
    value: 'auto',
    unit: 'processes',
    description: 'Media worker processes; auto is one per core',
    schema: z
      .string()
      .refine(
        text => text === 'auto' || (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 256),
        'write a whole number from 1 to 256, or auto for one per core',
      )
      .transform(text => (text === 'auto' ? cores : Number(text))),
  }),
  RTC_PORT: option({
    value: '44400',
    unit: 'port',
    description:
      'First media port, UDP and TCP; worker n (from 0) uses RTC_PORT + n. Open them in the firewall',
    schema: wholeNumber(1, 65_535, 'write a port from 1 to 65535, such as 44400'),
  }),
  RTC_LISTEN_ADDRESS: option({
    value: '0.0.0.0',
    unit: 'IP address',
    description: 'The address of this machine to take media on; 0.0.0.0 is all of them, :: those of IPv6 too',
    schema: z
      .string()
      .refine(
        text => isIP(text) !== 0,
        'write an IP address of this machine, such as 192.168.1.10, 0.0.0.0 for all, or :: for all with those of IPv6',
      ),
  }),
  ANNOUNCED_ADDRESS: option({
    value: '',
    unit: 'addresses',
    description:
      'What browsers are told to send media to, when that is not an address of this machine (NAT, container); several with commas. Empty detects it',
    schema: z
      .string()
      .transform(listed)
      .refine(
        parts => parts.every(isHost),
        'write IP addresses or host names, with commas between them, such as 203.0.113.7',
      ),
  }),
  PUBLIC_URL: option({
    value: '',
    unit: 'URL',
    description:
      'The address people open when it is not one of this machine, as behind a proxy; the first name of ACME_DOMAIN if that is set',
    schema: z
      .string()
      .refine(
        text => text === '' || isWebOrigin(text),
        'write only scheme, name and port, such as https://talk.shop.example',
      )
      .transform(text => (text === '' ? null : new URL(text).origin)),
  }),
  SHOP_ORIGINS: option({
    value: '',
    unit: 'origins',
    description:
      'Shops on other origins that may embed the button, with commas between them, such as https://shop.example. Empty leaves what was set before',
    schema: z
      .string()
      .transform(listed)
      .refine(
        parts => parts.every(isWebOrigin),
        'write scheme and name of each shop with commas between them, such as https://shop.example,https://www.shop.example',
      )
      .transform(parts => parts.map(part => new URL(part).origin)),
  }),
  PUSH_SERVICES: option({
    value: '',
    unit: 'origins',
    description:
      'Push services that this server may ask to wake a closed page, beside those of Chrome, Edge, Firefox and Safari, with commas between them',
    schema: z
      .string()
      .transform(listed)
      .refine(
        parts => parts.every(part => isWebOrigin(part) && part.startsWith('https:')),
        'write https:// and the name of each service with commas between them, such as https://push.example',
      )
      .transform(parts => parts.map(part => new URL(part).origin)),
  }),
  TRUST_PROXY: option({
    value: 'off',
    unit: 'on, off',
    description:
      'on believes the X-Forwarded headers of the one proxy in front; never turn it on without such a proxy',
    schema: onOff,
  }),
  ICE_SERVERS: option({
    value: '[]',
    unit: 'JSON',
    description: 'STUN and TURN servers for browsers, in the format of RTCIceServer',
    secret: true,
    schema: z
      .string()
      .refine(
        text => parseIceServers(text) !== null,
        'write a JSON list such as [{"urls":"turn:turn.shop.example:3478","username":"u","credential":"c"}]',
      )
      .transform(text => parseIceServers(text) ?? []),
  }),
  METRICS_TOKEN: option({
    value: '',
    unit: 'text',
    description:
      'Who shows it as a bearer token may read /metrics from anywhere; empty lets only this machine and private networks',
    secret: true,
    schema: z
      .string()
      .refine(text => text === '' || text.length >= 16, 'write at least 16 characters, or leave it empty')
      .transform(text => (text === '' ? null : text)),
  }),
  OIDC_ISSUER: option({
    value: '',
    unit: 'URL',
    description:
      'A provider by which people sign in (OpenID Connect), such as https://accounts.google.com. Needs the three below too; empty for none',
    schema: z
      .string()
      .refine(
        text => text === '' || isIssuer(text),
        'write the address of the provider as it gives it, with https:// (http:// only on this machine or a private network)',
      ),
  }),
  OIDC_CLIENT_ID: option({
    value: '',
    unit: 'text',
    description: 'What the provider calls this server',
    schema: z.string(),
  }),
  OIDC_CLIENT_SECRET: option({
    value: '',
    unit: 'text',
    description: 'What this server proves itself with to the provider',
    secret: true,
    schema: z.string(),
  }),
  OIDC_NAME: option({
    value: '',
    unit: 'text',
    description: 'What people know the provider as, for the button “Sign in with …”',
    schema: z.string().max(40, 'write at most 40 characters'),
  }),
  LOG_LEVEL: option({
    value: 'info',
    unit: 'level',
    description: 'The least important lines to log: fatal, error, warn, info, debug, trace, or silent',
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'write one of fatal, error, warn, info, debug, trace, silent',
    }),
  }),
  LOG_PRETTY: option({
    value: 'auto',
    unit: 'auto, on, off',
    description:
      'Lines for people (on) or JSON for programs (off); auto looks whether a terminal is attached',
    schema: z.enum(['auto', 'on', 'off'], { error: 'write auto, on or off' }),
  }),
};

type OptionName = keyof typeof options;
type Values = { [Name in OptionName]: z.output<(typeof options)[Name]['schema']> };

/** The options, read and checked. Ports and sizes are numbers, folders absolute paths. */
export type Config = {
  port: Values['PORT'];
  httpsPort: Values['HTTPS_PORT'];
  host: Values['HOST'];
  dataDir: Values['DATA_DIR'];
  /** Null stands for the embedded engine. */
  databaseUrl: Values['DATABASE_URL'];
  certsDir: Values['CERTS_DIR'];
  /** Empty where the server gets no certificate for itself. */
  acmeDomains: Values['ACME_DOMAIN'];
  acmeEmail: Values['ACME_EMAIL'];
  acmeDirectory: Values['ACME_DIRECTORY'];
  workers: Values['WORKERS'];
  rtcPort: Values['RTC_PORT'];
  rtcListenAddress: Values['RTC_LISTEN_ADDRESS'];
  announcedAddresses: Values['ANNOUNCED_ADDRESS'];
  publicUrl: Values['PUBLIC_URL'];
  shopOrigins: Values['SHOP_ORIGINS'];
  pushServices: Values['PUSH_SERVICES'];
  trustProxy: Values['TRUST_PROXY'];
  iceServers: Values['ICE_SERVERS'];
  metricsToken: Values['METRICS_TOKEN'];
  /** Null for none. */
  oidc: ProviderSettings | null;
  logLevel: Values['LOG_LEVEL'];
  logPretty: Values['LOG_PRETTY'];
};

/** One option that is wrong, and what to write instead. */
export type ConfigProblem = { name: string; message: string };

/** The environment holds values that cannot be used; the message lists all of them, one a line. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];
  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(problem => problem.message).join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Read every option. Throws `ConfigError` with all problems at once. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const problems: ConfigProblem[] = [];
  const read = <Name extends OptionName>(name: Name): Values[Name] => {
    const { schema, value, secret } = options[name];
    const given = environment[name]?.trim() || value;
    const result = schema.safeParse(given);
    if (result.success) return result.data as Values[Name];
    const what = secret ? `${name} cannot be used` : `${name} is "${given.slice(0, 80)}"`;
    problems.push({ name, message: `${what}: ${result.error.issues[0]?.message}.` });
    return schema.parse(value) as Values[Name];
  };

  const acmeDomains = read('ACME_DOMAIN');
  const [name] = acmeDomains;
  const isSet = (name: OptionName) => Boolean(environment[name]?.trim());

  const config: Config = {
    port: name && !isSet('PORT') ? 80 : read('PORT'),
    httpsPort: name && !isSet('HTTPS_PORT') ? 443 : read('HTTPS_PORT'),
    host: read('HOST'),
    dataDir: read('DATA_DIR'),
    databaseUrl: read('DATABASE_URL'),
    certsDir: read('CERTS_DIR'),
    acmeDomains,
    acmeEmail: read('ACME_EMAIL'),
    acmeDirectory: read('ACME_DIRECTORY'),
    workers: read('WORKERS'),
    rtcPort: read('RTC_PORT'),
    rtcListenAddress: read('RTC_LISTEN_ADDRESS'),
    announcedAddresses: read('ANNOUNCED_ADDRESS'),
    publicUrl: read('PUBLIC_URL') ?? (name ? `https://${name}` : null),
    shopOrigins: read('SHOP_ORIGINS'),
    pushServices: read('PUSH_SERVICES'),
    trustProxy: read('TRUST_PROXY'),
    iceServers: read('ICE_SERVERS'),
    metricsToken: read('METRICS_TOKEN'),
    oidc: allOrNone(
      {
        OIDC_ISSUER: read('OIDC_ISSUER'),
        OIDC_CLIENT_ID: read('OIDC_CLIENT_ID'),
        OIDC_CLIENT_SECRET: read('OIDC_CLIENT_SECRET'),
        OIDC_NAME: read('OIDC_NAME'),
      },
      problems,
    ),
    logLevel: read('LOG_LEVEL'),
    logPretty: read('LOG_PRETTY'),
  };
  if (problems.length === 0) problems.push(...clashes(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** A sign-in provider needs all of its options. */
function allOrNone(
  given: Record<'OIDC_ISSUER' | 'OIDC_CLIENT_ID' | 'OIDC_CLIENT_SECRET' | 'OIDC_NAME', string>,
  problems: ConfigProblem[],
): ProviderSettings | null {
  const names = Object.keys(given) as (keyof typeof given)[];
  const missing = names.filter(name => given[name] === '');
  const [first] = missing;
  if (first === undefined)
    return {
      ...{ issuer: given.OIDC_ISSUER, clientId: given.OIDC_CLIENT_ID },
      ...{ clientSecret: given.OIDC_CLIENT_SECRET, name: given.OIDC_NAME },
    };
  // One that is wrong reads as missing, and is told already.
  if (missing.length < names.length && !problems.some(({ name }) => name in given))
    problems.push({
      name: first,
      message: `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not set: a sign-in provider needs all of ${names.join(', ')}.`,
    });
  return null;
}

/** Values that are good each but not together. */
function clashes({ port, httpsPort, rtcPort, workers }: Config): ConfigProblem[] {
  const found: ConfigProblem[] = [];
  const lastRtcPort = rtcPort + workers - 1;
  if (port !== 0 && port === httpsPort) {
    found.push({
      name: 'HTTPS_PORT',
      message: `PORT and HTTPS_PORT are both ${port}: give each a port of its own.`,
    });
  }
  if (lastRtcPort > 65_535) {
    found.push({
      name: 'RTC_PORT',
      message: `RTC_PORT is ${rtcPort}, and ${workers} workers would go past 65535: write ${65_536 - workers} or less.`,
    });
  }
  for (const [name, value] of [
    ['PORT', port],
    ['HTTPS_PORT', httpsPort],
  ] as const) {
    if (value >= rtcPort && value <= lastRtcPort) {
      const range = `${rtcPort} to ${lastRtcPort}`;
      found.push({
        name,
        message: `${name} is ${value}, but media uses ${range}: change ${name} or RTC_PORT.`,
      });
    }
  }
  return found;
}
