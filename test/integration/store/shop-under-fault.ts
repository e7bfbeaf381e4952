/** A whole server with one rep and one visitor, while something happens to its store. */
import { pino } from 'pino';
import { expect } from 'vitest';
import type { RepView, ShopperView } from '../../../shared/views.ts';
import { RepAccount } from '../../support/rep-account.ts';
import { startTestServer } from '../../support/server.ts';
import type { LogLine, ServerProcess } from '../../support/server-process.ts';
import { SignalingClient } from '../../support/signaling-client.ts';
import { until } from '../../support/until.ts';

const error = 50;

/** A server that runs, and what it logged. */
type Ground = { origin: string; account: RepAccount; log(): LogLine[]; close(): Promise<void> };

export class ShopUnderFault {
  readonly origin: string;
  readonly visitor: SignalingClient<ShopperView>;
  readonly rep: SignalingClient<RepView>;
  readonly #ground: Ground;

  private constructor(ground: Ground, visitor: SignalingClient<ShopperView>, rep: SignalingClient<RepView>) {
    this.origin = ground.origin;
    this.#ground = ground;
    this.visitor = visitor;
    this.rep = rep;
  }

  /** @param databaseUrl null for the file in the data folder */
  static async open(databaseUrl: string | null): Promise<ShopUnderFault & { dataDir: string }> {
    const logged: LogLine[] = [];
    const log = pino({ level: 'warn' }, { write: line => void logged.push(JSON.parse(line) as LogLine) });
    const server = await startTestServer({
      workers: 1,
      log,
      ...(databaseUrl ? { environment: { DATABASE_URL: databaseUrl } } : {}),
    });
    const account = await server.addRep('Ana');
    const { origin, dataDir, close } = server;
    return Object.assign(await ShopUnderFault.on({ origin, account, log: () => logged, close }), { dataDir });
  }

  /** In a process of its own, which has no account yet. */
  static async around(server: ServerProcess): Promise<ShopUnderFault> {
    const person = { name: 'Ana', email: 'ana@shop.example', password: 'a good long password' };
    const account = await RepAccount.make(server.origin, server.setUpToken ?? '', person);
    const { origin } = server;
    return ShopUnderFault.on({ origin, account, log: () => server.log(), close: () => server.kill() });
  }

  private static async on(ground: Ground): Promise<ShopUnderFault> {
    const { client: rep } = await SignalingClient.rep(ground.origin, ground.account);
    await rep.request('rep.status', { status: 'available' });
    const { client: visitor } = await SignalingClient.shopper(ground.origin);
    return new ShopUnderFault(ground, visitor, rep);
  }

  async close(): Promise<void> {
    this.visitor.close();
    this.rep.close();
    await this.#ground.close();
  }

  /** The rep, signed in as before, finds another server on the same data. */
  async comesBackTo(origin: string): Promise<void> {
    const { client } = await SignalingClient.rep(origin, this.#ground.account);
    await client.request('rep.status', { status: 'away' });
    await client.until(view => view.status === 'away');
    client.close();
  }

  /** The failing part of `/readyz` and what is wrong with it; empty when ready. The answer waits for nothing. */
  async readiness(): Promise<string> {
    const answer = await fetch(`${this.origin}/readyz`, { signal: AbortSignal.timeout(5_000) });
    const body = (await answer.json()) as { failing?: { part: string; problem?: string }[] };
    return (body.failing ?? []).map(({ part, problem }) => `${part} ${problem}`).join(', ');
  }

  async availability(): Promise<string> {
    const answer = await fetch(`${this.origin}/api/sites/demo/availability`, {
      headers: { origin: 'https://a-shop.example' },
    });
    const body = (await answer.json()) as { availability?: string; error?: { code: string } };
    return body.error ? `${answer.status} ${body.error.code}` : String(body.availability);
  }

  /** Lines of level error about the store, and all others of that level. */
  errors(): { store: string[]; others: string[] } {
    const errors = this.#ground.log().filter(line => line.level >= error);
    return {
      store: errors.flatMap(line => line.trouble ?? []),
      others: errors.filter(line => !line.trouble).map(line => line.msg),
    };
  }

  /** Within five seconds everybody is told the truth, and nobody is kept waiting. */
  async becomesIll(problem: string): Promise<void> {
    await until(async () => (await this.readiness()) === `database ${problem}`, { withinMs: 5_000 });
    await this.visitor.until(view => 'availability' in view && view.availability === 'store-down');
    await this.rep.until(view => view.storeDown === true);
    expect(await this.availability()).toBe('503 store-down');
    await expect(
      this.visitor.request('call.start', { context: {}, rtpCapabilities: { codecs: [] } }),
    ).rejects.toThrow(/store-down/);
    await expect(this.rep.request('rep.status', { status: 'away' })).rejects.toThrow(/store-down/);
    await expect(SignalingClient.shopper(this.origin)).rejects.toThrow(/store-down/);
  }

  /** Within thirty seconds of the cure all is as before, without a restart. */
  async becomesWell(): Promise<void> {
    await until(async () => (await this.readiness()) === '', { withinMs: 30_000, everyMs: 50 });
    await this.rep.until(view => view.storeDown === undefined);
    await this.visitor.until(view => 'availability' in view && view.availability !== 'store-down');
    // Changes are written, and clicks are decided: this rep has no microphone.
    for (const status of ['away', 'available'] as const) {
      await this.rep.request('rep.status', { status });
      await this.rep.until(view => view.status === status);
    }
    const { client } = await SignalingClient.shopper(this.origin);
    const click = client.request('call.start', { context: {}, rtpCapabilities: { codecs: [] } });
    await expect(click).rejects.toThrow(/no-rep/);
    client.close();
  }
}
