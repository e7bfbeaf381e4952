/**
 * R1: packets that our whole server (its Node process and its worker) delivers for one second of processor time, as a
 * share of what bare mediasoup does with the same calls. Both servers run on one core and hold the same talks all the
 * time; only one of them is sent to at a time. Both send lost packets again on request (NACK), as our calls do.
 */
import type { Benchmark } from './benchmark.ts';
import { Contender } from './contender.ts';
import { generatedLegs } from './generated-leg.ts';
import { LoadGenerator } from './load-generator.ts';
import { judgeMedia, mediaRounds } from './media-round.ts';
import { Team, talkOnBare } from './people.ts';

const calls = 50;
/** Many short rounds rather than few long ones: what else happens on the machine then hits both servers alike. */
const rounds = 21;

export const r1: Benchmark = {
  id: 'R1',
  title: 'media: packets per CPU-second, ours / bare mediasoup, 50 calls',
  goal: { atLeast: 0.98 },
  async run(say) {
    const ours = await Contender.start('ours', new URL('./our-server.ts', import.meta.url));
    const bare = await Contender.start('bare', new URL('./bare-server.ts', import.meta.url));
    const generator = await LoadGenerator.start();
    try {
      say(`setting up ${calls} calls on each server`);
      const team = new Team(ours, generatedLegs(generator, 0));
      for (let call = 0; call < calls; call++) {
        await team.talk();
        await talkOnBare(bare, generatedLegs(generator, 1));
      }
      const servers = [ours, bare].map((server, group) => ({
        name: server.name,
        cpuSeconds: () => server.cpuSeconds(),
        group,
        people: 2 * calls,
      }));
      const [all] = await mediaRounds(generator, servers, rounds, say);
      return judgeMedia(all!, ['ours', 'bare']);
    } finally {
      await Promise.all([generator.close(), ours.stop(), bare.stop()]);
    }
  },
};
