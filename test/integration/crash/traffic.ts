/** Shoppers and reps who never pause, and a ledger of what the server acknowledged to them. */
import { setTimeout as pause } from 'node:timers/promises';
import type { RepStatus } from '../../../shared/domain.ts';
import type { CallId, OfferId } from '../../../shared/ids.ts';
import type { RepView, ShopperView } from '../../../shared/views.ts';
import { fakeMicrophone } from '../../support/fake-microphone.ts';
import type { RepAccount } from '../../support/rep-account.ts';
import { SignalingClient } from '../../support/signaling-client.ts';
import { chromeCapabilities } from '../../unit/shared/chrome.ts';

/** `asked`: sent, and perhaps done; `done`: the server said so. */
export type CallFacts = {
  context: string | null;
  endAsked: boolean;
  endDone: boolean;
  answeredBy: string | null;
  notes: { asked: string | null; done: string | null };
};

export class Ledger {
  readonly calls = new Map<CallId, CallFacts>();
  readonly declined = new Set<OfferId>();
  /** Last status that was acknowledged, and one that may have been set. */
  readonly statuses = new Map<string, { done: RepStatus | null; asked: RepStatus | null }>();
  acknowledged = 0;

  call(id: CallId): CallFacts {
    let facts = this.calls.get(id);
    if (!facts) {
      facts = {
        context: null,
        endAsked: false,
        endDone: false,
        answeredBy: null,
        notes: { asked: null, done: null },
      };
      this.calls.set(id, facts);
    }
    return facts;
  }
}

abstract class Actor<View extends ShopperView | RepView> {
  protected readonly ledger: Ledger;
  protected readonly random: () => number;
  #client: SignalingClient<View> | undefined;
  #working: Promise<void> | undefined;

  constructor(ledger: Ledger, random: () => number) {
    this.ledger = ledger;
    this.random = random;
  }

  protected get client(): SignalingClient<View> {
    if (!this.#client) throw new Error('nobody is connected');
    return this.#client;
  }
  get view(): View | undefined {
    return this.#client?.view;
  }

  protected connected(client: SignalingClient<View>): void {
    this.#client = client;
    client.socket.on('error', () => undefined);
  }

  protected abstract step(): Promise<void>;

  /** Do one thing after the other until the server is gone. */
  work(): void {
    const { socket } = this.client;
    this.#working = (async () => {
      while (socket.readyState === socket.OPEN) {
        try {
          await this.step();
        } catch (error) {
          // Refusals are part of life: the offer is gone, the line is full. Anything else means the end has come.
          if (!(error instanceof Error && 'code' in error)) break;
        }
        await pause(this.random() * 60);
      }
    })();
  }

  /** Settled once the server is gone. */
  async stopped(): Promise<void> {
    await this.#working;
    this.#client?.close();
    this.#client = undefined;
  }

  protected pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)] as T;
  }
}

export class TrafficShopper extends Actor<ShopperView> {
  token: string | undefined;
  #pages = 0;

  async arrive(origin: string): Promise<ShopperView> {
    const { client, hello } = await SignalingClient.shopper(origin, { token: this.token });
    this.token = hello.token ?? this.token;
    this.connected(client);
    return hello.view as ShopperView;
  }

  protected async step(): Promise<void> {
    const { view } = this;
    if (!view || view.state === 'idle' || view.state === 'ended') {
      const { callId } = await this.client.request('call.start', {
        context: {},
        rtpCapabilities: chromeCapabilities,
      });
      this.ledger.call(callId);
      this.ledger.acknowledged++;
      return;
    }
    const { callId } = view;
    if (this.random() < 0.85) {
      const title = `page ${this.#pages++} of ${callId}`;
      await this.client.request('call.context', {
        context: { page: { url: 'https://shop.example/', title } },
      });
      this.ledger.call(callId).context = title;
    } else {
      this.ledger.call(callId).endAsked = true;
      await this.client.request('call.hang-up', { callId });
      this.ledger.call(callId).endDone = true;
    }
    this.ledger.acknowledged++;
  }
}

export class TrafficRep extends Actor<RepView> {
  readonly account: RepAccount;
  readonly #ssrc: number;
  #notes = 0;

  constructor(account: RepAccount, index: number, ledger: Ledger, random: () => number) {
    super(ledger, random);
    this.account = account;
    this.#ssrc = 1_000 + index;
  }

  get name(): string {
    return this.account.person.name;
  }

  async arrive(origin: string): Promise<RepView> {
    const { client, hello } = await SignalingClient.rep(origin, this.account);
    this.connected(client);
    return hello.view as RepView;
  }

  /** From now on calls can come. */
  async takeHeadset(): Promise<void> {
    await this.client.request('leg.open', { rtpCapabilities: chromeCapabilities });
    await this.client.request('leg.produce', { rtpParameters: fakeMicrophone(this.#ssrc) });
  }

  async choose(status: RepStatus): Promise<void> {
    const done = this.ledger.statuses.get(this.name)?.done ?? null;
    this.ledger.statuses.set(this.name, { done, asked: status });
    await this.client.request('rep.status', { status });
    this.ledger.statuses.set(this.name, { done: status, asked: null });
    this.ledger.acknowledged++;
  }

  protected async step(): Promise<void> {
    const { view } = this;
    if (!view) return;
    // Most of the time somebody has to be there, or nothing happens.
    if (this.random() < 0.08) return this.choose(this.pick(['available', 'away']));
    if (view.status !== 'available' && this.random() < 0.5) return this.choose('available');
    switch (view.work.state) {
      case 'idle':
        return;
      case 'ringing': {
        const { offerId, call } = view.work;
        if (this.random() < 0.2) {
          await this.client.request('offer.decline', { offerId });
          this.ledger.declined.add(offerId);
        } else {
          await this.client.request('offer.accept', { offerId });
          this.ledger.call(call.callId).answeredBy = this.name;
        }
        break;
      }
      case 'talking': {
        if (this.random() < 0.5) return;
        const { callId } = view.work.call;
        this.ledger.call(callId).endAsked = true;
        await this.client.request('call.hang-up', { callId });
        this.ledger.call(callId).endDone = true;
        break;
      }
      case 'wrap-up': {
        const { callId } = view.work.call;
        const { notes } = this.ledger.call(callId);
        notes.asked = `note ${this.#notes++} of ${this.name}`;
        await this.client.request('wrap-up.finish', { note: notes.asked });
        notes.done = notes.asked;
        break;
      }
    }
    this.ledger.acknowledged++;
  }
}
