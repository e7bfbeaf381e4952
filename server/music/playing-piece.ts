/** One piece in the thread for music: its packets, its place, and who plays it. */
import { type PackedPackets, packetAt, packetCount } from './packed-packets.ts';
import { nextRtpPacket, type RtpStream } from './rtp.ts';

/** `started`: it played the last frame, so the next one is no new beginning. */
type Player = { stream: RtpStream; playing: boolean; started: boolean };

export class PlayingPiece {
  readonly #packets: PackedPackets;
  readonly #players = new Map<number, Player>();
  /** The frame at which the piece began; `undefined` while nobody plays it. */
  #begun: number | undefined;

  constructor(packets: PackedPackets) {
    this.#packets = packets;
  }

  get playing(): boolean {
    for (const player of this.#players.values()) if (player.playing) return true;
    return false;
  }

  add(id: number, stream: RtpStream): void {
    this.#players.set(id, { stream, playing: false, started: false });
  }

  remove(id: number): void {
    this.#players.delete(id);
    this.#rewind();
  }

  play(id: number, playing: boolean): void {
    const player = this.#players.get(id);
    if (!player) return;
    player.playing = playing;
    if (!playing) player.started = false;
    this.#rewind();
  }

  /** Sends the frame's packet for each player that plays. All of them are at the same place of the piece. */
  frame(frame: number, send: (rtp: Buffer, port: number) => void): void {
    for (const player of this.#players.values()) {
      if (!player.playing) continue;
      this.#begun ??= frame;
      const packet = packetAt(this.#packets, (frame - this.#begun) % packetCount(this.#packets));
      send(nextRtpPacket(player.stream, packet, frame, !player.started), player.stream.port);
      player.started = true;
    }
  }

  /** Whoever comes first after a silence hears the piece from its beginning. */
  #rewind(): void {
    if (!this.playing) this.#begun = undefined;
  }
}
