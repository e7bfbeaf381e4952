/**
 * The time that the rows are written in. It follows the wall clock, but never by itself when that steps: first every
 * time in the rows is moved by the step (`shift.ts`), and from that transaction on it is the new time. Between two
 * steps it runs on the clock of the machine that nobody sets.
 */
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** What a machine tells of the time, ms. */
export type Clock = {
  /** UTC; can be set to anything at any moment. */
  wall(): number;
  /** Since whenever; never set. */
  steady(): number;
  /** Names the time since the machine was started; empty where that is not known. */
  boot: string;
  /** Since that start; goes on over restarts of the server. */
  sinceBoot(): number;
};

export const machineClock: Clock = {
  wall: Date.now,
  steady: () => performance.now(),
  boot: readBoot(),
  sinceBoot: () => uptime() * 1000,
};

function readBoot(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

/** A clock that a test moves: what it shows is what has passed. */
export const movedClock = (now: () => number): Clock => ({
  wall: now,
  steady: now,
  boot: 'moved',
  sinceBoot: now,
});

/** What was noted at some moment, for the next start to compare with. */
export type Noted = { wall: number; boot: string; uptime: number };

/** Less is drift, and the granularity of what the clocks tell, ms. */
const toleranceMs = 1_000;

export class RowClock {
  readonly #clock: Clock;
  /** `now` less the steady clock. */
  #offset: number;
  #stepped: number;

  /** @param stepped the sum of all steps that the rows were moved by until now, ms */
  constructor(clock: Clock, stepped = 0) {
    this.#clock = clock;
    this.#offset = clock.wall() - clock.steady();
    this.#stepped = stepped;
  }

  /** The time of the rows, ms UTC. */
  readonly now = (): number => Math.round(this.#clock.steady() + this.#offset);

  /** The time without any step, for what no row can be moved for, such as how long a token is good. */
  readonly unstepped = (): number => this.now() - this.#stepped;

  /** By how much the wall clock was set since, ms; 0 when it was not. */
  step(): number {
    const step = this.#clock.wall() - this.now();
    return Math.abs(step) <= toleranceMs ? 0 : Math.round(step);
  }

  /** By how much the wall clock was set while no server ran. Of a time that nobody measured, it is believed unless it ran backwards. */
  stepSince({ wall, boot, uptime: then }: Noted): number {
    const passed = boot !== '' && boot === this.#clock.boot ? this.#clock.sinceBoot() - then : null;
    const step = this.#clock.wall() - (wall + (passed ?? 0));
    if (passed === null && step > 0) return 0;
    return Math.abs(step) <= toleranceMs ? 0 : Math.round(step);
  }

  /** The rows were moved by so much. `running`: and this server's own time has to follow. */
  moved(step: number, running: boolean): void {
    this.#stepped += step;
    if (running) this.#offset += step;
  }

  /** For the next start. */
  note(): Noted & { stepped: number } {
    const { wall, boot, sinceBoot } = this.#clock;
    return { wall: wall(), boot, uptime: Math.round(sinceBoot()), stepped: this.#stepped };
  }
}
