/** A server, people on it, and a clock that can be pushed on; all gone after each test. */
import type { Logger } from 'pino';
import { onTestFinished } from 'vitest';
import { Rep, Shopper } from './people.ts';
import type { RepAccount } from './rep-account.ts';
import { startTestServer, type TestServer } from './server.ts';
import { SignalingClient } from './signaling-client.ts';
import { until } from './until.ts';
import type { WrtcClient } from './wrtc-client.ts';

const loud = -30;
export const silent = -60;

export class Stage {
  readonly server: TestServer;
  readonly #people: { close(): void }[] = [];
  readonly #clock: { ahead: number };
  #bystander: RepAccount | undefined;

  /** Ended by itself after the test. */
  static async open(environment: Record<string, string> = {}, log?: Logger): Promise<Stage> {
    const clock = { ahead: 0 };
    const server = await startTestServer({
      ...{ now: () => Date.now() + clock.ahead, environment },
      ...(log ? { log } : {}),
    });
    const stage = new Stage(server, clock);
    onTestFinished(() => stage.close());
    return stage;
  }

  private constructor(server: TestServer, clock: { ahead: number }) {
    this.server = server;
    this.#clock = clock;
  }

  get origin(): string {
    return this.server.origin;
  }

  /** Hours pass in no time. The server's timer notices at the next change: a rep who takes no calls looks in. */
  async pass(ms: number): Promise<void> {
    this.#bystander ??= await this.server.addRep('Bystander');
    this.#clock.ahead += ms;
    const { client } = await SignalingClient.rep(this.origin, this.#bystander);
    client.close();
  }

  /** Ready for calls and humming. */
  async rep(name: string, toneHz = 880): Promise<Rep> {
    return this.repAgain(await this.server.addRep(name), toneHz);
  }

  /** The same rep at a new page. */
  async repAgain(account: RepAccount, toneHz = 880): Promise<Rep> {
    const rep = this.here(await Rep.signIn(this.origin, account));
    await rep.goAvailable(toneHz);
    return rep;
  }

  /** In the line, or already ringing. */
  async shopper(toneHz = 440): Promise<Shopper> {
    const shopper = this.here(await Shopper.arrive(this.origin));
    await shopper.call(toneHz);
    return shopper;
  }

  /** A rep and a shopper who hear each other. */
  async talk(): Promise<{ ana: Rep; shopper: Shopper }> {
    const ana = await this.rep('Ana');
    const shopper = await this.shopper();
    await ana.answer();
    await hears(shopper.voice, 880);
    await hears(ana.voice, 440);
    return { ana, shopper };
  }

  here<P extends { close(): void }>(person: P): P {
    this.#people.push(person);
    return person;
  }

  async close(): Promise<void> {
    for (const person of this.#people) person.close();
    await this.server.close();
  }
}

/** Waits until the voice that comes in is that tone, and loud. */
export async function hears(voice: WrtcClient, toneHz: number): Promise<void> {
  await until(
    () => {
      const { frequencyHz, levelDb } = voice.measure('voice');
      return levelDb > loud && Math.abs(frequencyHz - toneHz) < 8;
    },
    { describe: () => voice.measure('voice') },
  );
}

export async function hearsMusic(voice: WrtcClient): Promise<void> {
  await until(() => voice.measure('music').levelDb > -45);
}
