/** A shop of another origin than its voice server, a rep who is available there, and visitors of its pages. */
import { openBrowser, type Person } from './browser.ts';
import { ShopperPage } from './pages.ts';
import { Rep } from './people.ts';
import type { RepAccount } from './rep-account.ts';
import { startTestServer, type TestServer } from './server.ts';
import { Shop, type ShopPage } from './shop-page.ts';
import { until } from './until.ts';

const tones = { rep: 880, shopper: 440 };
const isNear = (hz: number, toneHz: number) => Math.abs(hz - toneHz) < 4;

export class ShopWithRep {
  readonly server: TestServer;
  readonly shop: Shop;
  readonly ana: Rep;
  /** Ana's, who is the admin too. */
  readonly account: RepAccount;
  readonly #opened: Person[] = [];

  private constructor(server: TestServer, shop: Shop, account: RepAccount, ana: Rep) {
    this.server = server;
    this.shop = shop;
    this.ana = ana;
    this.account = account;
  }

  static async open(environment: Record<string, string> = {}): Promise<ShopWithRep> {
    let server: TestServer | undefined;
    const shop = await Shop.open(() => server?.origin ?? '');
    server = await startTestServer({
      workers: 1,
      environment: { SHOP_ORIGINS: `${shop.origin},${shop.insecureOrigin}`, ...environment },
    });
    await server.setQueue({ wrapUp: { kind: 'none', ms: 1_000 } });
    const account = await server.addRep('Ana');
    const ana = await Rep.signIn(server.origin, account);
    await ana.goAvailable(tones.rep);
    return new ShopWithRep(server, shop, account, ana);
  }

  /** A visitor with a browser of their own. */
  async visitor(options: Parameters<typeof openBrowser>[1] = {}): Promise<ShopperPage> {
    const person = await openBrowser(tones.shopper, options);
    this.#opened.push(person);
    return new ShopperPage(person);
  }

  /** A visitor of such a page. */
  async visit(page: ShopPage, url = '/'): Promise<ShopperPage> {
    const sam = await this.visitor();
    await sam.page.goto(this.shop.at(url, page));
    return sam;
  }

  /** Clicks and waits in line. */
  async click(sam: ShopperPage): Promise<void> {
    await sam.element.getByRole('button').first().click();
    await this.shows(sam, 'waiting');
  }

  /** From the click to the talk. */
  async talk(sam: ShopperPage): Promise<void> {
    await this.click(sam);
    await this.ana.answer();
    await this.shows(sam, 'talking');
  }

  /** One of the elements of the page does. */
  async shows(sam: ShopperPage, state: string): Promise<void> {
    await sam.page.locator(`[data-state=${state}]`).first().waitFor({ state: 'attached' });
  }

  async shopperHears(sam: ShopperPage): Promise<void> {
    await until(async () => isNear((await sam.person.hear()).frequencyHz, tones.rep));
  }

  async repHears(): Promise<void> {
    await until(() => isNear(this.ana.voice.measure('voice').frequencyHz, tones.shopper));
  }

  async hearBothWays(sam: ShopperPage): Promise<void> {
    await this.shopperHears(sam);
    await this.repHears();
  }

  async hangUp(sam: ShopperPage): Promise<void> {
    await sam.element.getByRole('button', { name: 'Hang up' }).click();
    await this.ana.untilWork('idle');
  }

  /** All visitors go. What their pages complained of. */
  async empty(): Promise<string[]> {
    const complaints = this.#opened.flatMap(person => person.complaints);
    await Promise.all(this.#opened.splice(0).map(person => person.close()));
    await this.ana.untilWork('idle');
    return complaints;
  }

  async close(): Promise<void> {
    this.ana.close();
    this.shop.close();
    await this.server.close();
  }
}
