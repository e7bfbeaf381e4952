/** One socket through its life: a stranger until `hello` is answered, then the holder of a session, then gone. */
import type { WebSocket } from 'ws';
import { limits } from '../../shared/limits.ts';
import { type HelloAnswer, requestEnvelope, requests } from '../../shared/protocol.ts';
import { closeCodes, protocolVersion } from '../../shared/wire.ts';
import { repLost } from '../calls/commands/rep-commands.ts';
import { shopperLost } from '../calls/commands/shopper-commands.ts';
import { CallError } from '../calls/errors.ts';
import type { Reservation } from '../quota/quota.ts';
import { Rate } from '../quota/rate.ts';
import { StoreDown } from '../store/store-error.ts';
import { answerError } from './answer-error.ts';
import type { Onlooker } from './boards.ts';
import { ClientSocket } from './client-socket.ts';
import type { SignalingDeps } from './deps.ts';
import { welcome } from './hello.ts';
import { dispatchOnlooker, type OnlookerHello, welcomeOnlooker } from './onlookers.ts';
import { dispatch, parse } from './requests.ts';
import { legOf, type Session } from './session.ts';
import { noteHolder, offerToOthers } from './windows.ts';

type Envelope = { id: number; type: string; data?: unknown };

/** What the gateway wants to know. `track` logs failures and waits for the work when the server closes. */
export type ClientEvents = {
  track: (work: Promise<unknown>, failure: string) => void;
  onSession: () => void;
  onGone: () => void;
};

export class Client {
  readonly #deps: SignalingDeps;
  readonly #socket: ClientSocket;
  readonly #events: ClientEvents;
  readonly #rate = new Rate({ burst: limits.requestBurst, perMinute: 60 * limits.requestsPerSecond });
  readonly #helloTimer: NodeJS.Timeout;
  #saidHello = false;
  #session: Session | undefined;
  /** Who only looks on, in place of a session. */
  #onlooker: Onlooker | undefined;
  /** Under the caps on shoppers' sockets. */
  #room: Reservation | undefined;
  #concurrencyCaps = 0;
  #gone = false;

  constructor(
    deps: SignalingDeps,
    webSocket: WebSocket,
    peer: { address: string; origin: string | undefined },
    events: ClientEvents,
  ) {
    this.#deps = deps;
    this.#events = events;
    this.#socket = new ClientSocket(webSocket, peer, {
      onText: (text, bytes) => this.#received(text, bytes),
      onClose: () => this.#lost(),
    });
    this.#helloTimer = setTimeout(
      () => this.#socket.close(closeCodes.helloTimeout, 'no hello in time'),
      limits.helloTimeoutMs,
    );
  }

  /** To be called every `heartbeatMs`. */
  beat(): void {
    this.#socket.beat();
  }

  /** The server goes down: what is in hand is finished, and nothing new begun, whose answer could not be sent. */
  close(): void {
    this.#socket.close(closeCodes.goingAway, 'the server is restarting');
  }

  #received(text: string, bytes: number): void {
    // Counted before anything is awaited: one chunk of the network can carry hundreds of frames.
    if (this.#concurrencyCaps >= limits.requestsInHand || !this.#rate.take('')) {
      this.#socket.close(closeCodes.tooMany, 'too many requests');
      return;
    }
    const request = this.#saidHello || bytes <= limits.maxHelloBytes ? readRequest(text) : null;
    if (request) this.#events.track(this.#carryOut(request), 'message not processed');
    else this.#socket.close(closeCodes.badMessage, 'not a request');
  }

  #carryOut(request: Envelope): Promise<void> {
    this.#concurrencyCaps++;
    return this.#saidHello ? this.#request(request) : this.#hello(request);
  }

  async #hello(request: Envelope): Promise<void> {
    const deps = this.#deps;
    this.#saidHello = true;
    // How long it takes to be let in is up to us.
    clearTimeout(this.#helloTimer);
    let entered: Session | undefined;
    try {
      if (request.type !== 'hello') throw new CallError('not-allowed', 'The first request must be "hello".');
      const hello = parse(requests.hello.data, request.data);
      if (hello.role === 'board') return await this.#lookOn(request.id, hello);
      const { session, token, room } = await welcome(deps, this.#socket, hello);
      this.#room = room;
      if (this.#gone) room?.release();
      if (deps.sessions.windows(session) >= limits.windowsPerPerson)
        throw new CallError('too-many', 'You are connected in too many windows at once. Please close some.');
      const former = deps.sessions.enter(session, hello.resumes, hello.follows);
      entered = session;
      former?.socket.close(closeCodes.replaced, 'connected anew');
      if (!this.#gone) {
        this.#session = session;
        this.#events.onSession();
      }
      // In the book first: the loss of an earlier socket, which names no session, is not noted from then on.
      const known = hello.role === 'rep' || hello.token !== undefined;
      if (known && deps.sessions.holds(session)) await noteHolder(deps, session, hello.keepsLeg);
      // After a restart of ours the holder is on its way back too.
      else if (hello.follows) offerToOthers(deps, session, limits.reconnectMostMs * 2);
      if (!this.#session) {
        // Closed while it was let in: note the loss after the arrival, in that order.
        this.#noteLost(session);
        return;
      }
      const view = await deps.pushes.greet(session);
      // Gone or replaced meanwhile: the leg is not this socket's to close any more.
      if (!deps.sessions.has(session)) return;
      const legId = deps.sessions.holds(session) ? legOf(session) : null;
      if (legId && !hello.keepsLeg) deps.plane.closeLeg(legId);
      const answer: HelloAnswer = {
        protocolVersion,
        sessionId: session.id,
        ...(token ? { token } : {}),
        heartbeatMs: limits.heartbeatMs,
        heartbeatMisses: limits.heartbeatMisses,
        serverTime: deps.now(),
        routerRtpCapabilities: deps.plane.routerRtpCapabilities,
        iceServers: deps.plane.iceServers,
        view,
        heldBy: deps.sessions.heldBy(session),
      };
      this.#socket.send({ id: request.id, ok: true, data: answer });
      deps.pushes.begin(session);
      if (legId && hello.keepsLeg) {
        // What was pushed while the client was away is lost: tell the whole of it again.
        if (deps.plane.hasLeg(legId))
          this.#socket.send({ push: 'hearing', legId, hearing: deps.plane.hearing(legId) });
        else this.#socket.send({ push: 'leg-lost', legId });
      }
    } catch (error) {
      // Gone already: nobody else will take it out of the book.
      if (entered && !this.#session) deps.sessions.remove(entered);
      this.#socket.send({ id: request.id, ok: false, error: answerError(error, deps.log) });
      // Nothing is wrong with who comes while the store is away: they come back by themselves.
      this.#socket.close(
        error instanceof StoreDown ? closeCodes.goingAway : closeCodes.helloRefused,
        'hello refused',
      );
    } finally {
      this.#concurrencyCaps--;
    }
  }

  async #lookOn(id: number, hello: OnlookerHello): Promise<void> {
    const { onlooker, answer } = await welcomeOnlooker(this.#deps, this.#socket, hello);
    if (this.#gone) return this.#deps.boards.leave(onlooker);
    this.#onlooker = onlooker;
    this.#events.onSession();
    this.#socket.send({ id, ok: true, data: answer });
  }

  async #request(request: Envelope): Promise<void> {
    try {
      const session = this.#session;
      if (this.#onlooker) {
        const data = await dispatchOnlooker(this.#deps, this.#onlooker, request.type, request.data);
        this.#socket.send({ id: request.id, ok: true, data });
        return;
      }
      if (!session) throw new CallError('not-allowed', 'Wait for the answer to "hello".');
      const data = await dispatch(this.#deps, session, request.type, request.data);
      this.#socket.send({ id: request.id, ok: true, data });
    } catch (error) {
      this.#socket.send({ id: request.id, ok: false, error: answerError(error, this.#deps.log) });
    } finally {
      this.#concurrencyCaps--;
    }
  }

  #lost(): void {
    this.#gone = true;
    clearTimeout(this.#helloTimer);
    const session = this.#session;
    if (session) this.#noteLost(session);
    if (this.#onlooker) this.#deps.boards.leave(this.#onlooker);
    this.#room?.release();
    this.#events.onGone();
  }

  /** Nothing to note when the person's call is in another window, or a newer socket of this one has taken over. */
  #noteLost(session: Session): void {
    const { transactions, sessions } = this.#deps;
    if (sessions.remove(session) !== 'holder') return;
    offerToOthers(this.#deps, session);
    const noted =
      session.role === 'rep'
        ? transactions.changeRep(session.repId, (change, sites) =>
            repLost(change, sites, session.repId, session.id),
          )
        : transactions.change([session.siteId], change =>
            shopperLost(change, session.siteId, session.shopperId),
          );
    this.#events.track(noted, 'a lost connection was not noted');
  }
}

/** The envelope, or null when the text is not one. */
function readRequest(text: string): Envelope | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = requestEnvelope.safeParse(json);
  return parsed.success ? parsed.data : null;
}
