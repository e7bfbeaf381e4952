/** R2 as measured inside its namespace: rounds of ours over the videoroom, and over the videocall. */
import { Contender } from './contender.ts';
import { generatedLegs } from './generated-leg.ts';
import { Janus } from './janus.ts';
import { janusPlugins, talkOnJanus } from './janus-talk.ts';
import { LoadGenerator } from './load-generator.ts';
import { mediaRounds } from './media-round.ts';
import { ownAddress, reportFrom } from './namespace.ts';
import { Team } from './people.ts';

const calls = 50;
const rounds = 15;

await reportFrom(async say => {
  const ours = await Contender.start('ours', new URL('./our-server.ts', import.meta.url), {
    address: ownAddress,
  });
  const generator = await LoadGenerator.start();
  const started: Janus[] = [];
  try {
    say(`setting up ${calls} calls on each server`);
    const people = 2 * calls;
    const team = new Team(ours, generatedLegs(generator, 0));
    for (let call = 0; call < calls; call++) await team.talk();
    const servers = [{ name: 'ours', cpuSeconds: () => ours.cpuSeconds(), group: 0, people }];
    // A process for each plugin: the calls that rest cost a little, too.
    for (const name of janusPlugins) {
      const janus = await Janus.start({ iceLite: true });
      started.push(janus);
      const group = servers.length;
      // All at once: the first thing said over a new connection is lost on Janus, and said again only after a second.
      await Promise.all(Array.from({ length: calls }, () => talkOnJanus(janus, name, { generator, group })));
      servers.push({ name, cpuSeconds: () => janus.cpuSeconds(), group, people });
    }
    return await mediaRounds(generator, servers, rounds, say);
  } finally {
    await Promise.all([generator.close(), ours.stop(), ...started.map(one => one.stop())]);
  }
});
