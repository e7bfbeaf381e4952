/** At level `trace` every statement is logged: its text and time, never its values, which are about people. */
import type { KyselyConfig } from 'kysely';
import type { Logger } from 'pino';

export function statementLog(log: Logger): Pick<KyselyConfig, 'log'> {
  if (!log.isLevelEnabled('trace')) return {};
  return {
    log: ({ query, queryDurationMillis }) =>
      log.trace({ sql: query.sql, ms: Number(queryDurationMillis.toFixed(2)) }, 'statement'),
  };
}
