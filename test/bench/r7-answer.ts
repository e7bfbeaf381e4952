/**
 * R7: from the rep's click on "Accept" to the first sound of the rep's voice at the shopper. In Chromium over a direct
 * connection of two pages in which a silent sender is given its track (`replaceTrack`); R7n with Node clients over bare
 * mediasoup, which resumes a consumer that was made, paused, while it rang.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { TalkToUs } from '../../client/element/element.ts';
import { linkUrl } from '../../server/identity/links.ts';
import type { Heard, LegMedia } from '../../shared/protocol.ts';
import type { Person as BrowserPerson } from '../support/browser.ts';
import { openRep, openShopper, type RepPage, type ShopperPage } from '../support/pages.ts';
import { Rep, Shopper } from '../support/people.ts';
import { RepAccount } from '../support/rep-account.ts';
import { until } from '../support/until.ts';
import { WrtcClient } from '../support/wrtc-client.ts';
import { type Benchmark, judge, median, type Result, type Round, type Say, turns } from './benchmark.ts';
import { Contender } from './contender.ts';
import { DirectPeer, speak } from './direct-peer.ts';
import { clickedAt, firstSound, forgetSounds, listen, openPerson } from './listening-page.ts';
import { bareIo, nextAddress } from './people.ts';
import { BenchSocket } from './signaling.ts';

const rounds = 9;
const answersPerRound = 7;
/** Nobody answers sooner than this after it has begun to ring. */
const ringingMs = 250;

/**
 * Mean without the highest and the lowest fifth. Packets leave every 20 ms, so that answers are spread evenly over as
 * much, of which the mean knows the middle better than the median does.
 */
function middle(values: readonly number[]): number {
  const cut = Math.floor(values.length / 5);
  const kept = [...values].sort((a, b) => a - b).slice(cut, values.length - cut);
  return kept.reduce((sum, one) => sum + one, 0) / kept.length;
}

/** Ways to answer, each of which gives milliseconds. */
type Answers = { ours: () => Promise<number>; yardstick: () => Promise<number> };

async function compare(say: Say, name: string, { ours, yardstick }: Answers): Promise<Result> {
  await ours();
  await yardstick();
  const all: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    const now = { ours: [] as number[], [name]: [] as number[] };
    for (let i = 0; i < answersPerRound; i++)
      for (const contender of turns(['ours', name], i))
        now[contender]!.push(await (contender === 'ours' ? ours : yardstick)());
    const [own, other] = [middle(now.ours), middle(now[name]!)];
    all.push({ value: own / other, figures: now });
    say(`round ${round + 1} of ${rounds}: ours ${own.toFixed(1)}, ${name} ${other.toFixed(1)} ms`);
  }
  const of = (one: string) => median(all.flatMap(({ figures }) => figures[one] ?? [])).toFixed(1);
  return judge(
    all,
    `ours ${of('ours')}, ${name} ${of(name)} ms, median of ${rounds * answersPerRound} answers each`,
  );
}

/** A team of one more, who has no after-call work. */
async function teamOf(server: Contender): Promise<RepAccount> {
  const person = { name: 'Owner', email: 'owner@bench.example', password: 'a long bench password' };
  const owner = await RepAccount.make(server.origin, server.setUpToken!, person);
  await owner.patchQueue(server.origin, { wrapUp: { kind: 'none', ms: 1_000 } });
  return owner;
}

async function answerInChromium(rep: RepPage, shopper: ShopperPage): Promise<number> {
  const { page } = shopper;
  await shopper.element.evaluate(element => (element as TalkToUs).call());
  await firstSound(page);
  await rep.state('ringing');
  await delay(ringingMs);
  const music = await forgetSounds(page);
  await rep.press(/accept/i);
  const heard = await firstSound(page, music);
  const ms = heard - (await clickedAt(rep.page));
  await shopper.press('Hang up');
  await shopper.state('ended');
  await rep.state('idle');
  await forgetSounds(page);
  return ms;
}

/** On a connection of its own each time, as each call has: one that has carried sound before is quicker. */
async function answerDirectly(callee: BrowserPerson, { page }: BrowserPerson): Promise<number> {
  await page.evaluate(() => (globalThis as Caller).hangUp());
  await page.locator('button').click();
  await page.waitForFunction(() => (globalThis as Caller).peer?.connectionState === 'connected');
  await delay(ringingMs);
  await forgetSounds(page);
  const spoken = await speak(callee.page);
  return (await firstSound(page)) - spoken;
}

export const r7: Benchmark = {
  id: 'R7',
  title: "answer to the shopper's first sound, Chromium, ours / direct replaceTrack",
  goal: { atMost: 1 },
  async run(say) {
    const server = await Contender.start('ours', new URL('./our-server.ts', import.meta.url));
    const direct = await DirectPeer.start();
    const people: BrowserPerson[] = [];
    try {
      const token = await (await teamOf(server)).invite(server.origin, {
        ...{ name: 'Ana', email: 'ana@shop.example', password: '' },
      });
      const [ana, sam] = await Promise.all([openPerson(880), openPerson(440)]);
      people.push(ana, sam);
      const [callee, caller] = await Promise.all([ana.another(), sam.another()]);
      const rep = await openRep(ana, linkUrl(server.origin.replace('127.0.0.1', 'localhost'), token), 'Ana');
      await rep.goAvailable();
      const shopper = await openShopper(sam, server.origin);
      await listen(sam.page);
      await direct.openCallee(callee.page, { speaking: false });
      await direct.openCaller(caller.page);
      await listen(caller.page);
      return await compare(say, 'direct', {
        ours: () => answerInChromium(rep, shopper),
        yardstick: () => answerDirectly(callee, caller),
      });
    } finally {
      await Promise.all(people.map(person => person.close()));
      direct.close();
      await server.stop();
    }
  },
};

type Caller = typeof globalThis & { peer?: RTCPeerConnection; hangUp(): void };

/** When the shopper first hears the voice. */
const voiceAt = (client: WrtcClient) => until(() => client.soundSince('voice'), { everyMs: 1 });

async function answerInNode(origin: string, rep: Rep): Promise<number> {
  const shopper = await Shopper.arrive(origin);
  try {
    const callId = await shopper.call(440);
    const { offerId } = await rep.untilWork('ringing');
    await until(() => shopper.voice.hearing.some(({ source }) => source === 'voice'));
    await delay(ringingMs);
    const accepted = performance.now();
    await rep.signaling.request('offer.accept', { offerId });
    const ms = (await voiceAt(shopper.voice)) - accepted;
    await shopper.signaling.request('call.hang-up', { callId });
    await rep.untilWork('idle');
    return ms;
  } finally {
    shopper.close();
  }
}

/** Somebody on the bare server, with a voice. */
async function arriveAtBare(server: Contender, toneHz: number) {
  const socket = await BenchSocket.open(server.origin, '/', nextAddress());
  const { routerRtpCapabilities } = await socket.request<{ routerRtpCapabilities: unknown }>('hello', {});
  const client = await WrtcClient.create(routerRtpCapabilities);
  const { capabilities: rtpCapabilities } = client;
  const media = await socket.request<LegMedia>('open', { rtpCapabilities, greet: true });
  const io = bareIo(socket);
  let producerId = '';
  await client.open(media, {
    ...io,
    produce: async parameters => {
      producerId = await io.produce(parameters);
      return producerId;
    },
  });
  await client.tone(toneHz);
  return { socket, client, media, producerId };
}

type OnBare = Awaited<ReturnType<typeof arriveAtBare>>;

async function answerOnBare(server: Contender, rep: OnBare): Promise<number> {
  const { socket, client, media } = await arriveAtBare(server, 440);
  try {
    const voice = await socket.request<Heard>('consume', { producerId: rep.producerId, paused: true });
    await client.hear([...media.hearing, voice]);
    await delay(ringingMs);
    const accepted = performance.now();
    await rep.socket.request('resume', { consumerId: voice.consumerId });
    return (await voiceAt(client)) - accepted;
  } finally {
    client.close();
    socket.close();
  }
}

export const r7Node: Benchmark = {
  id: 'R7n',
  title: "answer to the shopper's first sound, Node clients, ours / bare resume",
  goal: { atMost: 1.3 },
  async run(say) {
    const server = await Contender.start('ours', new URL('./our-server.ts', import.meta.url));
    const bare = await Contender.start('bare', new URL('./bare-server.ts', import.meta.url));
    try {
      const rep = await Rep.signIn(server.origin, await teamOf(server));
      await rep.goAvailable(880);
      const onBare = await arriveAtBare(bare, 880);
      return await compare(say, 'bare', {
        ours: () => answerInNode(server.origin, rep),
        yardstick: () => answerOnBare(bare, onBare),
      });
    } finally {
      WrtcClient.closeAll();
      await Promise.all([server.stop(), bare.stop()]);
    }
  },
};
