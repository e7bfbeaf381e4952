/** The owner at the settings, in a real browser; what is saved there counts for shoppers at once. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { QueueSheet } from '../../shared/api/queues.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { look } from '../support/look.ts';
import { openRep, openShopper, type RepPage, type ShopperPage } from '../support/pages.ts';
import { Shopper } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: TestServer;
let ana: RepPage;
let sam: ShopperPage;
const opened: Person[] = [];

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  opened.push(...(await Promise.all([880, 440].map(toneHz => openBrowser(toneHz, { locale: 'en-GB' })))));
  ana = await openRep(opened[0]!, server.setUpLink(), 'Ana');
  sam = await openShopper(opened[1]!, server.origin);
});
afterAll(async () => {
  await Promise.all(opened.map(person => person.close()));
  await server.close();
});
afterEach(() => {
  // What the server refuses is told in words on the page; the browser notes it as an error all the same.
  expect(opened.flatMap(person => person.complaints).filter(text => !/status of 4\d\d/.test(text))).toEqual(
    [],
  );
});

/** Unfold a part of the queue that is shown. */
const unfold = (part: string) =>
  ana.page
    .locator('summary')
    .filter({ has: ana.page.getByRole('heading', { name: part, exact: true }) })
    .click();
const openQueue = async (name: string) => {
  await ana.settings('Queues');
  await ana.page.getByRole('main').getByRole('link', { name }).click();
  await ana.page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
};
const save = async () => {
  await ana.press('Save');
  await ana.page.getByText('Saved. It counts from now on.').waitFor();
};
const focusedName = () =>
  ana.page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.getAttribute('aria-label') ?? active?.id ?? active?.textContent ?? '';
  });

/** Whether this page has the code of the settings. */
const settingsFetched = () =>
  ana.page.evaluate(() =>
    performance.getEntriesByType('resource').some(({ name }) => /\/assets\/admin-/.test(name)),
  );

describe('the settings', () => {
  test('B30 an owner fetches the settings by opening them, adds a queue, says who answers, and finds it so after a reload', async () => {
    await ana.invite('Ben').then(async link => {
      const ben = await openBrowser(587);
      await openRep(ben, link, 'Ben');
      await ben.close();
    });
    await ana.page.reload();
    await ana.page.getByRole('button', { name: 'Go available' }).waitFor();
    expect(await settingsFetched()).toBe(false);
    await ana.settings('Queues');
    expect(await settingsFetched()).toBe(true);
    await ana.press('Add a queue');
    await ana.press('Create queue');
    await ana.page.getByText('Please write a name.').waitFor();
    await ana.page.getByLabel('Name of the queue').fill('Returns');
    await ana.press('Create queue');
    await ana.page.getByRole('heading', { level: 1, name: 'Returns' }).waitFor();

    await unfold('Who answers');
    await ana.page.getByRole('radio', { name: /^Top of the list/ }).check();
    // By keyboard: the focus stays on the person who is moved.
    await ana.page.getByRole('button', { name: 'Move Ben up' }).focus();
    await ana.page.keyboard.press('Enter');
    await ana.page.getByText('Ben is number 1 of 2 now.').waitFor();
    await expect.poll(focusedName).toBe('Move Ben up');
    await ana.page.getByLabel('When Ana is rung').selectOption('Backup');
    await ana.press('Add a skill');
    await ana.page.getByLabel('Skill 1', { exact: true }).fill('Refunds');
    await save();

    await ana.page.reload();
    await ana.page.getByRole('heading', { level: 1, name: 'Returns' }).waitFor();
    await ana.page.getByText('Top of the list · 2 people answer').waitFor();
    await unfold('Who answers');
    expect(await ana.page.getByLabel('Skill 1', { exact: true }).inputValue()).toBe('refunds');
    expect(await ana.page.getByRole('button', { name: 'Move Ben up' }).getAttribute('aria-disabled')).toBe(
      'true',
    );
    expect(await ana.page.getByLabel('When Ana is rung').inputValue()).toBe('2');
  });

  test('B31 what the server does not take is told in words at its input, which gets the focus', async () => {
    await openQueue('Returns');
    await unfold('How long');
    await ana.page.getByRole('spinbutton', { name: 'Ring each person for' }).fill('900');
    // The part is folded again: what is wrong in it unfolds it.
    await unfold('How long');
    await ana.press('Save');
    await ana.page.getByText('That is too long: at most 2 minutes.').waitFor();
    await expect.poll(focusedName).toBe('field-offerMs');
    await ana.page.getByRole('spinbutton', { name: 'Ring each person for' }).fill('30');
    await save();
    await ana.page.getByText('Rings each person for 30 seconds').waitFor();
  });

  test('B32 unsaved changes are asked about before they are lost, and stay when the owner stays', async () => {
    await openQueue('Returns');
    await ana.page.getByLabel('Name', { exact: true }).fill('Exchange');
    await ana.page.getByRole('link', { name: 'Calls' }).click();
    const dialog = ana.page.getByRole('dialog');
    await dialog.getByText('Leave without saving?').waitFor();
    await ana.press('Stay here');
    expect(await ana.page.getByLabel('Name', { exact: true }).inputValue()).toBe('Exchange');
    await ana.page.goBack();
    await dialog.getByText('Leave without saving?').waitFor();
    await ana.press('Stay here');
    await ana.press('Discard');
    expect(await ana.page.getByLabel('Name', { exact: true }).inputValue()).toBe('Returns');
    await ana.page.getByRole('link', { name: 'Calls' }).click();
    await ana.page.getByRole('heading', { level: 1, name: 'Calls' }).waitFor();
  });

  test('B157 what somebody else has changed meanwhile is told at its input, shown around the own changes, and replaced by saving again', async () => {
    await openQueue('Returns');
    // Another owner, who is signed in as this one is.
    const ask = (method: string, path: string, body?: object) =>
      ana.page.evaluate(
        async ([how, where, text]) => {
          const headers = { 'content-type': 'application/json' };
          const answer = await fetch(where, { method: how, headers, ...(text ? { body: text } : {}) });
          return (await answer.json()) as unknown;
        },
        [method, path, body ? JSON.stringify(body) : ''] as const,
      );
    const queueNow = async () => {
      const { queues } = (await ask('GET', '/api/queues')) as { queues: QueueSheet[] };
      return queues.find(queue => ['Returns', 'Exchange'].includes(queue.name))!;
    };
    await ana.page.getByLabel('Name', { exact: true }).fill('Exchange');
    await unfold('How long');
    await ana.page.getByRole('spinbutton', { name: 'Ring each person for' }).fill('40');
    const theirs = { settings: { offerMs: 25_000, maxLength: 33 } };
    const { id } = await queueNow();
    expect(await ask('PATCH', `/api/queues/${id}`, theirs)).toMatchObject(theirs);

    await ana.press('Save');
    await ana.page.getByText('Somebody else has changed this since you opened the page.').waitFor();
    await expect.poll(focusedName).toBe('field-offerMs');
    expect(await queueNow()).toMatchObject({ name: 'Returns', ...theirs });
    await save();
    expect(await queueNow()).toMatchObject({
      name: 'Exchange',
      settings: { offerMs: 40_000, maxLength: 33 },
    });
    await ana.page.getByLabel('Name', { exact: true }).fill('Returns');
    await save();
  });

  test('B39 music is uploaded as telephones and other programs save it (M4A, AAC, Ogg Vorbis), named and chosen, and heard by who waits; what is no sound is told in words', async () => {
    await openQueue('Sales');
    await unfold('What callers hear');
    const files = ana.page.locator('rep-sounds input[type=file]');
    await files.setInputFiles({
      name: 'price list.mp3',
      mimeType: 'audio/mpeg',
      buffer: Buffer.from('no music'),
    });
    await ana.page.getByRole('alert').filter({ hasText: 'price list.mp3: ' }).waitFor();
    await files.setInputFiles('test/support/tone-660.m4a');
    const main = ana.page.getByRole('main');
    await main.getByText('tone-660 0:01').waitFor();
    await ana.press('Rename tone-660');
    await ana.page.getByLabel('New name for tone-660').fill('Our tune');
    await ana.page.keyboard.press('Enter');
    await ana.page.getByText('Our tune · announcements every minute').waitFor();
    for (const name of ['tone-aac.aac', 'tone-vorbis.ogg']) {
      await files.setInputFiles(`test/support/${name}`);
      await main.getByText(`${name.split('.')[0]} 0:01`).waitFor();
    }
    await ana.page.getByRole('button', { name: 'Delete price list' }).click();
    await ana.press('Delete sound');
    await ana.page.getByRole('button', { name: 'Delete price list' }).waitFor({ state: 'detached' });
    await save();

    await ana.toPhone();
    await ana.goAvailable();
    await sam.page.reload();
    await sam.call();
    await sam.state('waiting');
    await until(async () => Math.abs((await sam.person.hear()).frequencyHz - 660) < 4);
    await sam.press('Leave the line');
    await ana.page.getByRole('button', { name: 'Go away' }).waitFor();
  });

  test('B33 opening hours and words of the shop’s own reach shoppers at once', async () => {
    await sam.page.reload();
    await openQueue('Sales');
    await unfold('Opening hours');
    await ana.page.getByRole('radio', { name: /^Weekly plan/ }).check();
    // Closed from an hour ago until in an hour, in whichever zone.
    await ana.page.getByLabel('Time zone').selectOption('UTC');
    await ana.press('Add a closure');
    const wall = (offsetMs: number) => new Date(Date.now() + offsetMs).toISOString().slice(0, 16);
    await ana.page.getByLabel('Closure 1 from').fill(wall(-3_600_000));
    await ana.page.getByLabel('Closure 1 until').fill(wall(3_600_000));
    await ana.page.getByText(/^Closed now, opens/).waitFor();
    await unfold('Words');
    await ana.page.getByLabel('When closed').fill('We are at the fair in Oslo.');
    await save();

    await sam.call();
    await sam.element.getByText('We are at the fair in Oslo.').first().waitFor();
    await sam.element
      .getByText(/We open again/)
      .first()
      .waitFor();

    await ana.page.getByRole('radio', { name: /^Always open/ }).check();
    await save();
    await sam.page.reload();
    await sam.call();
    await sam.state('waiting');
  });

  test('B34 a call rings while the owner is in the settings, is answered and ended there', async () => {
    await ana.page.getByRole('button', { name: 'Answer' }).click();
    await sam.state('talking');
    await ana.page
      .getByRole('region', { name: 'Your call' })
      .getByText(/^Talking · 0:0/)
      .waitFor();
    await ana.press('Mute');
    await sam.element.getByText('Ana is muted').first().waitFor();
    await ana.page.getByRole('link', { name: 'Show the call' }).click();
    await ana.state('talking');
    await ana.settings('Calls');
    await ana.press('Hang up');
    await sam.state('ended');
    await ana.page.getByRole('link', { name: 'Write a note' }).click();
    await ana.press('Done');
    await ana.state('idle');
  });

  test('B40 the owner puts somebody first who waits further back, and is rung for them next', async () => {
    const [joe, lee, mia] = await Promise.all([1, 2, 3].map(() => Shopper.arrive(server.origin)));
    const callOfJoe = await joe!.call(587, { name: 'Joe' });
    await ana.accept();
    const callOfLee = await lee!.call(587, { name: 'Lee' });
    const callOfMia = await mia!.call(587, { name: 'Mia' });
    const line = ana.page.getByRole('list', { name: '2 shoppers waiting' });
    await line.getByRole('listitem').nth(1).getByText('Mia', { exact: true }).waitFor();
    await ana.press('Serve next: Mia');
    await line.getByRole('listitem').nth(0).getByText('Mia', { exact: true }).waitFor();
    expect(await mia!.signaling.until(view => view.state === 'waiting' && view.place === 1)).toBeTruthy();
    await joe!.signaling.request('call.hang-up', { callId: callOfJoe });
    await ana.press('Done');
    await ana.state('ringing');
    await ana.page.getByRole('heading', { level: 1, name: 'Mia' }).waitFor();
    await mia!.signaling.request('call.hang-up', { callId: callOfMia });
    await lee!.signaling.request('call.hang-up', { callId: callOfLee });
    for (const shopper of [joe, lee, mia]) shopper!.close();
    await ana.state('idle');
  });

  test('B35 a rep goes away with a reason, which the team sees', async () => {
    await ana.page.getByRole('button', { name: 'Lunch' }).click();
    await ana.page.getByText('Away: Lunch').waitFor();
    await ana.settings('Team');
    await ana.page.getByRole('list', { name: 'People' }).getByText('Away: Lunch').waitFor();
    await ana.press('Add a reason: Reasons to be away');
    await ana.page.getByRole('textbox', { name: 'Reasons to be away, number 4' }).fill('Dentist');
    await ana.page.locator('summary', { hasText: 'Skills of Ben' }).click();
    await ana.press('Add a skill');
    await ana.page.getByLabel('Skill 1', { exact: true }).fill('German');
    await save();
    await ana.page.getByText('german 3').waitFor();
    await ana.toPhone();
    await ana.page.getByRole('button', { name: 'Dentist' }).click();
    await ana.page.getByText('Away: Dentist').waitFor();
  });

  test('B36 the story of a call is told step by step, and older calls are loaded on demand', async () => {
    const kim = await Shopper.arrive(server.origin);
    await ana.goAvailable();
    const callId = await kim.call(587, { name: 'Kim' });
    await ana.accept();
    // Others come and go meanwhile: more than a page of the list.
    const lee = await Shopper.arrive(server.origin);
    for (let i = 0; i < 25; i++) {
      const passing = await lee.signaling.request('call.start', {
        context: { name: 'Lee' },
        rtpCapabilities: lee.voice.capabilities,
      });
      await lee.signaling.request('call.hang-up', { callId: passing.callId });
    }
    lee.close();
    await kim.signaling.request('call.hang-up', { callId });
    kim.close();
    await ana.press('Done');
    await ana.settings('Calls');
    const calls = ana.page.getByRole('list', { name: 'Calls' });
    await calls
      .getByRole('link', { name: /^Lee.*Gave up waiting/ })
      .first()
      .waitFor();
    expect(await calls.getByRole('link').count()).toBe(25);
    await ana.press('Load older calls');
    await calls.getByRole('link', { name: /^Kim/ }).click();
    for (const words of ['Kim pressed “Talk to us”.', 'It rang for Ana.', 'Kim hung up.'])
      await ana.page.getByText(words).waitFor();
    await ana.page.getByText(/^Ana answered after/).waitFor();
    await ana.page.getByText('Ana finished the work after the call.').waitFor();
  });

  test('B37 the owner changes the shop’s addresses, and mistakes are told', async () => {
    await ana.settings('Shop');
    await ana.page.getByLabel('Addresses of your shop').fill('not an address');
    await ana.press('Save');
    await ana.page.getByText(/^That is not a web address/).waitFor();
    await ana.page.getByLabel('Addresses of your shop').fill('https://Shop.Example/some/page');
    await save();
    expect(await ana.page.getByLabel('Addresses of your shop').inputValue()).toBe('https://shop.example');
    await ana.page.getByText('<talk-to-us site="demo">').waitFor();
  });

  test('B143 the owner says which countries and kinds of numbers are called, and sees which ones they are', async () => {
    const { page } = ana;
    await openQueue('Sales');
    await unfold('When nobody can answer');
    await page.getByLabel('Call a telephone number').check();
    await page.getByLabel('Numbers from').selectOption({ label: 'These countries' });
    const countries = page.getByLabel('Countries', { exact: true });
    await countries.fill('germany');
    await page.getByText('GERMANY: no country').waitFor();
    await ana.press('Save');
    await page.getByText('Write countries as two letters, such as DE.').waitFor();
    await countries.fill('de, at');
    await page.getByText('Germany and Austria').waitFor();
    await page.getByLabel('Premium-rate and satellite numbers too').check();
    await look(page, 'settings-numbers', { whole: true });
    await save();
    await page.reload();
    await unfold('When nobody can answer');
    expect(await countries.inputValue()).toBe('DE, AT');
    expect(await page.getByLabel('Premium-rate and satellite numbers too').isChecked()).toBe(true);
  });

  test('B38 a queue is removed only after a question, and the last one never', async () => {
    await openQueue('Returns');
    await ana.press('Remove queue');
    await ana.page.getByRole('dialog').getByRole('button', { name: 'Remove queue' }).click();
    await ana.page.getByRole('heading', { level: 1, name: 'Queues' }).waitFor();
    expect(await ana.page.getByRole('main').getByRole('link').count()).toBe(1);
    await openQueue('Sales');
    await ana.press('Remove queue');
    await ana.page.getByRole('dialog').getByRole('button', { name: 'Remove queue' }).click();
    await ana.page.getByRole('main').getByRole('alert').filter({ hasText: /queue/ }).waitFor();
  });

  test('B130 of the changes of two shops the one that was taken stays when the other is refused', async () => {
    const { page } = ana;
    await ana.settings('Shop');
    await page.getByLabel('Name of the new shop').fill('Second shop');
    await ana.press('Add shop');
    const [first, second] = ['Demo shop', 'Second shop'].map(name => page.getByRole('region', { name }));
    await second!.getByLabel('Addresses of your shop').fill('not an address');
    await first!.getByLabel('Name of the shop', { exact: true }).fill('Tideline');
    await ana.press('Save');
    await page.getByText(/^That is not a web address/).waitFor();
    await ana.press('Discard');
    const names = () =>
      page
        .getByLabel('Name of the shop', { exact: true })
        .evaluateAll(inputs => inputs.map(input => (input as HTMLInputElement).value));
    expect(await names()).toEqual(['Tideline', 'Second shop']);
    await page.reload();
    await page.getByRole('heading', { level: 2, name: 'Second shop' }).waitFor();
    expect(await names()).toEqual(['Tideline', 'Second shop']);
  });
});
