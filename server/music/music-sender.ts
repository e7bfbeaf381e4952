/** All the work of the thread for music: obeys commands, and sends each frame when it is due. */
import type { Command } from './commands.ts';
import { FrameClock } from './frame-clock.ts';
import { PlayingPiece } from './playing-piece.ts';

export class MusicSender {
  readonly #pieces = new Map<number, PlayingPiece>();
  /** One for all pieces; it stands still while nothing is played. */
  readonly #clock: FrameClock;

  /**
   * @param send one RTP packet, to a port on the loopback address
   * @param now milliseconds, monotonic
   */
  constructor(send: (rtp: Buffer, port: number) => void, now?: () => number) {
    this.#clock = new FrameClock(frame => {
      for (const piece of this.#pieces.values()) piece.frame(frame, send);
    }, now);
  }

  obey(command: Command): void {
    const piece = this.#pieces.get(command.piece);
    switch (command.type) {
      case 'add-piece':
        this.#pieces.set(command.piece, new PlayingPiece(command.packets));
        break;
      case 'remove-piece':
        this.#pieces.delete(command.piece);
        break;
      case 'add-player':
        piece?.add(command.player, command.stream);
        break;
      case 'remove-player':
        piece?.remove(command.player);
        break;
      case 'play':
        piece?.play(command.player, command.playing);
        break;
      default:
        command satisfies never;
    }
    if ([...this.#pieces.values()].some(each => each.playing)) this.#clock.start();
    else this.#clock.stop();
  }
}
