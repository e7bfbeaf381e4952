/** Languages and own words as the API takes them, and as pages are told of them. */
import { expect, test } from 'vitest';
import type { Rep, TeamMember } from '../../../shared/api/people.ts';
import type { SiteSheet } from '../../../shared/api/sites.ts';
import type { Reachability } from '../../../shared/views.ts';
import { SignalingClient } from '../../support/signaling-client.ts';
import { Stage } from '../../support/stage.ts';

const availability = async (stage: Stage, lang: string): Promise<Reachability> =>
  (await (await fetch(`${stage.origin}/api/sites/demo/availability?lang=${lang}`)).json()) as Reachability;
const words = (label: string) => ({ ...{ label, open: '', title: '', greeting: '', privacy: '' } });

test('L24 new languages and words of a site are told to pages at once, those that are open included', async () => {
  const stage = await Stage.open();
  const ana = await stage.rep('Ana');
  const { sites } = await ana.account.read<{ sites: SiteSheet[] }>(stage.origin, '/api/sites');
  const siteId = sites[0]!.id;
  const open = async (...languages: string[]) => {
    const { client } = await SignalingClient.shopper(stage.origin, { languages });
    return stage.here(client);
  };
  const [german, arabic] = [await open('de'), await open('ar', 'de')];
  expect(await availability(stage, 'de,en')).toMatchObject({ language: 'de', words: {} });
  await ana.account.patchSite(stage.origin, siteId, {
    languages: { allowed: ['de', 'fr'], default: 'fr' },
    words: { de: words('Ruf an'), fr: words('Appelez') },
  });
  const says = (language: string, label: string) => expect.objectContaining({ language, words: { label } });
  expect(await availability(stage, 'de,en')).toEqual(says('de', 'Ruf an'));
  expect(await availability(stage, 'en')).toEqual(says('fr', 'Appelez'));
  expect(await availability(stage, 'en,de')).toEqual(says('de', 'Ruf an'));
  for (const page of [german, arabic])
    expect(await page.until(view => view.state === 'idle' && view.words.label !== undefined)).toEqual(
      says('de', 'Ruf an'),
    );
});

test('L24 a request that asks for nothing, too much or nonsense is answered in the main language', async () => {
  const stage = await Stage.open();
  for (const lang of ['', ',,,', '%F0%9F%98%80', Array(60).fill('xx').join()])
    expect(await availability(stage, lang), lang).toMatchObject({ language: 'en' });
  const tooLong = await fetch(`${stage.origin}/api/sites/demo/availability?lang=${'x'.repeat(201)}`);
  expect(tooLong.status).toBe(400);
});

test('L25 a page that speaks another language while its shopper waits is told in that one', async () => {
  const stage = await Stage.open();
  const { ana } = await stage.talk();
  await ana.account.patchQueue(stage.origin, {
    texts: {
      de: { waiting: 'Gleich', closed: '', noRep: '', full: '' },
      fr: { waiting: 'Un instant', closed: '', noRep: '', full: '' },
    },
  });
  const sam = await stage.shopper();
  expect(await sam.untilState('waiting')).toMatchObject({ message: '' });
  const speaks = async (language: string, message: string) => {
    await sam.signaling.request('call.context', { context: { language } });
    await sam.signaling.until(view => view.state === 'waiting' && view.message === message);
  };
  await speaks('fr', 'Un instant');
  await speaks('de-AT', 'Gleich');
  await speaks('tlh', 'Gleich');
});

test('Q197 people say themselves in which languages they take calls, or whoever runs the team does, and it is noted', async () => {
  const stage = await Stage.open();
  const ana = await stage.server.addRep('Ana');
  const ben = await stage.server.addRep('Ben');
  const own = await ben.ask(stage.origin, 'PATCH', '/api/rep/me', { languages: ['fr', 'de', 'fr'] });
  expect(((await own.json()) as { rep: Rep }).rep.languages).toEqual(['de', 'fr']);
  const { reps } = await ana.read<{ reps: TeamMember[] }>(stage.origin, '/api/team');
  const of = (name: string) => reps.find(rep => rep.name === name)!;
  expect([of('Ana').languages, of('Ben').languages]).toEqual([[], ['de', 'fr']]);
  const path = `/api/team/${of('Ben').id}/languages`;
  expect((await ana.ask(stage.origin, 'PUT', path, { languages: ['ar'] })).status).toBe(200);
  expect((await ana.ask(stage.origin, 'PUT', path, { languages: ['tlh'] })).status).toBe(400);
  expect((await ben.ask(stage.origin, 'PUT', path, { languages: ['en'] })).status).toBe(403);
  expect((await ben.read<{ rep: Rep }>(stage.origin, '/api/rep/me')).rep.languages).toEqual(['ar']);
  const { entries } = await ana.read<{ entries: { action: string; before: unknown; after: unknown }[] }>(
    stage.origin,
    '/api/audit',
  );
  expect(entries.filter(({ action }) => action === 'member.languages-changed')).toMatchObject([
    { before: ['de', 'fr'], after: ['ar'] },
    { before: [], after: ['de', 'fr'] },
  ]);
});
