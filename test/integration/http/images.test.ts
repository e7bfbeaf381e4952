/** Logos and photos as they are sent, kept and shown, on both engines. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Rep as Self } from '../../../shared/api/people.ts';
import type { SiteSheet } from '../../../shared/api/sites.ts';
import { limits } from '../../../shared/limits.ts';
import { plainAppearance } from '../../../shared/plain-appearance.ts';
import { engines, freshPlace, type Place } from '../../support/engines.ts';
import { Rep, Shopper } from '../../support/people.ts';
import { jpeg, png, svg, webp } from '../../support/pictures.ts';
import type { RepAccount } from '../../support/rep-account.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

const small = { width: 64, height: 48 };
type Refusal = { error: { code: string; message: string; field?: string } };

describe.each(engines)('pictures on %s', engine => {
  let place: Place;
  let server: TestServer;
  let ana: RepAccount;
  let site: SiteSheet;

  beforeAll(async () => {
    place = await freshPlace(engine);
    server = await startTestServer({
      workers: 1,
      environment: place.databaseUrl === null ? {} : { DATABASE_URL: place.databaseUrl },
    });
    ana = await server.addRep('Ana');
    site = (await ana.read<{ sites: SiteSheet[] }>(server.origin, '/api/sites')).sites[0]!;
  });
  afterAll(async () => {
    await server.close();
    await place.remove();
  });

  const send = (picture: Uint8Array, siteId: string = site.id) =>
    ana.ask(server.origin, 'POST', `/api/images?siteId=${siteId}`, picture);
  const kept = async (picture: Uint8Array, siteId?: string) =>
    ((await (await send(picture, siteId)).json()) as { name: string }).name;
  const refused = async (picture: Uint8Array) => {
    const answer = await send(picture);
    return [answer.status, ((await answer.json()) as Refusal).error.message];
  };
  const change = (body: object, siteId: string = site.id) =>
    ana.ask(server.origin, 'PATCH', `/api/sites/${siteId}`, body);
  const availability = async () =>
    (await fetch(`${server.origin}/api/sites/${site.key}/availability`)).json() as Promise<{
      appearance: unknown;
    }>;

  test('H306 a PNG, JPEG or WebP picture is kept under an address made from what is in it, which anybody may show and keep', async () => {
    for (const [picture, type] of [
      [png(small), 'image/png'],
      [jpeg(small), 'image/jpeg'],
      [webp(small), 'image/webp'],
    ] as const) {
      const name = await kept(picture);
      expect(await kept(picture)).toBe(name);
      const shown = await fetch(`${server.origin}/images/${name}`);
      expect(Buffer.from(await shown.arrayBuffer()).equals(picture)).toBe(true);
      expect(Object.fromEntries(shown.headers)).toMatchObject({
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'cross-origin',
        'content-security-policy': "default-src 'none'; sandbox",
      });
      const again = { headers: { 'if-none-match': shown.headers.get('etag')! } };
      expect((await fetch(`${server.origin}/images/${name}`, again)).status).toBe(304);
    }
    for (const name of ['nothing.png', `${'a'.repeat(43)}.png`, '..%2f..%2fetc'])
      expect((await fetch(`${server.origin}/images/${name}`)).status).toBe(404);
  });

  test('H307 what is no such picture, cut off, too large or too small is refused in words, whatever it is called', async () => {
    const whole = png(small);
    const wrong = 'That is not a PNG, JPEG or WebP picture. Please choose one of these.';
    const damaged = 'The picture is damaged or cut off. Please save it anew, or choose another one.';
    expect(await refused(svg)).toEqual([400, wrong]);
    expect(await refused(Buffer.from('GIF89a and more of it'))).toEqual([400, wrong]);
    expect(await refused(Buffer.alloc(0))).toEqual([400, 'The file is empty. Please choose another one.']);
    for (const picture of [whole, jpeg(small), webp(small)]) {
      expect(await refused(picture.subarray(0, 14))).toEqual([400, damaged]);
      expect(await refused(picture.subarray(0, picture.length - 1))).toEqual([400, damaged]);
    }
    expect(await refused(png({ width: 31, height: 64 }))).toEqual([
      400,
      'The picture is too small: at least 32 by 32 pixels.',
    ]);
    expect(await refused(png({ width: 64, height: 1_025 }))).toEqual([
      400,
      'The picture is too large: at most 1,024 pixels on each side.',
    ]);
    const heavy = Buffer.concat([whole, Buffer.alloc(limits.maxImageBytes)]);
    expect(await refused(heavy)).toEqual([413, 'The file is too large: at most 256 kB.']);
    const asJson = await ana.ask(server.origin, 'POST', `/api/images?siteId=${site.id}`, {});
    expect(asJson.status).toBe(415);
  });

  test('H308 a site shows how it looks with the answer of its availability; it may choose pictures of its own only, and of those not chosen ten are kept', async () => {
    expect((await availability()).appearance).toEqual(plainAppearance);
    const logo = await kept(png(small, [1, 2, 3]));
    const look = { accent: '#C2185B', logo, place: 'start', shape: 'square' };
    expect((await change({ appearance: look })).status).toBe(200);
    expect((await availability()).appearance).toEqual({ ...plainAppearance, ...look, accent: '#c2185b' });

    const other = await ana.addSite(server.origin, 'Other shop').then(async () => {
      const { sites } = await ana.read<{ sites: SiteSheet[] }>(server.origin, '/api/sites');
      return sites.find(one => one.name === 'Other shop')!;
    });
    const foreign = await change({ appearance: { logo } }, other.id);
    expect([foreign.status, ((await foreign.json()) as Refusal).error]).toMatchObject([
      404,
      { code: 'not-found', field: 'appearance.logo' },
    ]);
    for (const [wrong, field] of [
      [{ accent: 'red' }, 'appearance.accent'],
      [{ side: 201 }, 'appearance.side'],
      [{ shape: 'star' }, 'appearance.shape'],
    ] as const) {
      const answer = await change({ appearance: wrong });
      expect([answer.status, ((await answer.json()) as Refusal).error.field]).toEqual([400, field]);
    }
    const late = await change({
      appearance: { accent: '#000000' },
      before: { appearance: { accent: null } },
    });
    expect(((await late.json()) as Refusal).error).toMatchObject({
      code: 'changed-meanwhile',
      field: 'appearance.accent',
    });

    const names: string[] = [];
    for (let shade = 0; shade < limits.logosPerSite + 1; shade++)
      names.push(await kept(png(small, [shade, 99, 99])));
    const status = async (name: string) => (await fetch(`${server.origin}/images/${name}`)).status;
    expect(await status(names[0]!)).toBe(404);
    expect(await status(names[1]!)).toBe(200);
    expect(await status(logo)).toBe(200);
  });

  test('H309 the photo of a rep is shown to the shopper in the talk, unless the site says no; a new one takes the place of the one before, and the rep sees the colour of the shop', async () => {
    const photo = async (method: 'POST' | 'DELETE', picture?: Uint8Array) =>
      ((await (await ana.ask(server.origin, method, '/api/rep/photo', picture)).json()) as { rep: Self }).rep
        .photo;
    const first = await photo('POST', jpeg(small));
    const second = await photo('POST', png(small));
    expect((await fetch(`${server.origin}/images/${first}`)).status).toBe(404);
    expect((await ana.read<{ rep: Self }>(server.origin, '/api/rep/me')).rep.photo).toBe(second);
    const bad = await ana.ask(server.origin, 'POST', '/api/rep/photo', svg);
    expect(bad.status).toBe(400);

    const rep = await Rep.signIn(server.origin, ana);
    await rep.goAvailable(880);
    const shownTo = async () => {
      const shopper = await Shopper.arrive(server.origin);
      const callId = await shopper.call(440);
      expect((await rep.answer()).call.siteAccent).toBe('#c2185b');
      const view = await shopper.signaling.until(one => one.state === 'talking');
      await shopper.signaling.request('call.hang-up', { callId });
      shopper.close();
      await rep.untilWork('idle');
      return view.state === 'talking' ? view.repPhoto : undefined;
    };
    await ana.patchQueue(server.origin, { wrapUp: { kind: 'none', ms: 1_000 } });
    expect(await shownTo()).toBe(second);
    await change({ appearance: { photos: false } });
    expect(await shownTo()).toBe(null);
    expect(await photo('DELETE')).toBe(null);
    expect((await fetch(`${server.origin}/images/${second}`)).status).toBe(404);
    rep.close();
  });

  test('H315 who change different things of a site at the same time all win', async () => {
    for (let round = 1; round <= 10; round++) {
      const retention = { callDays: 100 + round, personalDays: round };
      const words = { de: { label: `Runde ${round}`, open: '', title: '', greeting: '', privacy: '' } };
      const origin = `https://shop${round}.example`;
      const answers = await Promise.all([
        change({ retention }),
        change({ words }),
        change({ appearance: { side: 20 + round } }),
        change({ appearance: { bottom: 40 + round } }),
        change({ name: `Shop ${round}` }),
        ana.ask(server.origin, 'POST', `/api/sites/${site.id}/allowed-origins`, { origin }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
      const { sites } = await ana.read<{ sites: SiteSheet[] }>(server.origin, '/api/sites');
      expect(sites[0]).toMatchObject({
        ...{ retention, words, name: `Shop ${round}`, allowedOrigins: expect.arrayContaining([origin]) },
        appearance: { side: 20 + round, bottom: 40 + round },
      });
    }
  });
});
