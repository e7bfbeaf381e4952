import { SqliteQueryCompiler } from 'kysely';

/**
 * Writes `likely(?)` for a value, which is `?` to whoever runs the statement. SQLite since 3.47 looks at a bare `?` that is
 * compared while it plans a join or a limit, and from then on plans the statement anew each time a value is bound: ten times
 * what running it takes. Nothing here gets a better plan by that; `SQLITE_DBCONFIG_ENABLE_QPSG`, which turns it off, cannot
 * be reached from Node.
 */
export class PlannedOnceCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return 'likely(?)';
  }
}
