/** A store of either engine that can be taken away from a running server, and given back. */
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { sqliteFileName } from '../../../server/store/sqlite.ts';
import { type Engine, freshPlace } from '../../support/engines.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';

export type BreakableStore = {
  /** For a server that is to be started; null for the file in its data folder. */
  databaseUrl: string | null;
  /** From now on nothing can be written. `dataDir`: of the server. */
  takeAway(dataDir: string): void;
  giveBack(): void;
  remove(): Promise<void>;
};

export async function breakableStore(engine: Engine): Promise<BreakableStore> {
  if (engine === 'SQLite') {
    let lock: SqliteDatabase.Database | undefined;
    return {
      databaseUrl: null,
      takeAway(dataDir) {
        lock = new SqliteDatabase(path.join(dataDir, sqliteFileName));
        lock.exec('begin immediate');
      },
      giveBack: () => void lock?.close(),
      remove: async () => undefined,
    };
  }
  const place = await freshPlace(engine);
  const url = new URL(place.databaseUrl ?? '');
  const proxy = await startTcpProxy(Number(url.port));
  url.port = String(proxy.port);
  return {
    databaseUrl: url.href,
    takeAway: () => proxy.swallow(),
    giveBack() {
      proxy.cut();
      proxy.mend();
    },
    async remove() {
      await proxy.close();
      await place.remove();
    },
  };
}
