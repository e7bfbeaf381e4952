/** What a shop says in which language, and who is rung for it, on a real database of each kind. */
import { beforeEach, expect, test } from 'vitest';
import { changeLanguages } from '../../../../server/calls/commands/member-commands.ts';
import { updateContext } from '../../../../server/calls/commands/shopper-commands.ts';
import { inLanguage, reachability } from '../../../../server/calls/routing/availability.ts';
import { shopperView } from '../../../../server/calls/views/shopper-view.ts';
import { mainAccount } from '../../../../server/store/members.ts';
import type { Language } from '../../../../shared/i18n/languages.ts';
import type { QueueId, RepId, ShopperId, SiteId } from '../../../../shared/ids.ts';
import { siteSettings } from '../../../../shared/settings.ts';
import { Watch } from './invariants.ts';
import type { Operation } from './operations.ts';
import { Players } from './players.ts';
import { onEveryEngine, passes, rung, world } from './scene.ts';
import { preferLanguageMs } from './world.ts';

const [ana, ben] = [0, 1] as const;
const sales = 'a-sales' as QueueId;
const site = 'a' as SiteId;
const [german, maltese, french, unknown] = [0, 1, 2, 3] as const;
const comesToWork = (rep: number): Operation => ({ do: 'comes-to-work', rep });
const starts = (shopper: number): Operation => ({ do: 'start', shopper, queue: 0 });
const goes = (rep: number): Operation => ({ do: 'status', rep, status: 'away' });
const shopperId = (index: number) => `shopper-${index}` as ShopperId;

const preferring = () => world.setQueue(sales, { preferLanguageMs });
/** What a page that asks for these languages is told. */
const told = async (...asked: string[]) => inLanguage(await reachability(world.db, site, world.now), asked);
const setSite = (settings: object) =>
  world.db
    .updateTable('sites')
    .set({ settings: JSON.stringify(siteSettings.parse(settings)) })
    .where('id', '=', site)
    .execute();

let players: Players;
const play = async (...history: Operation[]) => {
  for (const one of history) await players.play(one);
};

onEveryEngine('languages on', () => {
  beforeEach(() => {
    // These tests change the rules as they go, which the watch does not know of.
    const watch = new Watch(world);
    world.onCommit = () => undefined;
    players = new Players(world, Object.assign(watch, { look: async () => undefined }));
  });

  test('Q193 a call rings first at who speaks the shopper’s language, though others are free for longer', async () => {
    await preferring();
    await play(comesToWork(ben), passes(1_000), comesToWork(ana), starts(german));
    expect(await rung()).toEqual({ ana: 'shopper-0' });
  });

  test('Q193 it waits for one who is busy as long as the queue says, and then rings at anybody by itself', async () => {
    await preferring();
    await play(comesToWork(ana), starts(unknown), { do: 'accept', rep: ana, offer: 'own' });
    await play(comesToWork(ben), starts(german), passes(preferLanguageMs - 1));
    expect(await rung()).toEqual({});
    await play(passes(1));
    expect(await rung()).toEqual({ ben: 'shopper-0' });
  });

  test('Q194 nobody waits for a language that nobody on duty speaks', async () => {
    await preferring();
    await play(comesToWork(ana), starts(maltese));
    expect(await rung()).toEqual({ ana: 'shopper-1' });
    await play({ do: 'accept', rep: ana, offer: 'own' }, comesToWork(ben), starts(german));
    expect(await rung()).toEqual({});
    // Who spoke it goes, and with that the reason to wait.
    await play({ do: 'rep-hangs-up', rep: ana }, goes(ana));
    expect(await rung()).toEqual({ ben: 'shopper-0' });
  });

  test('Q194 where it is off nothing asks for a language, and no line is divided by it', async () => {
    await play(comesToWork(ana), comesToWork(ben), starts(german), starts(french), starts(unknown));
    expect(await rung()).toEqual({ ana: 'shopper-0', ben: 'shopper-2' });
    expect(await world.select('select distinct needs from calls')).toEqual([{ needs: '' }]);
  });

  test('Q195 switched on or off it counts at once for who waits already', async () => {
    await play(comesToWork(ana), starts(unknown), { do: 'accept', rep: ana, offer: 'own' }, starts(german));
    await preferring();
    await play(comesToWork(ben));
    expect(await rung()).toEqual({});
    await world.setQueue(sales, { preferLanguageMs: 0 });
    expect(await rung()).toEqual({ ben: 'shopper-0' });
  });

  test('Q195 a page that speaks another language now asks for who speaks that one', async () => {
    await preferring();
    await play(comesToWork(ana), starts(unknown), { do: 'accept', rep: ana, offer: 'own' }, starts(german));
    await play(comesToWork(ben));
    expect(await rung()).toEqual({});
    await world.transactions.change([site], change =>
      updateContext(change, site, shopperId(german), { language: 'fr-CA' }),
    );
    expect(await rung()).toEqual({ ben: 'shopper-0' });
  });

  test('Q196 who says that they speak a language is rung for it at once, in that account only', async () => {
    await preferring();
    await play(comesToWork(ana), starts(unknown), { do: 'accept', rep: ana, offer: 'own' });
    await play(comesToWork(ben), starts(german));
    expect(await rung()).toEqual({});
    const speak = (accountId: string, languages: Language[]) =>
      world.transactions.changeRep('ben' as RepId, (change, sites) =>
        changeLanguages(
          change,
          sites,
          { accountId: accountId as typeof mainAccount, repId: 'ben' as RepId },
          languages,
        ),
      );
    await speak('another', ['de']);
    expect(await rung()).toEqual({});
    await speak(mainAccount, ['de']);
    expect(await rung()).toEqual({ ben: 'shopper-0' });
    await speak(mainAccount, ['fr']);
  });

  test('L23 a page is told the shop’s words in its own language, and nothing of another', async () => {
    await setSite({
      languages: { allowed: ['de', 'ar', 'fr'], default: 'fr' },
      words: { de: { label: 'Ruf an' }, ar: { label: 'اتصل بنا' }, every: { title: 'Fiori' } },
    });
    await world.setQueue(sales, {
      texts: {
        de: { noRep: 'Mittagspause', waiting: 'Gleich', closed: '', full: '' },
        ar: { noRep: 'استراحة', waiting: '', closed: '', full: '' },
      },
    });
    expect(await told('en', 'de', 'ar')).toMatchObject({
      ...{ availability: 'no-rep', language: 'de', message: 'Mittagspause' },
      words: { label: 'Ruf an', title: 'Fiori' },
    });
    expect(JSON.stringify(await told('de'))).not.toMatch(/\p{Script=Arabic}/u);
    expect(await told('ar')).toMatchObject({ language: 'ar', message: 'استراحة' });
    expect(await told('en')).toMatchObject({ language: 'fr', message: '', words: { title: 'Fiori' } });
    await play(comesToWork(ana), starts(french), starts(german));
    const seen = (languages: string[]) =>
      shopperView(world.db, { siteId: site, shopperId: shopperId(german), languages }, world.now);
    expect(await seen(['de'])).toMatchObject({ state: 'waiting', message: 'Gleich' });
    expect(await seen(['ar'])).toMatchObject({ state: 'waiting', message: '' });
    const idle = { siteId: site, shopperId: shopperId(unknown), languages: ['ar'] };
    expect(await shopperView(world.db, idle, world.now)).toMatchObject({
      ...{ state: 'idle', language: 'ar', words: { label: 'اتصل بنا', title: 'Fiori' } },
    });
    await setSite({});
  });
});
