/** Somebody who looks at the live board of a real server, with what their page would show. */
import { type BoardRows, noRows, withChanges } from '../../client/admin/board/board-rows.ts';
import type { BoardPush } from '../../shared/board.ts';
import type { RequestInput } from '../../shared/protocol.ts';
import { protocolVersion } from '../../shared/wire.ts';
import type { RepAccount } from './rep-account.ts';
import { SignalingClient } from './signaling-client.ts';
import { until } from './until.ts';

export class Onlooker {
  readonly signaling: SignalingClient;
  rows: BoardRows = noRows;
  /** All that came of the board. */
  readonly pushes: BoardPush[] = [];

  private constructor(signaling: SignalingClient) {
    this.signaling = signaling;
    signaling.onPush = push => {
      const board = push as unknown as BoardPush;
      this.pushes.push(board);
      this.rows = withChanges(this.rows, board);
    };
  }

  /** @throws RefusedError */
  static async open(origin: string, account: RepAccount): Promise<Onlooker> {
    const signaling = await SignalingClient.open(origin);
    const ticket = await account.ticket(origin);
    await signaling.request('hello', { protocolVersion, role: 'board', ticket });
    return new Onlooker(signaling);
  }

  /** Looks by that filter, and has the first of it. */
  async watch(filter: RequestInput<'board.watch'> = {}): Promise<void> {
    const before = this.pushes.length;
    await this.signaling.request('board.watch', filter);
    await until(() => this.pushes.slice(before).some(push => push.fresh));
  }

  /** Waits until the board is as wanted. */
  async until(fits: (rows: BoardRows) => boolean): Promise<void> {
    await until(() => fits(this.rows), { describe: () => this.rows });
  }

  close(): void {
    this.signaling.close();
  }
}
