/**
 * R13, the music: what a shopper who waits hears while five hundred reps are on duty and the line changes four times a
 * second, each change shown to all of them. Nothing may be lost, and no gap be over 60 ms.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once as happened } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  type Benchmark,
  counting,
  judge,
  once,
  percent,
  type Result,
  type Round,
  type Say,
} from './benchmark.ts';
import { Crowd, CrowdShopper } from './crowd.ts';
import type { Noted } from './music-listener.ts';
import { watchOthers } from './servers-core.ts';

const reps = 500;
const rounds = 10;
const roundMs = 5_000;
const changesPerSecond = 4;
/** A listener who had to wait that long for its own turn has noted the machine, not the server. */
const mostStallMs = 20;
/** Others that took more than this of the servers' core may have kept any thread there from its turn. */
const mostOthers = 0.05;

function fault({ stallMs }: Noted, others: number): string | undefined {
  if (stallMs > mostStallMs) return `the listener itself waited ${stallMs.toFixed(0)} ms`;
  if (others > mostOthers) return `others used ${percent(others)} of the server's core`;
  return undefined;
}

/** The shopper who listens, in a process of its own. */
class Listener {
  readonly #child: ChildProcess;
  readonly #ended: Promise<never>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = happened(child, 'exit').then(([code]) => {
      throw new Error(`the listener ended (${code})`);
    });
    this.#ended.catch(() => {});
  }

  static async start(origin: string): Promise<Listener> {
    const script = fileURLToPath(new URL('./music-listener.ts', import.meta.url));
    const listener = new Listener(fork(script, [origin]));
    await listener.#message();
    return listener;
  }

  /** What it noted since it was last asked. */
  async noted(): Promise<Noted> {
    const answer = this.#message();
    this.#child.send('tell');
    return (await answer) as Noted;
  }

  stop(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  async #message(): Promise<unknown> {
    const [message] = await Promise.race([happened(this.#child, 'message'), this.#ended]);
    return message;
  }
}

const listen = once(async (say: Say): Promise<Round[]> => {
  const crowd = await Crowd.open();
  let listener: Listener | undefined;
  try {
    say(`${reps} reps come on duty`);
    await crowd.addReps(reps);
    listener = await Listener.start(crowd.server.origin);
    const shopper = await CrowdShopper.arrive(crowd.server);
    await listener.noted();
    const all: Round[] = [];
    let calling = false;
    for (let round = 0; round < rounds; round++) {
      const began = performance.now();
      const othersShare = watchOthers(crowd.server);
      let changes = 0;
      for (; performance.now() - began < roundMs; changes++) {
        await delay(Math.max(0, began + (changes * 1_000) / changesPerSecond - performance.now()));
        await (calling ? shopper.hangUp() : shopper.call());
        calling = !calling;
      }
      const noted = await listener.noted();
      const others = othersShare();
      const discounted = fault(noted, others);
      all.push({ value: noted.gapMs, figures: { ...noted, others, changes }, discounted });
      say(
        `round ${round + 1} of ${rounds}: ${changes} changes, ${noted.packets} packets, ${noted.lost} lost, longest gap ${noted.gapMs.toFixed(1)} ms${discounted ? `; does not count: ${discounted}` : ''}`,
      );
    }
    shopper.socket.close();
    return all;
  } finally {
    listener?.stop();
    await crowd.close();
  }
});

/** The worst round is the figure: who waits hears each of them. */
function worst(rounds: readonly Round[], pick: (values: number[]) => number): Result {
  const judged = judge(
    rounds,
    `${reps} reps on duty, ${changesPerSecond} changes a second, 50 packets a second`,
  );
  return { ...judged, value: pick(counting(rounds).map(({ value }) => value)) };
}

export const r13Gap: Benchmark = {
  id: 'R13c',
  title: `hold music while ${changesPerSecond} changes a second reach ${reps} reps: longest gap`,
  goal: { atMost: 60 },
  unit: 'ms',
  run: async say => worst(await listen(say), values => Math.max(...values)),
};

export const r13Lost: Benchmark = {
  id: 'R13d',
  title: `hold music while ${changesPerSecond} changes a second reach ${reps} reps: share of packets that came`,
  goal: { atLeast: 1 },
  run: async say => {
    const rounds = (await listen(say)).map(round => {
      const { packets, lost } = round.figures as Noted;
      return { ...round, value: packets / (packets + lost) };
    });
    return worst(rounds, values => Math.min(...values));
  },
};
