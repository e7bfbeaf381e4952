/**
 * R7b: from the click on the button of a fresh page, nothing of it in the browser's cache, to the first sound of the hold
 * music, over two pages that connect directly on a click. The microphone is allowed already: how long people take to
 * answer the browser's question is no figure of ours.
 */
import type { TalkToUs } from '../../client/element/element.ts';
import type { Person } from '../support/browser.ts';
import { type Benchmark, judge, median, once, type Round, type Say, turns } from './benchmark.ts';
import { Contender } from './contender.ts';
import { DirectPeer } from './direct-peer.ts';
import { clickedAt, firstSound, listen, openPerson } from './listening-page.ts';
import { Team } from './people.ts';

const rounds = 9;
const clicksPerRound = 4;
/** As long as people take from the first movement over a button to the click at least. */
const hoverMs = 400;

type Way = 'hover' | 'tap' | 'direct';
const ways: readonly Way[] = ['hover', 'tap', 'direct'];
type Click = () => Promise<number>;

async function clickOurs(origin: string, way: 'hover' | 'tap'): Promise<number> {
  const { page, close } = await openPerson(440);
  try {
    await page.goto(`${origin}/`);
    const button = page.locator('talk-to-us button').first();
    await page.locator('talk-to-us[data-reach=open]').waitFor({ state: 'attached' });
    await listen(page);
    if (way === 'hover') {
      await button.hover();
      await page.waitForTimeout(hoverMs);
      await page.mouse.down();
      await page.mouse.up();
    } else await button.tap();
    const heard = await firstSound(page);
    const ms = heard - (await clickedAt(page));
    await page.locator('talk-to-us').evaluate(element => (element as TalkToUs).hangUp());
    await page.locator('talk-to-us[data-state=ended]').waitFor({ state: 'attached' });
    return ms;
  } finally {
    await close();
  }
}

async function clickDirect(direct: DirectPeer): Promise<number> {
  const { page, close } = await openPerson(440);
  try {
    await direct.openCaller(page);
    await listen(page);
    await page.locator('button').tap();
    const heard = await firstSound(page);
    return heard - (await clickedAt(page));
  } finally {
    await close();
  }
}

const measured = once(async (say: Say) => {
  const ours = await Contender.start('ours', new URL('./our-server.ts', import.meta.url));
  const direct = await DirectPeer.start();
  let callee: Person | undefined;
  try {
    // A shop with nobody on duty refuses calls. This rep's headset rings for each of them, as it would.
    const { leg } = await new Team(ours).rep();
    callee = await openPerson(880);
    await direct.openCallee(callee.page, { speaking: true });
    const clicks: Record<Way, Click> = {
      hover: () => clickOurs(ours.origin, 'hover'),
      tap: () => clickOurs(ours.origin, 'tap'),
      direct: () => clickDirect(direct),
    };
    for (const way of ways) await clicks[way]();
    const all: Record<Way, number[]>[] = [];
    for (let round = 0; round < rounds; round++) {
      const now: Record<Way, number[]> = { hover: [], tap: [], direct: [] };
      for (let i = 0; i < clicksPerRound; i++)
        for (const way of turns(ways, i)) now[way].push(await clicks[way]());
      all.push(now);
      say(
        `round ${round + 1} of ${rounds}: ${ways.map(way => `${way} ${median(now[way]).toFixed(0)}`).join(', ')} ms`,
      );
    }
    leg.close();
    return all;
  } finally {
    await callee?.close();
    direct.close();
    await ours.stop();
  }
});

const against = (way: 'hover' | 'tap') => async (say: Say) => {
  const all = await measured(say);
  const judged: Round[] = all.map(now => ({
    value: median(now[way]) / median(now.direct),
    figures: { ours: now[way], direct: now.direct },
  }));
  const of = (one: Way) => median(all.flatMap(now => now[one])).toFixed(0);
  return judge(
    judged,
    `ours ${of(way)}, direct ${of('direct')} ms, median of ${rounds * clicksPerRound} clicks each`,
  );
};

export const r7bHover: Benchmark = {
  id: 'R7b',
  title: 'click after hovering to first hold music, fresh page, ours / direct connection',
  goal: { atMost: 1.1 },
  run: against('hover'),
};

export const r7bTap: Benchmark = {
  id: 'R7bt',
  title: 'cold tap to first hold music, fresh page, ours / direct connection',
  goal: { atMost: 1.4 },
  run: against('tap'),
};
