import type { types } from 'mediasoup-client';
import type { Answers, IceServer, RequestInput, TransportInfo } from '../../shared/protocol.ts';

/** The requests a leg makes; a `SignalingConnection` has this shape. */
export type LegRequest = <
  T extends 'leg.connect' | 'leg.produce' | 'leg.restart-ice' | 'leg.mute' | 'leg.microphone' | 'leg.quality',
>(
  type: T,
  data: RequestInput<T>,
) => Promise<Answers[T]>;

export type TransportOwner = {
  request: LegRequest;
  iceServers: IceServer[];
  onChange: () => void;
  /** ICE could not be brought back: the transport is of no more use. */
  onLost: () => void;
};

/** A wobble often heals by itself within this; restarting ICE at once would only add to it. */
const patienceMs = 1_000;
/** A restart that has not connected by then is tried again. */
const restartMs = 4_000;
const mostRestarts = 3;

/** One direction of a leg, with ICE that is restarted when the network changes. */
export class LegTransport {
  readonly inner: types.Transport;
  readonly #owner: TransportOwner;
  #restarts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    device: types.Device,
    direction: 'send' | 'receive',
    info: TransportInfo,
    owner: TransportOwner,
  ) {
    this.#owner = owner;
    const options = { ...info, iceServers: owner.iceServers } as types.TransportOptions;
    this.inner =
      direction === 'send' ? device.createSendTransport(options) : device.createRecvTransport(options);
    this.inner.on('connect', ({ dtlsParameters }, done) => {
      // Not waited for: the server has it before the browser's first DTLS flight, which follows a round trip of ICE. Where
      // it came too late, that flight is sent again.
      owner.request('leg.connect', { transportId: info.id, dtlsParameters }).catch(() => {
        if (!this.inner.closed) owner.onLost();
      });
      done();
    });
    this.inner.on('produce', ({ rtpParameters }, done, failed) => {
      owner
        .request('leg.produce', {
          rtpParameters: rtpParameters as RequestInput<'leg.produce'>['rtpParameters'],
        })
        .then(({ producerId }) => done({ id: producerId }), failed);
    });
    this.inner.on('connectionstatechange', state => this.#changed(state));
  }

  get state(): types.ConnectionState {
    return this.inner.connectionState;
  }

  /** New ICE credentials, for example right after the network changed. */
  async restartIce(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.inner.closed || this.state === 'new') return;
    if (this.#restarts++ >= mostRestarts) return this.#owner.onLost();
    try {
      const { iceParameters } = await this.#owner.request('leg.restart-ice', { transportId: this.inner.id });
      if (this.inner.closed) return;
      await this.inner.restartIce({ iceParameters: iceParameters as types.IceParameters });
      this.#timer = setTimeout(() => void this.restartIce(), restartMs);
    } catch {
      if (!this.inner.closed) this.#owner.onLost();
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    this.inner.close();
  }

  #changed(state: types.ConnectionState): void {
    clearTimeout(this.#timer);
    if (state === 'connected') this.#restarts = 0;
    if (state === 'failed') void this.restartIce();
    if (state === 'disconnected') this.#timer = setTimeout(() => void this.restartIce(), patienceMs);
    this.#owner.onChange();
  }
}
