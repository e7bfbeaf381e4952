/**
 * R5: from the caller's request to every connection of the call up, ours over Janus, with the same client library. On ours a
 * rep's connections are up before anybody calls, so that only the caller's two are waited for; on Janus's videoroom the rep
 * speaks into the room before, and on its videocall nothing can be made before.
 */
import { type Benchmark, judge, median, once, type Round, type Say } from './benchmark.ts';
import { inNamespace } from './namespace.ts';

type Times = { ours: number[]; videoroom: number[]; videocall: number[] };

const measured = once((say: Say) =>
  inNamespace<Times[]>(new URL('./r5-inside.ts', import.meta.url), [], say),
);

const over =
  (plugin: 'videoroom' | 'videocall'): Benchmark['run'] =>
  async say => {
    const times = await measured(say);
    const rounds: Round[] = times.map(({ ours, [plugin]: theirs }) => ({
      value: median(ours) / median(theirs),
      figures: { ours, [plugin]: theirs },
    }));
    const of = (name: keyof Times) => median(times.flatMap(round => round[name])).toFixed(1);
    return judge(rounds, `ours ${of('ours')}, ${plugin} ${of(plugin)} ms`);
  };

export const r5: Benchmark = {
  id: 'R5',
  title: 'set-up with the same client library, ours / Janus videoroom',
  goal: { atMost: 0.35 },
  run: over('videoroom'),
};

export const r5Videocall: Benchmark = {
  id: 'R5b',
  title: 'set-up with the same client library, ours / Janus videocall',
  goal: { atMost: 0.55 },
  run: over('videocall'),
};
