/** A whole server with one rep and one visitor, while something happens to its store. */
import { pino } from 'pino';
import { expect } from 'vitest';
import type { RepView, ShopperView } from '../../../shared/views.ts';
import type { RepAccount } from '../../support/rep-account.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { SignalingClient } from '../../support/signaling-client.ts';
import { until } from '../../support/until.ts';

type Line = { level: number; msg: string; trouble?: string };
const error = 50;

export class ShopUnderFault {
  readonly server: TestServer;
  readonly account: RepAccount;
  readonly visitor: SignalingClient<ShopperView>;
  readonly rep: SignalingClient<RepView>;
  readonly #logged: Line[];

  private constructor(
    server: TestServer,
    account: RepAccount,
    visitor: SignalingClient<ShopperView>,
    rep: SignalingClient<RepView>,
    logged: Line[],
  ) {
    this.server = server;
    this.account = account;
    this.visitor = visitor;
    this.rep = rep;
    this.#logged = logged;
  }

  /** @param databaseUrl null for the file in the data folder */
  static async open(databaseUrl: string | null, now?: () => number): Promise<ShopUnderFault> {
    const logged: Line[] = [];
    const log = pino({ level: 'warn' }, { write: line => void logged.push(JSON.parse(line) as Line) });
    const server = await startTestServer({
      workers: 1,
      log,
      ...(now ? { now } : {}),
      ...(databaseUrl ? { environment: { DATABASE_URL: databaseUrl } } : {}),
    });
    const account = await server.addRep('Ana');
    const { client: rep } = await SignalingClient.rep(server.origin, account);
    await rep.request('rep.status', { status: 'available' });
    const { client: visitor } = await SignalingClient.shopper(server.origin);
    return new ShopUnderFault(server, account, visitor, rep, logged);
  }

  async close(): Promise<void> {
    this.visitor.close();
    this.rep.close();
    await this.server.close();
  }

  /** The failing part of `/readyz` and what is wrong with it; empty when ready. The answer waits for nothing. */
  async readiness(): Promise<string> {
    const answer = await fetch(`${this.server.origin}/readyz`, { signal: AbortSignal.timeout(5_000) });
    const body = (await answer.json()) as { failing?: { part: string; problem?: string }[] };
    return (body.failing ?? []).map(({ part, problem }) => `${part} ${problem}`).join(', ');
  }

  async availability(): Promise<string> {
    const answer = await fetch(`${this.server.origin}/api/sites/demo/availability`, {
      headers: { origin: 'https://a-shop.example' },
    });
    const body = (await answer.json()) as { availability?: string; error?: { code: string } };
    return body.error ? `${answer.status} ${body.error.code}` : String(body.availability);
  }

  /** Lines of level error about the store, and all others of that level. */
  errors(): { store: string[]; others: string[] } {
    const errors = this.#logged.filter(line => line.level >= error);
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
    await expect(SignalingClient.shopper(this.server.origin)).rejects.toThrow(/store-down/);
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
    const { client } = await SignalingClient.shopper(this.server.origin);
    const click = client.request('call.start', { context: {}, rtpCapabilities: { codecs: [] } });
    await expect(click).rejects.toThrow(/no-rep/);
    client.close();
  }
}
