/**
 * R3: packets that our whole server delivers for one second of processor time, over a C program that only sends datagrams of
 * the same calls on (`native/forwarder.c`): how much is left of what the machine's network can do. Both get 172 bytes of RTP,
 * as 160 of payload make; ours decrypts and encrypts them besides.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Benchmark, Result, Say } from './benchmark.ts';
import { Contender, cpuSeconds, onServersCore } from './contender.ts';
import { generatedLegs } from './generated-leg.ts';
import { LoadGenerator } from './load-generator.ts';
import { judgeMedia, mediaRounds } from './media-round.ts';
import { compile } from './native.ts';
import { Team } from './people.ts';

/** As the goal has it, and what is measured where one core cannot carry that. */
const sizes = [200, 100];
const payloadBytes = 160;
const rounds = 15;

/** On the servers' core. */
async function startForwarder() {
  const program = await compile('forwarder');
  const child = spawn(onServersCore[0]!, [...onServersCore.slice(1), program.file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    port: Number(port),
    cpuSeconds: () => cpuSeconds(child.pid!),
    async stop() {
      const exit = once(child, 'exit');
      child.stdin.end();
      await exit;
      await program.remove();
    },
  };
}

export const r3: Benchmark = {
  id: 'R3',
  title: 'media: packets per CPU-second, ours / a C program that forwards UDP, 200 calls',
  goal: { atLeast: 0.15 },
  async run(say) {
    const tooMany: string[] = [];
    for (const calls of sizes) {
      try {
        const result = await compare(calls, say);
        return { ...result, note: [`${calls} calls: ${result.note}`, ...tooMany].join('; ') };
      } catch (error) {
        tooMany.push(`at ${calls} calls ${(error as Error).message}`);
        say(tooMany.at(-1)!);
      }
    }
    throw new Error(tooMany.join('; '));
  },
};

async function compare(calls: number, say: Say): Promise<Result> {
  const generator = await LoadGenerator.start();
  const forwarder = await startForwarder();
  const ours = await Contender.start('ours', new URL('./our-server.ts', import.meta.url));
  try {
    say(`setting up ${calls} calls on each`);
    const people = 2 * calls;
    const team = new Team(ours, generatedLegs(generator, 0, payloadBytes));
    for (let call = 0; call < calls; call++) await team.talk();
    const address = { ip: '127.0.0.1', port: forwarder.port };
    for (let person = 0; person < people; person++) {
      // SSRCs 2n and 2n + 1 are one call; 0 would send nothing.
      await generator.connectPlain(1, address, { ssrc: person + 2, payloadType: 0, payloadBytes });
    }
    const servers = [
      { name: 'ours', cpuSeconds: () => ours.cpuSeconds(), group: 0, people },
      { name: 'forwarder', cpuSeconds: forwarder.cpuSeconds, group: 1, people },
    ];
    const [all] = await mediaRounds(generator, servers, rounds, say);
    return judgeMedia(all!, ['ours', 'forwarder']);
  } finally {
    await Promise.all([generator.close(), forwarder.stop(), ours.stop()]);
  }
}
