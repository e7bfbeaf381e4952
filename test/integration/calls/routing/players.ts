/** Plays operations on the routing, as the gateway and the media plane would. */
import {
  answerCallback,
  callbackOutcome,
  leaveLineForCallback,
  putOffCallback,
} from '../../../../server/calls/commands/callbacks.ts';
import { holdShopper } from '../../../../server/calls/commands/hold.ts';
import { transferCall } from '../../../../server/calls/commands/move.ts';
import { acceptOffer, declineOffer } from '../../../../server/calls/commands/offers.ts';
import { boostCall } from '../../../../server/calls/commands/priority.ts';
import { allowPush, pushIsGone } from '../../../../server/calls/commands/push.ts';
import {
  chooseStatus,
  finishWrapUp,
  repConnected,
  repHangUp,
  repLost,
  repMicrophone,
} from '../../../../server/calls/commands/rep-commands.ts';
import {
  shopperConnected,
  shopperHangUp,
  shopperLost,
  startCall,
} from '../../../../server/calls/commands/shopper-commands.ts';
import { takeBackTransfer, transferToRep } from '../../../../server/calls/commands/transfer-to-rep.ts';
import { pickUp, removeEntry, siteOfCall } from '../../../../server/calls/commands/waiting-entries.ts';
import { CallError } from '../../../../server/calls/errors.ts';
import { sitesOfRep } from '../../../../server/store/sites.ts';
import type { CallbackKind } from '../../../../shared/domain.ts';
import type { CallId, OfferId, RepId } from '../../../../shared/ids.ts';
import type { Watch } from './invariants.ts';
import type { Command, Operation } from './operations.ts';
import {
  queues as allQueues,
  languageOfShopper,
  repIds,
  repOfCallNow,
  shopperIds,
  siteOf,
  type World,
} from './world.ts';

/** What a shopper's side does; of a rep's pick-up the shopper is only the target. */
type ShopperCommand = Exclude<Extract<Command, { shopper: number }>, { rep: number }>;

/** Shaped as a browser's. */
const subscription = {
  endpoint: 'https://push.example/1',
  keys: { p256dh: 'p'.repeat(87), auth: 'a'.repeat(22) },
};

/** The sockets and media around the routing, as the gateway and the plane keep them. */
export class Players {
  readonly #world: World;
  readonly #watch: Watch;
  readonly #sessions = new Map<RepId, string>();
  readonly #oldSessions = new Map<RepId, string>();
  readonly #microphones = new Set<RepId>();
  #next = 0;
  /** Commands that were refused with a reason. */
  refusals = 0;

  constructor(world: World, watch: Watch) {
    this.#world = world;
    this.#watch = watch;
  }

  async play(operation: Operation): Promise<void> {
    const world = this.#world;
    switch (operation.do) {
      case 'time-passes':
        world.now += operation.ms;
        if (!operation.late) await this.honourDue();
        break;
      case 'clock-steps':
        await this.#watch.apart(operation.ms, () => world.setClock(operation.ms));
        break;
      case 'nothing':
        return;
      case 'restart':
        this.#sessions.clear();
        this.#microphones.clear();
        await world.restart();
        break;
      case 'together':
        this.#watch.ordered = false;
        await Promise.all([this.#command(operation.one), this.#command(operation.other)]);
        await this.#watch.look();
        this.#watch.ordered = true;
        break;
      case 'comes-to-work':
        for (const step of [
          { do: 'rep-arrives', rep: operation.rep, keepsLeg: false },
          { do: 'microphone', rep: operation.rep, ready: true },
          { do: 'status', rep: operation.rep, status: 'available' },
        ] as const) {
          await this.#command(step);
          await this.#watch.look();
        }
        break;
      default:
        await this.#command(operation);
    }
    await this.#closeLegsOfAbsent();
    await this.#watch.look();
    this.#watch.finishing.clear();
  }

  /** Everybody leaves and nobody comes back; every clock runs out. */
  async allLeave(): Promise<void> {
    for (const [shopper] of shopperIds.entries()) await this.#command({ do: 'shopper-lost', shopper });
    for (const [rep] of repIds.entries()) await this.#command({ do: 'rep-lost', rep });
    // Twice: a call that ends when the grace is over begins a wrap-up. Whoever is called back has a day.
    for (const ms of [60_000, 60_000, 24 * 3_600_000]) {
      this.#world.now += ms;
      await this.honourDue();
    }
    await this.#closeLegsOfAbsent();
  }

  async honourDue(): Promise<void> {
    // Many commits; where not each of them is looked at, their order is unknown.
    this.#watch.ordered = this.#world.rowsNow !== null;
    if (!(await this.#world.honourDue())) throw new Error('something that was due failed');
    this.#watch.honouredUntil = this.#world.now;
    await this.#watch.look();
    this.#watch.ordered = true;
  }

  async #command(command: Command): Promise<void> {
    try {
      await this.#carryOut(command);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      this.refusals++;
    }
  }

  async #carryOut(command: Command): Promise<void> {
    switch (command.do) {
      case 'start':
      case 'hang-up':
      case 'shopper-lost':
      case 'shopper-back':
      case 'call-me-back':
      case 'boost':
      case 'answer-back':
      case 'put-off':
      case 'allow-push':
      case 'push-gone':
        return this.#shopper(command);
      default:
        return this.#rep(command);
    }
  }

  async #shopper(command: ShopperCommand): Promise<void> {
    const world = this.#world;
    const id = shopperIds[command.shopper]!;
    const { id: site, queues } = siteOf(command.shopper);
    await world.transactions.change([site], async change => {
      switch (command.do) {
        case 'start': {
          // Later ones come first by their ids, so that these never stand in for the time of coming.
          const callId = `call-${1_000_000 - this.#next++}` as CallId;
          const queueId = queues[command.queue % queues.length]!.id;
          const language = languageOfShopper(command.shopper);
          const context = language ? { language } : {};
          await startCall(change, { callId, siteId: site, shopperId: id, queueId, context });
          return;
        }
        case 'hang-up': {
          const [call] = await world.select<{ id: CallId }>(
            "select id from calls where shopper_id = ? and state <> 'ended'",
            id,
          );
          return shopperHangUp(change, site, id, call?.id ?? ('none' as CallId));
        }
        case 'call-me-back': {
          const phone = command.kind === 'phone' ? `+49 30 123450${command.shopper}` : null;
          return void (await leaveLineForCallback(change, site, id, { kind: command.kind, phone }));
        }
        case 'answer-back':
        case 'put-off': {
          const [call] = await world.select<{ id: CallId }>(
            "select id from calls where shopper_id = ? and state = 'calling-back'",
            id,
          );
          const callId = call?.id ?? ('none' as CallId);
          if (command.do === 'put-off') return putOffCallback(change, site, id, callId);
          return void (await answerCallback(change, site, id, callId));
        }
        case 'allow-push':
        case 'push-gone': {
          const [call] = await world.select<{ id: CallId }>(
            "select id from calls where shopper_id = ? and callback_kind = 'page' and state <> 'ended'",
            id,
          );
          const callId = call?.id ?? ('none' as CallId);
          // As when the browser of a closed page has unsubscribed.
          if (command.do === 'push-gone') return pushIsGone(change, callId, false);
          return allowPush(change, site, id, callId, subscription);
        }
        case 'boost': {
          const [call] = await world.select<{ id: CallId }>(
            "select id from calls where shopper_id = ? and state <> 'ended'",
            id,
          );
          return boostCall(change, site, call?.id ?? ('none' as CallId), command.boost);
        }
        case 'shopper-lost':
          return shopperLost(change, site, id);
        case 'shopper-back':
          return shopperConnected(change, site, id);
      }
    });
  }

  async #rep(command: Exclude<Command, ShopperCommand>): Promise<void> {
    const world = this.#world;
    const { transactions } = world;
    const rep = repIds[command.rep]!;
    switch (command.do) {
      case 'rep-arrives':
        return this.#arrive(rep, command.keepsLeg);
      case 'rep-lost': {
        const session = this.#sessions.get(rep);
        this.#sessions.delete(rep);
        if (session)
          await transactions.changeRep(rep, (change, sites) => repLost(change, sites, rep, session));
        return;
      }
      case 'old-socket-closes': {
        const old = this.#oldSessions.get(rep);
        if (old) await transactions.changeRep(rep, (change, sites) => repLost(change, sites, rep, old));
        return;
      }
      case 'microphone':
        // A leg is opened by somebody who is connected; it may be lost at any time.
        if (command.ready && !this.#sessions.has(rep)) return;
        return this.#microphone(rep, command.ready);
      case 'status':
        if (!this.#sessions.has(rep)) return;
        return transactions.changeRep(rep, (change, sites) =>
          chooseStatus(change, sites, rep, command.status),
        );
      case 'rep-hangs-up': {
        const [call] = await world.select<{ id: CallId }>(
          `select id from calls where ${repOfCallNow} = ? and state in ('talking', 'calling-back')`,
          rep,
        );
        return transactions.changeRep(rep, change => repHangUp(change, rep, call?.id ?? ('none' as CallId)));
      }
      case 'outcome': {
        const [call] = await world.select<{ id: CallId; callback_kind: CallbackKind }>(
          `select id, callback_kind from calls where ${repOfCallNow} = ? and state = 'calling-back'`,
          rep,
        );
        return transactions.changeRep(rep, change =>
          callbackOutcome(change, rep, call?.id ?? ('none' as CallId), command.outcome),
        );
      }
      case 'transfer': {
        const [call] = await world.select<{ id: CallId }>(
          `select id from calls where ${repOfCallNow} = ? and state = 'talking'`,
          rep,
        );
        // Another site's queue is among them: it must be as if it did not exist.
        const { id: queueId } = allQueues[command.queue]!;
        return transactions.changeRep(rep, change =>
          transferCall(change, rep, call?.id ?? ('none' as CallId), queueId, 'a note'),
        );
      }
      case 'transfer-to-rep':
      case 'take-back': {
        const [call] = await world.select<{ id: CallId }>(
          `select id from calls where ${repOfCallNow} = ? and state = 'talking'`,
          rep,
        );
        const callId = call?.id ?? ('none' as CallId);
        return transactions.changeRep(rep, change =>
          command.do === 'take-back'
            ? takeBackTransfer(change, rep, callId)
            : transferToRep(change, rep, callId, { repId: repIds[command.to]!, note: 'a note' }),
        );
      }
      case 'hold': {
        const [call] = await world.select<{ id: CallId }>(
          `select id from calls where ${repOfCallNow} = ? and state = 'talking'`,
          rep,
        );
        return transactions.changeRep(rep, change =>
          holdShopper(change, rep, call?.id ?? ('none' as CallId), command.hold),
        );
      }
      case 'pick-up':
      case 'remove': {
        const shopper = shopperIds[command.shopper]!;
        const [call] = await world.select<{ id: CallId }>(
          "select id from calls where shopper_id = ? and state <> 'ended'",
          shopper,
        );
        const callId = call?.id ?? ('none' as CallId);
        const site = await siteOfCall(world.db, callId);
        const sites = new Set([...(site ? [site] : []), ...(await sitesOfRep(world.db, rep))]);
        return transactions.change([...sites].sort(), async change => {
          if (command.do === 'pick-up') await pickUp(change, rep, callId);
          else await removeEntry(change, rep, callId, 'a reason');
        });
      }
      case 'wrap-up-done':
        this.#watch.finishing.add(rep);
        return transactions.changeRep(rep, (change, sites) => finishWrapUp(change, sites, rep, 'done'));
      case 'accept':
      case 'decline':
        return this.#answer(command);
    }
  }

  async #answer({ do: what, rep, offer }: Extract<Command, { do: 'accept' | 'decline' }>): Promise<void> {
    const ringing = await this.#world.select<{ id: OfferId; rep_id: RepId }>(
      "select id, rep_id from offers where state = 'live' order by rep_id",
    );
    const one = ringing[rep % ringing.length];
    if (!one) return;
    const who = offer === 'own' ? one.rep_id : repIds.find(id => id !== one.rep_id)!;
    const act = what === 'accept' ? acceptOffer : declineOffer;
    await this.#world.transactions.changeRep(who, async change => void (await act(change, who, one.id)));
    if (offer !== 'own') throw new Error("another rep's offer could be used");
  }

  async #arrive(rep: RepId, keepsLeg: boolean): Promise<void> {
    const session = `session-${this.#next++}`;
    await this.#world.transactions.changeRep(rep, (change, sites) =>
      repConnected(change, sites, rep, session, keepsLeg),
    );
    // Only then, as in the gateway: a loss is noted after the arrival, and of an earlier session before.
    const old = this.#sessions.get(rep);
    if (old) this.#oldSessions.set(rep, old);
    this.#sessions.set(rep, session);
    await this.#watch.look();
    // The gateway closes the leg that the earlier page left.
    if (!keepsLeg && this.#microphones.has(rep)) await this.#microphone(rep, false);
  }

  async #microphone(rep: RepId, ready: boolean): Promise<void> {
    if (ready) this.#microphones.add(rep);
    else this.#microphones.delete(rep);
    await this.#world.transactions.changeRep(rep, (change, sites) =>
      repMicrophone(change, sites, rep, ready),
    );
  }

  /** As the audio reconciler does. */
  async #closeLegsOfAbsent(): Promise<void> {
    const absent = await this.#world.select<{ id: RepId }>(
      'select id from reps where session_id is null and lost_until is null',
    );
    for (const { id } of absent) if (this.#microphones.has(id)) await this.#microphone(id, false);
  }
}
