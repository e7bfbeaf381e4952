/** Packets delivered for one second of processor time: rounds of load on servers in turn. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  counting,
  judge,
  loadFault,
  median,
  percent,
  type Result,
  type Round,
  type Say,
  turns,
} from './benchmark.ts';
import type { LoadGenerator } from './load-generator.ts';

/** A server under test and the people who talk through it: a group of the load generator. */
export type Relayed = { name: string; cpuSeconds: () => number; group: number; people: number };

/** Each person speaks all the time, in packets of 20 ms. */
const packetsPerSecond = 50;
/** Milliseconds of load before counting, and while counting. */
const warmUpMs = 300;
const measureMs = 2_000;
/** Fewer rounds that count than this are chance. */
const fewestRounds = 5;

type Measured = {
  /** Packets that arrived for one second of processor time of the server. */
  perCpuSecond: number;
  /** Share of its core that the load took, this process included. */
  load: number;
  /** Share of the packets due that did not arrive, sent or not. */
  lost: number;
};

async function measure(generator: LoadGenerator, { cpuSeconds, group, people }: Relayed): Promise<Measured> {
  const now = async () => {
    const { received } = await generator.count(group);
    const { user, system } = process.cpuUsage();
    const load = generator.cpuSeconds() + (user + system) / 1e6;
    return { received, load, cpu: cpuSeconds(), at: performance.now() };
  };
  generator.start(group);
  await delay(warmUpMs);
  const before = await now();
  await delay(measureMs);
  const after = await now();
  generator.stop();
  const seconds = (after.at - before.at) / 1000;
  const received = after.received - before.received;
  return {
    perCpuSecond: received / (after.cpu - before.cpu),
    load: (after.load - before.load) / seconds,
    lost: 1 - received / (people * packetsPerSecond * seconds),
  };
}

/**
 * All servers hold their calls all the time; only one of them is sent to at a time.
 * @returns for each server after the first the rounds of the first one's share of it
 */
export async function mediaRounds(
  generator: LoadGenerator,
  servers: readonly Relayed[],
  count: number,
  say: Say,
): Promise<Round[][]> {
  const [first, ...others] = servers;
  const rounds: Round[][] = others.map(() => []);
  for (let round = 0; round < count; round++) {
    const measured = new Map<Relayed, Measured>();
    for (const server of turns(servers, round)) measured.set(server, await measure(generator, server));
    const all = [...measured.values()];
    const worst = {
      load: Math.max(...all.map(({ load }) => load)),
      lost: Math.max(...all.map(({ lost }) => lost)),
    };
    const discounted = loadFault(worst);
    const of = (server: Relayed) => measured.get(server)!.perCpuSecond;
    for (const [i, other] of others.entries())
      rounds[i]!.push({
        value: of(first!) / of(other),
        figures: { [first!.name]: of(first!), [other.name]: of(other), ...worst },
        discounted,
      });
    const figures = servers.map(server => `${server.name} ${Math.round(of(server))}`).join(', ');
    say(
      `round ${round + 1} of ${count}: ${figures} packets per CPU-second; load ${percent(worst.load)} of its core, ${percent(worst.lost)} lost${discounted ? '; does not count' : ''}`,
    );
  }
  return rounds;
}

/**
 * What the rounds of two servers say together.
 * @throws Error when too few of them count
 */
export function judgeMedia(rounds: readonly Round[], names: readonly string[]): Result {
  const counted = counting(rounds);
  if (counted.length < fewestRounds) {
    const middle =
      counted.length > 0 ? `, with a median of ${median(counted.map(({ value }) => value)).toFixed(3)}` : '';
    const others = rounds.filter(round => !counted.includes(round));
    const worst = (figure: string) =>
      percent(Math.max(...others.map(({ figures }) => figures[figure] as number)));
    throw new Error(
      `only ${counted.length} of ${rounds.length} rounds count${middle}: in the others up to ${worst('lost')} was not delivered, and the load used up to ${worst('load')} of its core`,
    );
  }
  return judge(rounds, mediaNote(rounds, names));
}

/** Medians of what two servers did, for the reader. */
function mediaNote(rounds: readonly Round[], names: readonly string[]): string {
  const all = (figure: string) => counting(rounds).map(({ figures }) => figures[figure] as number);
  const each = names.map(name => `${name} ${Math.round(median(all(name)))}`).join(', ');
  return `${each} packets per CPU-second; at most ${percent(Math.max(0, ...all('lost')))} not delivered, load ${percent(median(all('load')))} of its core`;
}
