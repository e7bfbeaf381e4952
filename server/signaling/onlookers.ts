/** Connections on which somebody only looks on: no call, no media, and nothing of a phone. */
import { limits } from '../../shared/limits.ts';
import { type OnlookerAnswer, type RequestData, requests } from '../../shared/protocol.ts';
import { protocolVersion } from '../../shared/wire.ts';
import { CallError } from '../calls/errors.ts';
import { mayAnywhere } from '../store/members.ts';
import type { Onlooker } from './boards.ts';
import type { ClientSocket } from './client-socket.ts';
import type { SignalingDeps } from './deps.ts';
import { mustSpeakOurs, signInBy } from './hello.ts';
import { parse } from './requests.ts';

export type OnlookerHello = Extract<RequestData<'hello'>, { role: 'board' }>;

/** Throws `CallError` with `unsupported-version`, `origin-not-allowed`, `sign-in-needed`, `not-allowed` or `too-many`. */
export async function welcomeOnlooker(
  deps: SignalingDeps,
  socket: ClientSocket,
  hello: OnlookerHello,
): Promise<{ onlooker: Onlooker; answer: OnlookerAnswer }> {
  mustSpeakOurs(hello);
  const { repId, signInId } = await signInBy(deps, socket, hello.ticket);
  if (!(await mayAnywhere(deps.db, repId, 'board.see')))
    throw new CallError('not-allowed', 'The live board is for supervisors and admins.');
  if (deps.boards.countOf(repId) >= limits.windowsPerPerson)
    throw new CallError('too-many', 'You look at the board in too many windows at once. Please close some.');
  const onlooker = await deps.boards.enter({ socket, repId, signInId });
  const { heartbeatMs, heartbeatMisses } = limits;
  return { onlooker, answer: { protocolVersion, heartbeatMs, heartbeatMisses, serverTime: deps.now() } };
}

/** What an onlooker asks. Throws `not-allowed` for whatever is for others, and `bad-request`. */
export async function dispatchOnlooker(
  { boards }: SignalingDeps,
  onlooker: Onlooker,
  type: string,
  data: unknown,
): Promise<unknown> {
  if (type === 'board.watch') boards.watch(onlooker, parse(requests['board.watch'].data, data));
  else if (type !== 'beat') throw new CallError('not-allowed', 'Who looks on asks for nothing else.');
  return {};
}
