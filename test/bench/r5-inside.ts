/** R5 as measured inside its namespace. */
import { WrtcClient } from '../support/wrtc-client.ts';
import { median, turns } from './benchmark.ts';
import { Contender } from './contender.ts';
import { Janus } from './janus.ts';
import { setUpOnJanus } from './janus-people.ts';
import { janusPlugins } from './janus-talk.ts';
import { ownAddress, reportFrom } from './namespace.ts';
import { arriveAtOurs, Team } from './people.ts';
import { setUp } from './set-up.ts';

const rounds = 7;
const setUpsPerRound = 8;

await reportFrom(async say => {
  const ours = await Contender.start('ours', new URL('./our-server.ts', import.meta.url), {
    address: ownAddress,
  });
  const janus = await Janus.start();
  try {
    // A shop with nobody on duty refuses calls. This rep's headset rings for each of them, as it would.
    const { leg } = await new Team(ours).rep();
    const contenders = [
      { name: 'ours', setUp: () => arriveAtOurs(ours).then(setUp) },
      ...janusPlugins.map(name => ({ name, setUp: () => setUpOnJanus(janus, name) })),
    ];
    for (const { setUp } of contenders) await setUp();
    const all: Record<string, number[]>[] = [];
    for (let round = 0; round < rounds; round++) {
      const times: Record<string, number[]> = Object.fromEntries(contenders.map(({ name }) => [name, []]));
      for (let i = 0; i < setUpsPerRound; i++)
        for (const { name, setUp } of turns(contenders, i)) times[name]!.push(await setUp());
      const figures = contenders.map(({ name }) => `${name} ${median(times[name]!).toFixed(1)}`).join(', ');
      say(`round ${round + 1} of ${rounds}: ${figures} ms`);
      all.push(times);
    }
    leg.close();
    return all;
  } finally {
    WrtcClient.closeAll();
    await Promise.all([ours.stop(), janus.stop()]);
  }
});
