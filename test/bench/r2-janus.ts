/**
 * R2: packets that our whole server delivers for one second of processor time, over Janus with the same calls: its videoroom,
 * which is an SFU as ours, and its videocall, which has one connection for each person and joins two of them.
 */
import { type Benchmark, once, type Round, type Say } from './benchmark.ts';
import { judgeMedia } from './media-round.ts';
import { inNamespace } from './namespace.ts';

const rounds = once((say: Say) =>
  inNamespace<Round[][]>(new URL('./r2-inside.ts', import.meta.url), [], say),
);

export const r2: Benchmark = {
  id: 'R2',
  title: 'media: packets per CPU-second, ours / Janus videoroom, 50 calls',
  goal: { atLeast: 2.2 },
  async run(say) {
    const [room] = await rounds(say);
    return judgeMedia(room!, ['ours', 'videoroom']);
  },
};

export const r2Videocall: Benchmark = {
  id: 'R2b',
  title: 'media: packets per CPU-second, ours / Janus videocall, 50 calls',
  goal: { atLeast: 1.7 },
  async run(say) {
    const [, call] = await rounds(say);
    return judgeMedia(call!, ['ours', 'videocall']);
  },
};
