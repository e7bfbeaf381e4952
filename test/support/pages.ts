/** The demo shop and the console as people use them: by the words and roles on the screen. */
import type { Page } from 'playwright-core';
import type { Person } from './browser.ts';
import { until } from './until.ts';

const password = 'a good long password';

/** Waits until what the person hears is that tone, and loud. */
export async function hears({ person }: { person: Person }, toneHz: number): Promise<void> {
  let heard: { frequencyHz: number; levelDb: number } | undefined;
  await until(
    async () => {
      heard = await person.hear();
      return heard.levelDb > -40 && Math.abs(heard.frequencyHz - toneHz) < 4;
    },
    { describe: () => ({ toneHz, frequencyHz: heard?.frequencyHz, levelDb: heard?.levelDb }) },
  );
}

/** Somebody on the demo shop. */
export class ShopperPage {
  readonly person: Person;
  readonly page: Page;
  constructor(person: Person) {
    this.person = person;
    this.page = person.page;
  }

  get element() {
    return this.page.locator('talk-to-us');
  }

  async call(): Promise<void> {
    await this.element.getByRole('button', { name: /talk to us/i }).click();
  }

  /** Waits until the element shows that state. */
  async state(name: string): Promise<void> {
    await this.page.locator(`talk-to-us[data-state="${name}"]`).waitFor({ state: 'attached' });
  }

  async press(name: string | RegExp): Promise<void> {
    await this.element.getByRole('button', { name }).click();
  }
}

/** Somebody at the console. */
export class RepPage {
  readonly person: Person;
  readonly page: Page;
  constructor(person: Person) {
    this.person = person;
    this.page = person.page;
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).click();
  }

  /** Waits until the phone shows that state. */
  async state(name: string): Promise<void> {
    await this.page.locator(`[data-state="${name}"]`).first().waitFor();
  }

  async goAvailable(): Promise<void> {
    await this.press(/^Go available$/);
    await this.page.locator('[data-status="available"]').first().waitFor();
  }

  async accept(): Promise<void> {
    await this.state('ringing');
    await this.press(/accept/i);
    await this.state('talking');
  }

  /** To a section of the settings, from wherever in the console. */
  async settings(section: 'Queues' | 'Team' | 'Calls' | 'Shop'): Promise<void> {
    const way = this.page.getByRole('link', { name: 'Settings', exact: true });
    const sections = this.page.getByRole('navigation', { name: 'Sections' });
    await way.or(sections).first().waitFor();
    if (await way.isVisible()) await way.click();
    await sections.getByRole('link', { name: section }).click();
    await this.page.getByRole('heading', { level: 1, name: section, exact: true }).waitFor();
  }

  /** Back to the phone. */
  async toPhone(): Promise<void> {
    await this.page.getByRole('link', { name: 'Phone', exact: true }).click();
    await this.page.getByRole('region', { name: 'Phone', exact: true }).waitFor();
  }

  /** The link for a colleague, from the team's page. */
  async invite(name: string): Promise<string> {
    await this.settings('Team');
    const form = this.page.getByRole('form', { name: 'Invite somebody' });
    await form.getByLabel('Name').fill(name);
    await form.getByLabel('E-mail').fill(`${name.toLowerCase()}@shop.example`);
    await form.getByRole('button', { name: 'Create invitation link' }).click();
    const link = await this.page.getByRole('textbox', { name: `Link for ${name}` }).inputValue();
    await this.toPhone();
    return link;
  }
}

/** Open the shop's front page. */
export async function openShopper(person: Person, origin: string): Promise<ShopperPage> {
  await person.page.goto(`${origin}/`);
  return new ShopperPage(person);
}

/** Make an account by a one-time link and stand before the phone. */
export async function openRep(person: Person, link: string, name: string): Promise<RepPage> {
  const { page } = person;
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail').fill(`${name.toLowerCase()}@shop.example`);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  const rep = new RepPage(person);
  const phone = page.getByRole('button', { name: 'Go available' });
  const firstRun = page.locator('[data-step]');
  await phone.or(firstRun).first().waitFor();
  // An owner is led to the first run, which has tests of its own.
  const answer = await page.request.get(`${new URL(link).origin}/api/first-run`);
  const { runs = [] } = (await answer.json()) as { runs?: { state: string }[] };
  if (runs.some(({ state }) => state === 'open')) {
    await firstRun.waitFor();
    await page.locator('[data-test=dismiss]').click();
  }
  await phone.waitFor();
  return rep;
}
