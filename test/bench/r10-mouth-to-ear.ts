/**
 * R10: mouth to ear in Chromium, of calls through our whole server over calls from browser to browser. All people are in one
 * page, which has one clock for what is said and what is heard; those of both kinds talk at the same time, so that whatever
 * else the machine does hits both alike. Every connection is new in each round: how far it buffers is settled by chance at its
 * beginning, and spreads further than the two kinds are apart.
 */
import type { Page } from 'playwright-core';
import { type Person as Browser, openBrowser } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { type Benchmark, judge, median, type Round } from './benchmark.ts';
import { Contender } from './contender.ts';
import { type EarWindow, earSetUp, installEars } from './ear-page.ts';
import { answerSdp, dtlsOf, offerSdp, rtpParameters } from './load-leg.ts';
import { type Leg, type MakeLeg, Team } from './people.ts';

const rounds = 10;
/** Of each kind in a round, with two people each. */
const calls = 2;
/** How long a new connection is given to settle, and listened to, ms. */
const settleMs = 3_000;
const listenMs = 3_000;

type Talker = Leg & { name: string };

const run = <A extends unknown[], R>(
  page: Page,
  call: (page: EarWindow['earPage'], ...args: A) => R,
  ...args: A
) =>
  page.evaluate(
    ([source, args]) => new Function(`return ${source}`)()((globalThis as EarWindow).earPage, ...args),
    [String(call), args] as const,
  ) as Promise<Awaited<R>>;

/** Legs on our server whose connections are in the page. */
const legsIn = (page: Page): MakeLeg<Talker> => {
  let people = 0;
  return (media, io) => {
    const name = `ours ${people++}`;
    return {
      name,
      async produce() {
        const offer = await run(page, (ears, name) => ears.speak(name), name);
        const type = Number(/a=rtpmap:(\d+) opus/i.exec(offer)![1]);
        const ssrc = Number(/a=ssrc:(\d+)/.exec(offer)![1]);
        await io.connect(media.send.id, dtlsOf(offer));
        const answer = answerSdp(media.send, type);
        await run(page, (ears, name, answer) => ears.spoken(name, answer), name, answer);
        return io.produce(rtpParameters(ssrc, type));
      },
      async hear(heard) {
        const offer = offerSdp(media.receive, heard.rtpParameters as Parameters<typeof offerSdp>[1]);
        const answer = await run(page, (ears, name, offer) => ears.hear(name, offer), name, offer);
        await io.connect(media.receive.id, dtlsOf(answer));
      },
    };
  };
};

/** Median of the tones of each person, by kind. */
async function measure(page: Page): Promise<{ ours: number[]; direct: number[] }> {
  await run(page, (ears, ms) => ears.listen(ms), settleMs);
  const heard = await until(async () => {
    const all = await run(page, (ears, ms) => ears.listen(ms), listenMs);
    return Object.values(all).every(delays => delays.length > 3) && all;
  });
  const of = (kind: string) =>
    Object.entries(heard).flatMap(([name, delays]) => (name.startsWith(kind) ? [median(delays)] : []));
  return { ours: of('ours'), direct: of('direct') };
}

export const r10: Benchmark = {
  id: 'R10',
  title: 'mouth to ear, Chromium, through our server / direct browser to browser',
  goal: { atMost: 1.1 },
  async run(say) {
    const ours = await Contender.start('ours', new URL('./our-server.ts', import.meta.url));
    let browser: Browser | undefined;
    try {
      browser = await openBrowser(440);
      const { page } = browser;
      // A page of nobody's: AudioWorklet wants a secure one.
      await page.route('**', route => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
      await page.goto('https://bench.example/');
      await page.evaluate(installEars, earSetUp);
      const team = new Team(ours, legsIn(page));
      const all: Round[] = [];
      for (let round = 0; round < rounds; round++) {
        for (let call = 0; call < calls; call++) {
          await team.talk();
          await run(
            page,
            (ears, one, other) => ears.talkDirectly(one, other),
            `direct ${2 * call}`,
            `direct ${2 * call + 1}`,
          );
        }
        const measured = await measure(page);
        await team.leave();
        await run(page, ears => ears.hangUp());
        const [a, b] = [median(measured.ours), median(measured.direct)];
        all.push({ value: a / b, figures: measured });
        say(`round ${round + 1} of ${rounds}: ours ${a.toFixed(1)}, direct ${b.toFixed(1)} ms`);
      }
      const of = (kind: 'ours' | 'direct') => all.flatMap(({ figures }) => figures[kind] as number[]);
      const [a, b] = [of('ours'), of('direct')];
      return judge(
        all,
        `ours ${median(a).toFixed(1)}, direct ${median(b).toFixed(1)} ms; ${a.length} and ${b.length} connections`,
      );
    } finally {
      await browser?.page.context().browser()?.close();
      await ours.stop();
    }
  },
};
