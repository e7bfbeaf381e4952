/** A server on one engine for tests of accounts and their people, anew for each of them. */
import { afterEach, beforeEach } from 'vitest';
import { runAccountCommand } from '../../server/operator/accounts.ts';
import { openBeside } from '../../server/store/open.ts';
import type { RepId } from '../../shared/ids.ts';
import { type Engine, freshPlace, type Place } from '../support/engines.ts';
import { RepAccount } from '../support/rep-account.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

export const password = 'a good long password';

export let server: TestServer;
let place: Place;

export function accountServer(engine: Engine): void {
  beforeEach(async () => {
    place = await freshPlace(engine);
    server = await startTestServer({ workers: 1, environment: place.environment });
  });
  afterEach(async () => {
    await server.close();
    await place.remove();
  });
}

export const beside = () => openBeside({ databaseUrl: place.databaseUrl, dataDir: server.dataDir });

/** What the operator reads. */
export async function operator(...words: string[]): Promise<string> {
  const db = beside();
  try {
    return await runAccountCommand(db, server.origin, words);
  } finally {
    await db.destroy();
  }
}

export const tokenIn = (text: string) => /#link=([\w-]+)/.exec(text)?.[1] ?? '';

/** Olga is the admin of a second account, with a shop. */
export async function secondAccount(): Promise<RepAccount> {
  const token = tokenIn(await operator('add', 'Second merchant'));
  const olga = await RepAccount.make(server.origin, token, {
    ...{ name: 'Olga', email: 'olga@second.example', password },
  });
  await olga.addSite(server.origin, 'Second shop');
  return olga;
}

type Team = { reps: { id: RepId; name: string }[] };
export const idOf = async (account: RepAccount, name: string) =>
  (await account.read<Team>(server.origin, '/api/team')).reps.find(rep => rep.name === name)?.id;
