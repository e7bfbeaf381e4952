/** One shopper through the states of the element, by its parts: in a language that the test cannot read. */
import type { ShopperPage } from './pages.ts';
import { Shopper } from './people.ts';
import type { TestServer } from './server.ts';
import type { ShopWithRep } from './shop-with-rep.ts';

export type Shown = (name: string) => Promise<void>;

const never = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };

/** Closed for the next two days. */
export async function closeShop(server: TestServer): Promise<void> {
  const date = new Date(Date.now() + 48 * 3_600_000).toISOString().slice(0, 10);
  const open = [{ from: '09:00', to: '17:00' }];
  await server.setQueue({
    hours: { timeZone: 'UTC', week: never, holidays: [{ date, name: 'Sale', open }], closures: [] },
  });
}

export async function openShop(server: TestServer): Promise<void> {
  await server.setQueue({ hours: null });
  await server.untilOpen();
}

/** Somebody else in line, or in a talk with the rep. */
export async function somebody({ server }: ShopWithRep, toneHz: number): Promise<{ leave(): Promise<void> }> {
  const kim = await Shopper.arrive(server.origin);
  const callId = await kim.call(toneHz);
  return {
    leave: async () => {
      await kim.signaling.request('call.hang-up', { callId });
      kim.close();
    },
  };
}

/** @param shown called in each state, on a page that shows it */
export async function walk(shop: ShopWithRep, sam: ShopperPage, shown: Shown): Promise<void> {
  const { ana, server } = shop;
  const part = (name: string) => sam.page.locator(`talk-to-us [part=${name}]`).first();
  const press = (name: string) => part(name).click();
  const reach = (name: string) =>
    sam.page.locator(`talk-to-us[data-reach=${name}]`).waitFor({ state: 'attached' });
  await reach('open');
  await shown('button-open');

  await server.setQueue({
    callback: {
      ...{ page: true, phone: true, tries: 2, retryMs: 300_000, expireMs: 86_400_000 },
      numbers: { countries: 'own', premium: false, own: 'NO' },
    },
  });
  const talking = await somebody(shop, 587);
  await ana.answer();
  const first = await somebody(shop, 659);
  await sam.page.reload();
  await reach('busy');
  await shown('button-busy');
  await press('button');
  await shop.shows(sam, 'waiting');
  await shown('waiting-second');
  await press('callback');
  await shown('callback-choice');
  await part('callback-phone').locator('input').fill('+49 30 123456');
  await part('callback-phone').locator('button').click();
  await part('callback-problem').filter({ hasText: /\S/ }).waitFor();
  await shown('callback-number-refused');
  await press('back');
  await first.leave();
  await part('figure').filter({ hasText: /^1$/ }).waitFor();
  await shown('waiting-next');
  await press('callback');
  await press('callback-page');
  await shop.shows(sam, 'callback');
  await shown('callback-waiting');
  await talking.leave();
  const { offerId } = await ana.untilWork('ringing');
  await ana.signaling.request('offer.accept', { offerId });
  await shop.shows(sam, 'calling-back');
  await shown('calling-back');
  await press('answer');
  await shop.shows(sam, 'talking');
  await part('timer').waitFor();
  await shown('talking');
  await ana.signaling.request('leg.mute', { muted: true });
  await part('notice').waitFor();
  await press('mute');
  await shown('talking-both-muted');
  await press('collapse');
  await shown('talking-small');
  await press('button');
  await press('hang-up');
  await shop.shows(sam, 'ended');
  await shown('ended');
  await press('close');

  await ana.untilWork('idle');
  await ana.signaling.request('rep.status', { status: 'offline' });
  await sam.page.reload();
  await reach('no-rep');
  await shown('button-no-rep');
  await press('button');
  await shop.shows(sam, 'problem');
  await part('again').waitFor();
  await shown('problem-no-rep');
  await ana.signaling.request('rep.status', { status: 'available' });
  await closeShop(server);
  await sam.page.reload();
  await reach('closed');
  await shown('button-closed');
  await press('button');
  await shop.shows(sam, 'problem');
  await part('again').waitFor();
  await shown('problem-closed');
  await openShop(server);
}
