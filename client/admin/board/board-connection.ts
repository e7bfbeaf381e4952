import type { BoardPush } from '../../../shared/board.ts';
import type { RequestInput } from '../../../shared/protocol.ts';
import { signalingPath } from '../../../shared/signaling-path.ts';
import { protocolVersion } from '../../../shared/wire.ts';
import { ApiError, ask } from '../../ui/api.ts';
import { SignalingConnection, SignalingError } from '../../voice/connection.ts';

export type Wanted = RequestInput<'board.watch'>;

type Options = {
  onPush: (push: BoardPush) => void;
  /** Whether what is shown is what is. */
  onOnline: (online: boolean) => void;
  /** It will not be shown any more, whatever is tried. */
  onRefused: () => void;
};

/** The live board's own way to the server: what it brings holds up nothing of the phone. */
export class BoardConnection {
  readonly #connection: SignalingConnection<BoardPush>;
  #wanted: Wanted;

  constructor(wanted: Wanted, { onPush, onOnline, onRefused }: Options) {
    this.#wanted = wanted;
    this.#connection = new SignalingConnection<BoardPush>({
      url: `${location.origin.replace(/^http/, 'ws')}${signalingPath}`,
      hello: sayHello,
      onHello: () => this.#ask(),
      onPush,
      onState: state => onOnline(state === 'open'),
      onRefused,
    });
    this.#connection.connect();
  }

  watch(wanted: Wanted): void {
    this.#wanted = wanted;
    if (this.#connection.state === 'open') this.#ask();
  }

  close(): void {
    this.#connection.close();
  }

  #ask(): void {
    // What is lost on the way is asked again once the connection is back.
    this.#connection.request('board.watch', this.#wanted).catch(() => undefined);
  }
}

async function sayHello(): Promise<RequestInput<'hello'>> {
  try {
    const { ticket } = await ask('POST /api/rep/ticket');
    return { protocolVersion, role: 'board', ticket };
  } catch (error) {
    if (error instanceof ApiError && error.code === 'sign-in-needed')
      throw new SignalingError('sign-in-needed', error.message, { cause: error });
    throw error;
  }
}
