/**
 * Logs: one structured line for each step in the life of a server or a call (`info`), bound to what it is
 * about with `log.child({ site, call, rep })`. Names, addresses, carts and tokens stay out.
 */
import { type DestinationStream, type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import type { Config } from './config.ts';

/** Replaced wherever they stand in a logged object, one level deep too; a guard, not a licence to log them. */
const secretFields = [
  'token',
  'ticket',
  'password',
  'password_hash',
  'cookie',
  'authorization',
  'secret',
  'tokenKey',
  'credential',
];
const redacted = [
  ...secretFields.flatMap(field => [field, `*.${field}`, `*.*.${field}`]),
  'headers["set-cookie"]',
  '*.headers["set-cookie"]',
];

/**
 * The root logger. `destination` is where lines go, standard output unless a test wants to read them.
 * Pretty lines are written at once, so that the last words of a dying process are not lost.
 */
export function createLog(
  { logLevel, logPretty }: Pick<Config, 'logLevel' | 'logPretty'>,
  destination?: DestinationStream,
): Logger {
  const forPeople = logPretty === 'on' || (logPretty === 'auto' && process.stdout.isTTY);
  const options = {
    level: logLevel,
    base: undefined,
    redact: { paths: redacted, censor: '[kept secret]' },
  };
  if (forPeople) {
    const stream = pretty({
      sync: true,
      translateTime: 'SYS:HH:MM:ss',
      ...(destination ? { destination } : {}),
    });
    return pino(options, stream);
  }
  return destination ? pino(options, destination) : pino(options);
}
