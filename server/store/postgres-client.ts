/** A connection to PostgreSQL on which nothing waits for ever. */
import pg from 'pg';
import { storeLimits } from './limits.ts';
import { StoreDown, trouble } from './store-error.ts';

/**
 * What the server itself is told to give up; and the isolation that our locks are made for, whatever the database has as its
 * default. As a statement, since a pooler refuses or ignores most of what a session is told when it begins.
 */
export const serverLimits = `set statement_timeout = ${storeLimits.statementMs}; set lock_timeout = ${storeLimits.lockMs};
  set idle_in_transaction_session_timeout = ${storeLimits.idleInTransactionMs};
  set default_transaction_isolation = 'read committed'`;

/** `answerMs`: a question that is not answered by then ends the connection, since nobody knows what comes back on it. */
export type TimedConfig = pg.ClientConfig & { answerMs?: number };

export class TimedClient extends pg.Client {
  constructor(config: TimedConfig = {}) {
    // The pool hands on its own time for waiting under this name.
    super({ ...config, connectionTimeoutMillis: storeLimits.connectMs });
    const answerMs = config.answerMs ?? storeLimits.answerMs;
    const ask = this.query.bind(this) as (...args: unknown[]) => unknown;
    this.query = ((...args: unknown[]) => {
      const answer = ask(...args);
      return answer instanceof Promise ? this.#inTime(answer, answerMs) : answer;
    }) as typeof this.query;
  }

  /** End it at once, without a word to the other side. What waits on it fails. */
  cut(): void {
    const { connection } = this as unknown as { connection: { stream: { destroy(error: Error): void } } };
    connection.stream.destroy(new StoreDown(trouble('no-answer')));
  }

  async #inTime<T>(answer: Promise<T>, ms: number): Promise<T> {
    const timer = setTimeout(() => this.cut(), ms);
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
    }
  }
}
