/** What a script does to a shop, and a person to their own sign-in, in the same moment, on both engines. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBeside } from '../../../server/store/open.ts';
import type { QueueSheet } from '../../../shared/api/queues.ts';
import type { SiteSheet } from '../../../shared/api/sites.ts';
import type { BlockId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { codeAt } from '../../support/authenticator.ts';
import { engines, freshPlace, type Place } from '../../support/engines.ts';
import { png } from '../../support/pictures.ts';
import { RepAccount } from '../../support/rep-account.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { answersOf, deeds, known, mustFollow, oneOf, type Somebody, statusesOf, times } from '../at-once.ts';

describe.each(engines)('many requests at once on %s', engine => {
  let place: Place;
  let server: TestServer;
  let db: ReturnType<typeof openBeside>;
  let ana: Somebody;
  let site: SiteSheet;

  beforeAll(async () => {
    place = await freshPlace(engine);
    server = await startTestServer({ workers: 1, environment: place.environment });
    db = openBeside({ databaseUrl: place.databaseUrl, dataDir: server.dataDir });
    ana = await known(server.origin, await server.addRep('Ana'));
    site = (await ana.account.read<{ sites: SiteSheet[] }>(server.origin, '/api/sites')).sites[0]!;
  });
  afterAll(async () => {
    await db.destroy();
    await server.close();
    await place.remove();
  });

  const ask = (method: string, path: string, body?: unknown, by = ana.account) =>
    by.ask(server.origin, method, `/api/${path}`, body);
  const noted = (action: Parameters<typeof deeds>[2], target?: string) =>
    deeds(ana.account, server.origin, action, target);
  const addQueue = async (name: string) =>
    ((await (await ask('POST', 'queues', { siteId: site.id, name })).json()) as { queue: QueueSheet }).queue;

  test('H338 shops of one name that are added at once have keys of their own', async () => {
    const answers = await answersOf(times(6, () => ask('POST', 'sites', { name: 'Twice & more' })));
    expect(answers.map(({ status }) => status)).toEqual(times(6, () => 200));
    const keys = answers.map(({ body }) => (body as { site: SiteSheet }).site.key);
    expect(new Set(keys).size).toBe(6);
    expect(await noted('site.added', 'Twice & more')).toHaveLength(6);
  });

  test('H338 a queue, a sound and a block go once, however many remove them at once; a shop keeps a queue', async () => {
    const queue = await addQueue('Repairs');
    expect(await statusesOf(times(10, () => ask('DELETE', `queues/${queue.id}`)))).toEqual(oneOf(10, 404));
    expect(await noted('queue.removed', 'Repairs')).toHaveLength(1);

    const { queues } = await ana.account.read<{ queues: QueueSheet[] }>(server.origin, '/api/queues');
    const last = [...queues.filter(({ siteId }) => siteId === site.id), await addQueue('Returns')];
    const removals = [...last, ...last].map(({ id }) => ask('DELETE', `queues/${id}`));
    expect((await statusesOf(removals)).filter(status => status === 200)).toHaveLength(last.length - 1);

    const path = `sounds?siteId=${site.id}&name=Hum`;
    const { sound } = (await (await ask('POST', path, Buffer.from('no sound'))).json()) as {
      sound: { id: string };
    };
    expect(await statusesOf(times(10, () => ask('DELETE', `sounds/${sound.id}`)))).toEqual(oneOf(10, 404));
    expect(await noted('sound.removed', 'Hum')).toHaveLength(1);

    const id = randomUUID() as string as BlockId;
    await db
      .insertInto('blocks')
      .values({
        ...{ id, site_id: site.id, call_id: null, label: 'Somebody', reason: '', rep_id: ana.id },
        ...{ created_at: Date.now(), expires_at: null },
      })
      .execute();
    expect(await statusesOf(times(10, () => ask('DELETE', `blocks/${id}`)))).toEqual(oneOf(10, 404));
    expect(await noted('caller.unblocked', 'Somebody')).toHaveLength(1);
  });

  test('H338 a queue that many change at once is what the audit says it became, one change after another', async () => {
    const queue = await addQueue('Advice');
    const asked = times(20, index =>
      ask('PATCH', `queues/${queue.id}`, {
        settings: index % 2 ? { priority: index % 10 } : { maxLength: 10 + index },
      }),
    );
    expect(await statusesOf(asked)).toEqual(times(20, () => 200));
    const { queues } = await ana.account.read<{ queues: QueueSheet[] }>(server.origin, '/api/queues');
    const { priority, maxLength } = queues.find(({ id }) => id === queue.id)!.settings;
    const entries = await noted('queue.changed', 'Advice');
    for (const [key, value] of Object.entries({ priority, maxLength })) {
      const about = entries
        .map(({ before, after, ...rest }) => ({
          ...rest,
          before: (before as Record<string, unknown>)[key],
          after: (after as Record<string, unknown>)[key],
        }))
        .filter(({ after }) => after !== undefined);
      mustFollow(about, value);
    }
  });

  test('H338 a shop that has room for one more sound takes one of many that come at once', async () => {
    const path = `sounds?siteId=${site.id}&name=Many`;
    const others = times(limits.soundsPerSite - 1, index => ({
      ...{ id: `full-${index}` as never, site_id: site.id, name: 'Full', state: 'ready' as const },
      ...{ progress: 1, problem: '', ms: 1, bytes: 1, uploaded_at: index },
    }));
    await db.insertInto('sounds').values(others).execute();
    const asked = times(12, () => ask('POST', path, Buffer.from('no sound')));
    expect(await statusesOf(asked)).toEqual([202, ...times(11, () => 409)]);
    expect(await noted('sound.added', 'Many')).toHaveLength(1);
    await db.deleteFrom('sounds').execute();
  });

  test('H339 of many photos at once one is kept, and each of them was taken', async () => {
    const photos = times(8, index => png({ width: 64, height: 48 }, [index, 9, 9]));
    expect(await statusesOf(photos.map(photo => ask('POST', 'rep/photo', photo)))).toEqual(
      times(8, () => 200),
    );
    expect(await db.selectFrom('images').select('name').where('rep_id', '=', ana.id).execute()).toHaveLength(
      1,
    );
  });

  test('H339 names and e-mail addresses that are changed at once are noted as they followed each other; one address has one person', async () => {
    const { password, email } = ana.account.person;
    const names = times(10, index => `Ana ${index}`);
    expect(await statusesOf(names.map(name => ask('PATCH', 'rep/me', { name })))).toEqual(
      times(10, () => 200),
    );
    type Me = { rep: { name: string; email: string } };
    const me = () => ana.account.read<Me>(server.origin, '/api/rep/me');
    mustFollow(await noted('member.renamed'), (await me()).rep.name);
    const ben = await server.addRep('Ben');
    const emails = times(4, index => `ana${index}@shop.example`);
    const changes = emails.map(one => ask('PATCH', 'rep/me', { email: one, password }));
    expect(await statusesOf(changes)).toEqual(times(4, () => 200));
    mustFollow(await noted('member.email-changed'), (await me()).rep.email);
    const same = [ana.account, ben].map(by =>
      ask('PATCH', 'rep/me', { email: 'both@shop.example', password }, by),
    );
    expect(await statusesOf(same)).toEqual([200, 409]);
    await ask('PATCH', 'rep/me', { email, password });
    await ask('PATCH', 'rep/me', { name: 'Ana' });
  });

  test('H340 of passwords that are changed at once by who knows the old one, one counts, and it ends every other session', async () => {
    const cleo = await server.addRep('Cleo');
    const others = await Promise.all(times(2, () => RepAccount.signIn(server.origin, cleo.person)));
    const wanted = times(3, index => `a password of number ${index}`);
    const answers = await answersOf(
      [cleo, ...others].map((by, index) =>
        ask('PUT', 'rep/password', { current: cleo.person.password, password: wanted[index] }, by),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    const winner = answers.findIndex(({ status }) => status === 200);
    const { email } = cleo.person;
    expect((await ask('POST', 'rep/sign-in', { email, password: wanted[winner] })).status).toBe(200);
    const left = await statusesOf([cleo, ...others].map(by => ask('GET', 'rep/me', undefined, by)));
    expect(left).toEqual([200, 401, 401]);
    expect(await noted('member.password-changed', 'Cleo')).toHaveLength(1);
  });

  test('H340 nobody stays signed in with a password that is changed in the same moment', async () => {
    const dora = await server.addRep('Dora');
    const { email } = dora.person;
    let current = dora.person.password;
    for (let round = 0; round < 4; round++) {
      const password = `a password of round ${round}`;
      const late = times(4, () => ask('POST', 'rep/sign-in', { email, password: current }));
      const changed = ask('PUT', 'rep/password', { current, password }, dora);
      for (const status of await statusesOf(late)) expect([200, 401]).toContain(status);
      expect((await changed).status).toBe(200);
      const { sessions } = await dora.read<{ sessions: { here: boolean }[] }>(
        server.origin,
        '/api/rep/sessions',
      );
      expect(sessions).toMatchObject([{ here: true }]);
      current = password;
    }
  });

  test('H341 one code lets one in, new recovery codes are those of one answer, and it is switched off once', async () => {
    const emil = await server.addRep('Emil');
    const { email, password } = emil.person;
    const begun = await ask('POST', 'rep/two-factor', { password }, emil);
    const { secret } = (await begun.json()) as { secret: string };
    const step = 30_000;
    // Of this step and the next: both are good for a while, however long the requests take.
    const on = times(4, () => ask('PUT', 'rep/two-factor', { code: codeAt(secret, Date.now()) }, emil));
    const confirmed = (await answersOf(on)).map(({ status }) => status).sort();
    expect(confirmed).toEqual(oneOf(4, 404));
    const code = codeAt(secret, Date.now() + step);
    const tries = times(5, () => ask('POST', 'rep/sign-in', { email, password, code }));
    expect(await statusesOf(tries)).toEqual(oneOf(5, 401));

    const renewed = await answersOf(
      times(5, () => ask('POST', 'rep/two-factor/recovery-codes', { password }, emil)),
    );
    expect(renewed.map(({ status }) => status)).toEqual(times(5, () => 200));
    const kept = await db.selectFrom('recovery_codes').selectAll().execute();
    expect(kept).toHaveLength(limits.recoveryCodes);
    const again = await Promise.all(times(2, () => ask('POST', 'rep/two-factor/off', { password }, emil)));
    expect(again.map(({ status }) => status)).toEqual([200, 200]);
    expect(await noted('member.two-factor-off', 'Emil')).toHaveLength(1);
    expect(await db.selectFrom('recovery_codes').selectAll().execute()).toEqual([]);
  });

  test('H341 of many who end one session one does, and signing somebody out leaves none', async () => {
    const fay = await server.addRep('Fay');
    await RepAccount.signIn(server.origin, fay.person);
    type Sessions = { sessions: { id: string; here: boolean }[] };
    const { sessions } = await fay.read<Sessions>(server.origin, '/api/rep/sessions');
    const id = sessions.find(({ here }) => !here)?.id;
    const ends = times(8, () => ask('DELETE', `rep/sessions/${id}`, undefined, fay));
    expect(await statusesOf(ends)).toEqual(oneOf(8, 404));
  });
});
