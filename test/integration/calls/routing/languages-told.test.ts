/** What a click and a wait are said to be, where a queue prefers who speaks the shopper's language or asks for skills. */
import { beforeEach, expect, test } from 'vitest';
import { changeLanguages } from '../../../../server/calls/commands/member-commands.ts';
import { updateContext } from '../../../../server/calls/commands/shopper-commands.ts';
import { standingOf, standingOfOne } from '../../../../server/calls/line/line.ts';
import { inLanguage, reachability } from '../../../../server/calls/routing/availability.ts';
import {
  createKnownReachability,
  type KnownReachability,
} from '../../../../server/calls/routing/known-reachability.ts';
import { readShared } from '../../../../server/calls/views/shared-reading.ts';
import { shopperView } from '../../../../server/calls/views/shopper-view.ts';
import { mainAccount } from '../../../../server/store/members.ts';
import type { Language } from '../../../../shared/i18n/languages.ts';
import type { QueueId, RepId, ShopperId, SiteId } from '../../../../shared/ids.ts';
import { Watch } from './invariants.ts';
import type { Operation } from './operations.ts';
import { Players } from './players.ts';
import { onEveryEngine, passes, rung, world } from './scene.ts';
import { plainRules, preferLanguageMs } from './world.ts';

const [ana, ben] = [0, 1] as const;
const sales = 'a-sales' as QueueId;
const vip = 'a-vip' as QueueId;
const site = 'a' as SiteId;
const [german, maltese, french, unknown] = [0, 1, 2, 3] as const;
const minute = 60_000;
const comesToWork = (rep: number): Operation => ({ do: 'comes-to-work', rep });
const starts = (shopper: number, queue = 0): Operation => ({ do: 'start', shopper, queue });
const accepts = (rep: number): Operation => ({ do: 'accept', rep, offer: 'own' });
const hangsUp = (rep: number): Operation[] => [
  { do: 'rep-hangs-up', rep },
  { do: 'wrap-up-done', rep },
];
const goes = (rep: number): Operation => ({ do: 'status', rep, status: 'away' });

let players: Players;
const play = async (...history: Operation[]) => {
  for (const one of history) await players.play(one);
};
/** What a page that asks for this language is told. */
const told = async (asked: string, queue = sales) =>
  inLanguage(await reachability(world.db, site, world.now, queue), [asked]);
const view = async (shopper: number) => {
  const shopperId = `shopper-${shopper}` as ShopperId;
  const seen = await shopperView(world.db, { siteId: site, shopperId, languages: [] }, world.now);
  if (seen.state !== 'waiting') throw new Error(`shopper ${shopper} is ${seen.state}`);
  return seen;
};
const speak = (rep: string, languages: Language[]) =>
  world.transactions.changeRep(rep as RepId, (change, sites) =>
    changeLanguages(change, sites, { accountId: mainAccount, repId: rep as RepId }, languages),
  );
/** Which is what estimates are made of. `ms`: of each of them. */
const fiveCalls = async (rep: number, queue = 0, ms = 5 * minute) => {
  await play(comesToWork(rep));
  for (let i = 0; i < 5; i++) await play(starts(unknown, queue), accepts(rep), passes(ms), ...hangsUp(rep));
};

onEveryEngine('what is told where languages matter on', () => {
  let known: KnownReachability;
  beforeEach(async () => {
    await speak('ana', ['de', 'ar']);
    await speak('ben', ['fr']);
    const watch = new Watch(world);
    world.onCommit = () => undefined;
    players = new Players(world, Object.assign(watch, { look: async () => undefined }));
    await world.setQueue(sales, { preferLanguageMs });
    known = createKnownReachability(world.db, world.bus, () => world.now);
    return () => known.close();
  });

  test('Q205 a click is promised an answer now only in a language in which one comes now', async () => {
    await play(comesToWork(ana), starts(unknown), accepts(ana), comesToWork(ben));
    expect(await told('de'), 'kept for who speaks it').toMatchObject({
      availability: 'busy',
      line: { waiting: 0 },
    });
    expect(await told('fr')).toMatchObject({ availability: 'open', line: null });
    expect(await told('mt'), 'spoken by nobody, so not waited for').toMatchObject({ availability: 'open' });
    await play(starts(german));
    expect(await rung()).toEqual({});
    expect(await told('de')).toMatchObject({ availability: 'busy', line: { waiting: 1 } });
    // Who waits for another is nobody's rival for who is free.
    expect(await told('fr')).toMatchObject({ availability: 'open' });
    expect(await told('mt')).toMatchObject({ availability: 'open' });
    await play(starts(maltese));
    expect(await rung()).toEqual({ ben: 'shopper-1' });
    expect(await told('fr')).toMatchObject({ availability: 'busy', line: { waiting: 2 } });
  });

  test('Q205 where languages are not preferred, all are told the same', async () => {
    await world.setQueue(sales, { preferLanguageMs: 0 });
    await play(comesToWork(ana), starts(unknown), accepts(ana), comesToWork(ben));
    for (const language of ['de', 'fr', 'mt'])
      expect(await told(language), language).toMatchObject({ availability: 'open' });
  });

  test('Q206 a rep who goes on or off duty, or says that they speak it, is seen by the next who asks', async () => {
    const asked = async () => {
      const offered = await known.read(site, sales);
      return ['de', 'fr'].map(language => inLanguage(offered, [language]).availability);
    };
    expect(await asked()).toEqual(['no-rep', 'no-rep']);
    await play(comesToWork(ana), starts(unknown), accepts(ana), comesToWork(ben));
    expect(await asked()).toEqual(['busy', 'open']);
    await speak('ben', ['de']);
    expect(await asked()).toEqual(['open', 'open']);
    await speak('ben', ['fr']);
    expect(await asked()).toEqual(['busy', 'open']);
    await play(starts(french), accepts(ben), ...hangsUp(ana));
    expect(await asked()).toEqual(['open', 'busy']);
    await play(...hangsUp(ben), goes(ana));
    // Nobody speaks German any more, so that it is waited for no longer.
    expect(await asked()).toEqual(['open', 'open']);
    await world.setQueue(sales, { preferLanguageMs: 0 });
    expect(await asked()).toEqual(['open', 'open']);
  });

  test('Q207 an estimate counts who has the skills, and others from the time on that less is asked for', async () => {
    await world.reset({ ...plainRules, skills: true });
    await fiveCalls(ana, 1);
    await play(starts(unknown, 1), accepts(ana), comesToWork(ben));
    // Ana knows enough, Ben does after fifteen seconds: sooner than Ana will have time, but not at once.
    const { availability, line } = await told('en', vip);
    expect(availability).toBe('busy');
    const withBen = line!.estimate!;
    await play(starts(german, 1));
    expect(await rung()).toEqual({});
    expect((await view(german)).estimate).toEqual(withBen);
    await play(goes(ben));
    const alone = (await view(german)).estimate!;
    expect(withBen.toMs).toBeGreaterThan(minute);
    expect(withBen.toMs).toBeLessThan(alone.toMs);
    // Where nobody on duty will ever do, no time is told.
    await world.setQueue(vip, { skillRings: [] });
    await play(comesToWork(ben), goes(ana));
    expect((await told('en', vip)).line).toMatchObject({ estimate: null });
    expect((await view(german)).estimate).toBeNull();
  });

  test('Q208 who waits for their language keeps the place, and is promised nobody who rings behind them', async () => {
    await fiveCalls(ana);
    await play(starts(unknown), accepts(ana), comesToWork(ben), starts(maltese), accepts(ben));
    await play(starts(german), passes(1_000), starts(french));
    expect([(await view(german)).place, (await view(french)).place]).toEqual([1, 2]);
    const before = (await view(german)).estimate!;
    const behind = (await view(french)).estimate!;
    expect(before.toMs).toBeGreaterThan(minute);
    await play(...hangsUp(ben));
    expect(await rung(), 'the second is rung for first').toEqual({ ben: 'shopper-2' });
    expect(await view(german)).toMatchObject({ place: 1, ringing: false, estimate: before });
    expect(await view(french)).toMatchObject({ place: 2, ringing: true, estimate: { fromMs: 0 } });
    expect((await view(french)).estimate!.toMs).toBeLessThan(behind.toMs);
    // With the time over it is anybody's, and the next one is asked at once.
    await play(accepts(ben), passes(preferLanguageMs), ...hangsUp(ben));
    expect(await rung()).toEqual({ ben: 'shopper-0' });
    expect(await view(german)).toMatchObject({ estimate: { fromMs: 0, toMs: minute } });
  });

  test('Q208 the estimate falls as the time for the language goes by, and moves with who is on duty', async () => {
    await fiveCalls(ana);
    await world.setQueue(sales, { preferLanguageMs: 10 * minute, maxWaitMs: 30 * minute });
    await play(starts(unknown), accepts(ana), comesToWork(ben));
    const promised = (await told('de')).line?.estimate;
    await play(starts(german));
    const alone = (await view(german)).estimate!;
    expect(promised).toEqual(alone);
    await play(passes(8 * minute));
    const later = (await view(german)).estimate!;
    expect(later.toMs).toBeLessThan(alone.toMs);
    await speak('ben', ['de']);
    expect(await rung()).toEqual({ ben: 'shopper-0' });
  });

  test('Q210 a language with a region is its language, and a change of it is told with the next view', async () => {
    await fiveCalls(ana);
    await play(
      starts(unknown),
      accepts(ana),
      comesToWork(ben),
      starts(maltese),
      accepts(ben),
      starts(french),
    );
    const inFrench = (await view(french)).estimate;
    const speaks = (language: string) =>
      world.transactions.change([site], change =>
        updateContext(change, site, `shopper-${french}` as ShopperId, { language }),
      );
    await speaks('fr-CA');
    expect((await view(french)).estimate).toEqual(inFrench);
    await speaks('tlh');
    await play(...hangsUp(ben));
    expect(await rung()).toEqual({ ben: 'shopper-2' });
  });

  test('Q211 a queue that rings all rings all of the language, and promises a click none of the others', async () => {
    await world.setQueue(sales, { strategy: 'ring-all', preferLanguageMs });
    await speak('ben', ['fr', 'de']);
    await play(comesToWork(ana), comesToWork(ben), starts(german));
    expect(await rung()).toEqual({ ana: 'shopper-0', ben: 'shopper-0' });
    for (const language of ['de', 'ar', 'fr', 'mt'])
      expect(await told(language), language).toMatchObject({ availability: 'busy', line: { waiting: 1 } });
    // Who did not get it is free again, for those whose language they speak.
    await play(accepts(ana));
    expect(await rung()).toEqual({});
    expect(await told('ar')).toMatchObject({ availability: 'busy', line: { waiting: 0 } });
    for (const language of ['de', 'fr', 'mt'])
      expect(await told(language), language).toMatchObject({ availability: 'open' });
    await speak('ben', ['fr']);
    await play(...hangsUp(ana), starts(unknown), accepts(ana));
    await play({ do: 'hang-up', shopper: german }, starts(german));
    expect(await rung()).toEqual({});
    expect(await told('de')).toMatchObject({ availability: 'busy', line: { waiting: 1 } });
    expect(await told('fr')).toMatchObject({ availability: 'open' });
    await play(passes(preferLanguageMs));
    expect(await rung()).toEqual({ ben: 'shopper-0' });
    await play(...hangsUp(ana));
    expect(await rung(), 'whoever becomes free joins').toEqual({ ana: 'shopper-0', ben: 'shopper-0' });
  });

  test('Q211 those at whom all one call rings are counted on for who is next', async () => {
    await fiveCalls(ana, 0, 30 * minute);
    await world.setQueue(sales, { strategy: 'ring-all', preferLanguageMs: 0 });
    await play(comesToWork(ben), starts(unknown));
    expect(await rung()).toEqual({ ana: 'shopper-3', ben: 'shopper-3' });
    for (const shopper of [german, maltese, french]) await play(passes(1_000), starts(shopper));
    // One of the two will be free as soon as the other has taken it.
    expect((await view(german)).estimate).toMatchObject({ fromMs: 0 });
    expect((await view(french)).estimate).toMatchObject({ fromMs: 0 });
    await play(accepts(ana));
    expect(await rung()).toEqual({ ben: 'shopper-0' });
  });

  test('Q213 who waits for a rare language keeps the place and holds up nobody, and gets the first who is free when its time is over', async () => {
    await world.setQueue(sales, { preferLanguageMs: minute, maxWaitMs: 30 * minute });
    await play(comesToWork(ana), starts(unknown), accepts(ana), comesToWork(ben), starts(german));
    for (const other of [french, maltese, french]) {
      expect(await told('fr')).toMatchObject({ availability: 'open' });
      await play(passes(1_000), starts(other));
      expect(await rung()).toEqual({ ben: `shopper-${other}` });
      expect((await view(german)).place).toBe(1);
      await play(accepts(ben), passes(10_000), ...hangsUp(ben));
    }
    await play(starts(french), accepts(ben), starts(maltese), passes(minute));
    expect([(await view(german)).place, (await view(maltese)).place]).toEqual([1, 2]);
    await play(...hangsUp(ben));
    expect(await rung()).toEqual({ ben: 'shopper-0' });
    expect(await told('fr')).toMatchObject({ availability: 'busy' });
  });

  test('Q214 a rep of two languages is promised in both until one of them has them', async () => {
    await play(comesToWork(ben), starts(unknown), accepts(ben), comesToWork(ana));
    const answers = async () => {
      const given: string[] = [];
      for (const language of ['de', 'ar', 'fr', 'mt']) given.push((await told(language)).availability);
      return given;
    };
    expect(await answers()).toEqual(['open', 'open', 'busy', 'open']);
    await play(starts(german));
    expect(await rung()).toEqual({ ana: 'shopper-0' });
    expect(await answers()).toEqual(['busy', 'busy', 'busy', 'busy']);
    await play(accepts(ana));
    await speak('ben', ['fr', 'ar']);
    await play(...hangsUp(ben));
    expect(await answers()).toEqual(['busy', 'open', 'open', 'open']);
    await play(starts(french));
    expect(await answers()).toEqual(['busy', 'busy', 'busy', 'busy']);
  });

  test('Q215 the range that a page shows before the click is that of the wait after it, whoever is in front', async () => {
    await fiveCalls(ana);
    await world.setQueue(sales, { preferLanguageMs: 10 * minute, maxWaitMs: 60 * minute, maxLength: 10 });
    await play(comesToWork(ben), starts(unknown), accepts(ana), starts(maltese), accepts(ben));
    for (const [shopper, language] of [
      [french, 'fr'],
      [german, 'de'],
    ] as const) {
      await play(passes(1_000));
      const { line } = await told(language);
      await play(starts(shopper));
      expect((await view(shopper)).estimate).toEqual(line!.estimate);
    }
    // The line as its next reading has it, and as one alone is looked up in it.
    const line = await readShared(world.db, world.now).line(site, sales);
    for (const call of await world.db
      .selectFrom('calls')
      .selectAll()
      .where('state', '=', 'waiting')
      .execute())
      expect(await standingOfOne(world.db, line, call, world.now)).toEqual(
        standingOf(line, call.id, world.now),
      );
  });
});
