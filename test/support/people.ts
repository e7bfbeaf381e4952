/** A shopper and a rep on a real server: a signaling client with a voice. */

import type { CallContext } from '../../shared/call-context.ts';
import type { CallId } from '../../shared/ids.ts';
import type { LegMedia } from '../../shared/protocol.ts';
import type { RepView, RepWork, ShopperView } from '../../shared/views.ts';
import type { RepAccount } from './rep-account.ts';
import { RefusedError, SignalingClient } from './signaling-client.ts';
import { WrtcClient } from './wrtc-client.ts';

type WorkOf<State extends RepWork['state']> = Extract<RepWork, { state: State }>;

abstract class Person<View extends ShopperView | RepView> {
  readonly signaling: SignalingClient<View>;
  readonly voice: WrtcClient;

  protected constructor(signaling: SignalingClient<View>, voice: WrtcClient) {
    this.signaling = signaling;
    this.voice = voice;
    signaling.onPush = push => {
      if (push.push !== 'hearing') return;
      this.voice.hear(push.hearing).catch(error => {
        // Whoever is cut off in the middle of it gets no answer any more, and whose call went to another window
        // a refusal; all else is a fault.
        const movedAway = error instanceof RefusedError && error.code === 'in-use-elsewhere';
        if (signaling.socket.readyState === signaling.socket.OPEN && !movedAway) throw error;
      });
    };
  }

  /** Connect the media of an answer and hum. */
  protected async openVoice(media: LegMedia, toneHz: number): Promise<void> {
    await this.voice.open(media, {
      connect: async (transportId, dtlsParameters) => {
        await this.signaling.request('leg.connect', { transportId, dtlsParameters });
      },
      produce: async rtpParameters =>
        (await this.signaling.request('leg.produce', { rtpParameters })).producerId,
    });
    await this.voice.tone(toneHz);
  }

  /** A new media connection for the same person, as after a reload. */
  async reopen(toneHz: number): Promise<void> {
    const { media } = await this.signaling.request('leg.open', { rtpCapabilities: this.voice.capabilities });
    await this.openVoice(media, toneHz);
  }

  close(): void {
    this.voice.close();
    this.signaling.close();
  }
}

export class Shopper extends Person<ShopperView> {
  readonly token: string;

  private constructor(signaling: SignalingClient<ShopperView>, voice: WrtcClient, token: string) {
    super(signaling, voice);
    this.token = token;
  }

  /** @param token of an earlier visit in the same tab */
  static async arrive(origin: string, token?: string, siteKey?: string): Promise<Shopper> {
    const { client, hello } = await SignalingClient.shopper(origin, {
      token,
      ...(siteKey === undefined ? {} : { siteKey }),
    });
    const voice = await WrtcClient.create(hello.routerRtpCapabilities);
    return new Shopper(client, voice, hello.token ?? '');
  }

  /** Click: in the line, hearing music, humming. */
  async call(toneHz: number, context: CallContext = {}): Promise<CallId> {
    const { callId, media } = await this.signaling.request('call.start', {
      context,
      rtpCapabilities: this.voice.capabilities,
    });
    await this.openVoice(media, toneHz);
    return callId;
  }

  /** The page rings, and the shopper answers, humming. */
  async answerBack(callId: CallId, toneHz: number): Promise<void> {
    const rtpCapabilities = this.voice.capabilities;
    const { media } = await this.signaling.request('callback.answer', { callId, rtpCapabilities });
    await this.openVoice(media, toneHz);
  }

  untilState<S extends ShopperView['state']>(state: S, withinMs?: number) {
    return this.signaling.until(
      (view): view is Extract<ShopperView, { state: S }> => view.state === state,
      withinMs,
    );
  }
}

export class Rep extends Person<RepView> {
  readonly account: RepAccount;

  private constructor(signaling: SignalingClient<RepView>, voice: WrtcClient, account: RepAccount) {
    super(signaling, voice);
    this.account = account;
  }

  static async signIn(origin: string, account: RepAccount): Promise<Rep> {
    const { client, hello } = await SignalingClient.rep(origin, account);
    return new Rep(client, await WrtcClient.create(hello.routerRtpCapabilities), account);
  }

  /** Headset on, ready for calls. */
  async goAvailable(toneHz: number): Promise<void> {
    await this.reopen(toneHz);
    await this.signaling.until(view => view.mediaReady);
    await this.signaling.request('rep.status', { status: 'available' });
  }

  async untilWork<S extends RepWork['state']>(state: S, withinMs?: number): Promise<WorkOf<S>> {
    const view = await this.signaling.until(({ work }) => work.state === state, withinMs);
    return view.work as WorkOf<S>;
  }

  /** Wait for the ringing and take the call. */
  async answer(): Promise<WorkOf<'talking'>> {
    const { offerId } = await this.untilWork('ringing');
    await this.signaling.request('offer.accept', { offerId });
    return this.untilWork('talking');
  }
}
