/**
 * R4: from the request of somebody who has said hello to both transports connected, our whole server (authenticated,
 * validated, the call entered in the line, hold music in the answer) over bare mediasoup with the same client; R4c: what
 * that and the end of it cost the server and its worker; R4b: how long the answers take when twenty ask at once.
 */
import { type Benchmark, judge, median, once, type Round, turns } from './benchmark.ts';
import { Contender } from './contender.ts';
import { loadCapabilities } from './load-leg.ts';
import { arriveAtBare, arriveAtOurs, type Caller, Team } from './people.ts';
import { setUp } from './set-up.ts';

const rounds = 9;
const setUpsPerRound = 12;

type Both = { contenders: readonly Contender[]; arrive: (at: Contender) => Promise<Caller> };

/** Both servers, and a rep on duty: a shop without one refuses calls. The headset rings for each of them, as it would. */
async function withBoth<T>(work: (both: Both) => Promise<T>): Promise<T> {
  const ours = await Contender.start('ours', new URL('./our-server.ts', import.meta.url));
  const bare = await Contender.start('bare', new URL('./bare-server.ts', import.meta.url));
  try {
    const { leg } = await new Team(ours).rep();
    const arrive = (at: Contender) => (at === ours ? arriveAtOurs(ours) : arriveAtBare(bare));
    const result = await work({ contenders: [ours, bare], arrive });
    leg.close();
    return result;
  } finally {
    await Promise.all([ours.stop(), bare.stop()]);
  }
}

type Figures = Record<'ours' | 'bare', { times: number[]; cpuMs: number[] }>;
const nothing = (): Figures => ({ ours: { times: [], cpuMs: [] }, bare: { times: [], cpuMs: [] } });

/** Both figures come from the same set-ups. */
const setUps = once(say =>
  withBoth(async ({ contenders, arrive }) => {
    for (const contender of contenders) for (let i = 0; i < 3; i++) await setUp(await arrive(contender));
    const all: Figures[] = [];
    for (let round = 0; round < rounds; round++) {
      const now = nothing();
      for (let i = 0; i < setUpsPerRound; i++) {
        for (const contender of turns(contenders, i)) {
          const { times, cpuMs } = now[contender.name as keyof Figures];
          const caller = await arrive(contender);
          const before = contender.cpuSeconds();
          times.push(await setUp(caller));
          cpuMs.push(1_000 * (contender.cpuSeconds() - before));
        }
      }
      all.push(now);
      const { ours, bare } = now;
      say(
        `round ${round + 1} of ${rounds}: ours ${median(ours.times).toFixed(1)}, bare ${median(bare.times).toFixed(1)} ms; CPU ${median(ours.cpuMs).toFixed(1)}, ${median(bare.cpuMs).toFixed(1)} ms`,
      );
    }
    return all;
  }),
);

const readingOf =
  (what: 'times' | 'cpuMs', words: string) => async (say: Parameters<Benchmark['run']>[0]) => {
    const all = await setUps(say);
    const of = (name: keyof Figures) => median(all.flatMap(now => now[name][what])).toFixed(1);
    return judge(
      all.map(({ ours, bare }) => ({
        value: median(ours[what]) / median(bare[what]),
        figures: { ours: ours[what], bare: bare[what] },
      })),
      `ours ${of('ours')}, bare ${of('bare')} ms${words}, median of ${rounds * setUpsPerRound} set-ups each`,
    );
  };

export const r4: Benchmark = {
  id: 'R4',
  title: 'set-up: request to both ways connected, ours / bare mediasoup',
  goal: { atMost: 1.15 },
  run: readingOf('times', ''),
};

export const r4Cpu: Benchmark = {
  id: 'R4c',
  title: 'set-up: processor time of server and worker, ours / bare mediasoup',
  goal: { atMost: 1.4 },
  run: readingOf('cpuMs', ' of CPU'),
};

const atOnce = 20;
const burstRounds = 11;

/** Milliseconds until each of them is answered. */
async function burst(callers: readonly Caller[]): Promise<number[]> {
  const started = performance.now();
  return Promise.all(
    callers.map(async caller => {
      await caller.call(loadCapabilities);
      return performance.now() - started;
    }),
  );
}

export const r4Burst: Benchmark = {
  id: 'R4b',
  title: `answer to "call.start", ${atOnce} at once, median, ours / bare mediasoup`,
  goal: { atMost: 1.5 },
  run: say =>
    withBoth(async ({ contenders, arrive }) => {
      const all: Round[] = [];
      // The first one warms up what a server that runs has warm.
      for (let round = -1; round < burstRounds; round++) {
        const now = { ours: [] as number[], bare: [] as number[] };
        for (const contender of turns(contenders, round + 1)) {
          const callers = await Promise.all(Array.from({ length: atOnce }, () => arrive(contender)));
          now[contender.name as 'ours' | 'bare'] = await burst(callers);
          for (const caller of callers) await caller.leave();
        }
        if (round < 0) continue;
        all.push({ value: median(now.ours) / median(now.bare), figures: now });
        say(
          `round ${round + 1} of ${burstRounds}: ours ${median(now.ours).toFixed(1)}, bare ${median(now.bare).toFixed(1)} ms`,
        );
      }
      const of = (name: string) => median(all.flatMap(({ figures }) => figures[name] ?? [])).toFixed(1);
      return judge(
        all,
        `ours ${of('ours')}, bare ${of('bare')} ms, median of ${burstRounds} times ${atOnce}`,
      );
    }),
};
