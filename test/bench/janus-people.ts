/**
 * Two people who want to talk through Janus, each with a WebRTC client like those of our tests (@roamhq/wrtc). Who answers has
 * prepared what Janus lets one prepare; the time is that of the caller's request until every connection of the call is up.
 */
import wrtc from '@roamhq/wrtc';
import { PeerConnection } from '../support/peer-connection.ts';
import { ToneSource } from '../support/tone.ts';
import type { Janus, JanusHandle, JanusSession, Jsep } from './janus.ts';
import type { JanusPlugin } from './janus-talk.ts';
import { createRoom } from './janus-talk.ts';

let calls = 0;

/** Milliseconds. */
export function setUpOnJanus(janus: Janus, plugin: JanusPlugin): Promise<number> {
  calls++;
  return plugin === 'videoroom' ? setUpInRoom(janus, 10_000 + calls) : setUpByCall(janus, `call-${calls}`);
}

/** A peer connection of one handle. */
class JanusPeer {
  readonly #connection = new PeerConnection();

  constructor(handle: JanusHandle) {
    this.#connection.onicecandidate = ({ candidate }) => {
      handle.trickle(candidate ? candidate.toJSON() : { completed: true });
    };
  }

  send(tone: ToneSource, direction: 'sendonly' | 'sendrecv'): void {
    this.#connection.addTransceiver(tone.track, { direction });
  }

  async offer(): Promise<Jsep> {
    const offer = await this.#connection.createOffer();
    await this.#connection.setLocalDescription(offer);
    return { type: 'offer', sdp: offer.sdp! };
  }

  /** @param tone sent back on the same connection */
  async answer(offer: Jsep, tone?: ToneSource): Promise<Jsep> {
    await this.#connection.setRemoteDescription(offer);
    if (tone) this.#connection.addTrack(tone.track, new wrtc.MediaStream());
    const answer = await this.#connection.createAnswer();
    await this.#connection.setLocalDescription(answer);
    return { type: 'answer', sdp: answer.sdp! };
  }

  async accept(answer: Jsep): Promise<void> {
    await this.#connection.setRemoteDescription(answer);
  }

  connected(): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const state = this.#connection.connectionState;
        if (state === 'connected') resolve();
        else if (state === 'failed' || state === 'closed') reject(new Error(`the connection ${state}`));
      };
      this.#connection.onconnectionstatechange = look;
      look();
    });
  }

  close(): void {
    this.#connection.close();
  }
}

/** What one set-up opens, closed all together. */
class Scene {
  readonly #janus: Janus;
  readonly #closers: (() => void)[] = [];

  constructor(janus: Janus) {
    this.#janus = janus;
  }

  async session(): Promise<JanusSession> {
    const session = await this.#janus.session();
    this.#closers.push(() => session.close());
    return session;
  }

  tone(): ToneSource {
    const tone = new ToneSource(440, 0.3);
    this.#closers.push(() => tone.close());
    return tone;
  }

  peer(handle: JanusHandle): JanusPeer {
    const peer = new JanusPeer(handle);
    this.#closers.push(() => peer.close());
    return peer;
  }

  close(): void {
    for (const close of this.#closers.reverse()) close();
  }
}

async function setUpInRoom(janus: Janus, room: number): Promise<number> {
  const scene = new Scene(janus);
  const publish = async (handle: JanusHandle) => {
    const peer = scene.peer(handle);
    peer.send(scene.tone(), 'sendonly');
    const { data, jsep } = await handle.message(
      { request: 'joinandconfigure', ptype: 'publisher', room },
      await peer.offer(),
    );
    await peer.accept(jsep!);
    await peer.connected();
    return data.id as number;
  };
  const subscribe = async (handle: JanusHandle, feed: number) => {
    const { jsep } = await handle.message({
      request: 'join',
      ptype: 'subscriber',
      room,
      streams: [{ feed }],
    });
    const peer = scene.peer(handle);
    await handle.message({ request: 'start' }, await peer.answer(jsep!));
    await peer.connected();
  };
  try {
    const [caller, rep] = await Promise.all(
      [0, 1].map(async () => {
        const session = await scene.session();
        const [speaks, hears] = await Promise.all([session.attach('videoroom'), session.attach('videoroom')]);
        return { speaks, hears };
      }),
    );
    await createRoom(rep!.speaks, room);
    // The rep's voice is up, and the room with it, before anybody calls.
    const repFeed = await publish(rep!.speaks);
    await rep!.speaks.up;
    const callersFeed = rep!.speaks.next(
      ({ data }) => (data.publishers as { id: number }[] | undefined)?.[0]?.id,
    );
    const started = performance.now();
    await Promise.all([
      publish(caller!.speaks),
      subscribe(caller!.hears, repFeed),
      callersFeed.then(feed => subscribe(rep!.hears, feed)),
    ]);
    return performance.now() - started;
  } finally {
    scene.close();
  }
}

async function setUpByCall(janus: Janus, name: string): Promise<number> {
  const scene = new Scene(janus);
  try {
    const [caller, rep] = await Promise.all(
      ['caller', 'rep'].map(async role => {
        const handle = await (await scene.session()).attach('videocall');
        await handle.message({ request: 'register', username: `${name}-${role}` });
        return { handle, peer: scene.peer(handle), tone: scene.tone() };
      }),
    );
    const incoming = rep!.handle.next(({ jsep }) => jsep);
    const accepted = caller!.handle.next(({ jsep }) => jsep);
    const started = performance.now();
    caller!.peer.send(caller!.tone, 'sendrecv');
    const ringing = caller!.handle.message(
      { request: 'call', username: `${name}-rep` },
      await caller!.peer.offer(),
    );
    const answer = await rep!.peer.answer(await incoming, rep!.tone);
    await Promise.all([
      ringing,
      rep!.handle.message({ request: 'accept' }, answer),
      accepted.then(jsep => caller!.peer.accept(jsep)),
      caller!.peer.connected(),
      rep!.peer.connected(),
    ]);
    return performance.now() - started;
  } finally {
    scene.close();
  }
}
