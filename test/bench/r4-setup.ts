/**
 * R4: from the request of somebody who has said hello to both transports connected, our whole server (authenticated,
 * validated, the call entered in the line, hold music in the answer) over bare mediasoup with the same client.
 */

import { WrtcClient } from '../support/wrtc-client.ts';
import { type Benchmark, judge, median, type Round, turns } from './benchmark.ts';
import { Contender } from './contender.ts';
import { arriveAtBare, arriveAtOurs, type Caller, Team } from './people.ts';

const rounds = 7;
const setUpsPerRound = 12;

/** Milliseconds. */
async function setUp(caller: Caller): Promise<number> {
  const client = await WrtcClient.create(caller.routerRtpCapabilities);
  try {
    const started = performance.now();
    const media = await caller.call(client.capabilities);
    await Promise.all([client.open(media, caller.io), client.tone(440)]);
    await client.connected('send', 'receive');
    return performance.now() - started;
  } finally {
    await caller.leave();
    client.close();
  }
}

export const r4: Benchmark = {
  id: 'R4',
  title: 'set-up: request to both ways connected, ours / bare mediasoup',
  goal: { atMost: 1.25 },
  async run(say) {
    const ours = await Contender.start('ours', new URL('./our-server.ts', import.meta.url));
    const bare = await Contender.start('bare', new URL('./bare-server.ts', import.meta.url));
    const arrive = (contender: Contender) => (contender === ours ? arriveAtOurs(ours) : arriveAtBare(bare));
    try {
      // A shop with nobody on duty refuses calls. This rep's headset rings for each of them, as it would.
      const { leg } = await new Team(ours).rep();
      for (const contender of [ours, bare]) await setUp(await arrive(contender));
      const all: Round[] = [];
      for (let round = 0; round < rounds; round++) {
        const now = { ours: [] as number[], bare: [] as number[] };
        for (let i = 0; i < setUpsPerRound; i++) {
          for (const contender of turns([ours, bare], i)) {
            now[contender === ours ? 'ours' : 'bare'].push(await setUp(await arrive(contender)));
          }
        }
        all.push({ value: median(now.ours) / median(now.bare), figures: now });
        say(
          `round ${round + 1} of ${rounds}: ours ${median(now.ours).toFixed(1)}, bare ${median(now.bare).toFixed(1)} ms`,
        );
      }
      leg.close();
      const of = (name: string) => median(all.flatMap(({ figures }) => figures[name] ?? [])).toFixed(1);
      return judge(
        all,
        `ours ${of('ours')}, bare ${of('bare')} ms, median of ${rounds * setUpsPerRound} set-ups each`,
      );
    } finally {
      await Promise.all([ours.stop(), bare.stop()]);
    }
  },
};
