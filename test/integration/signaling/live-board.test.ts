/** The live board: what supervisors see of calls, reps and queues, and what they are not sent. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallId, QueueId, RepId, SiteId } from '../../../shared/ids.ts';
import { engines } from '../../support/engines.ts';
import { Onlooker } from '../../support/onlooker.ts';
import { Rep, Shopper } from '../../support/people.ts';
import type { RepAccount } from '../../support/rep-account.ts';
import { until } from '../../support/until.ts';
import { accountServer, idOf, secondAccount, server } from '../account-server.ts';

const open: { close(): void }[] = [];
const here = <P extends { close(): void }>(person: P): P => {
  open.push(person);
  return person;
};
const looking = async (account: RepAccount) => here(await Onlooker.open(server.origin, account));

type Sites = { sites: { id: SiteId; key: string; name: string }[] };
const change = async (admin: RepAccount, name: string, to: unknown) => {
  const answer = await admin.ask(server.origin, 'PATCH', `/api/team/${await idOf(admin, name)}`, to);
  expect(answer.status).toBe(200);
};

describe.each(engines)('the live board on %s', engine => {
  accountServer(engine);
  let ana: RepAccount;
  beforeEach(async () => {
    ana = await server.addRep('Ana');
  });
  afterEach(() => {
    for (const person of open.splice(0)) person.close();
  });

  test('R150 a supervisor sees a call from the wait to its end, who has it, since when, whether on hold, and what both sides measure', async () => {
    const ben = await server.addRep('Ben');
    await change(ana, 'Ben', { role: 'supervisor' });
    const board = await looking(ben);
    await board.watch();
    expect(board.rows.reps.rows.map(rep => [rep.name, rep.state])).toEqual([
      ['Ana', 'offline'],
      ['Ben', 'offline'],
    ]);
    const sam = here(await Shopper.arrive(server.origin));
    const rep = here(await Rep.signIn(server.origin, ana));
    await rep.goAvailable(880);
    await board.until(({ reps }) => reps.rows[0]?.state === 'free');
    expect(board.rows.queues.rows).toMatchObject([{ waiting: 0, free: 1, busy: 0, longestSince: null }]);
    const callId = await sam.call(440, { name: 'Sam' });
    await board.until(({ calls }) => calls.rows[0]?.state === 'ringing');
    expect(board.rows.calls).toMatchObject({
      total: 1,
      rows: [{ callId, name: 'Sam', reps: [{ name: 'Ana' }], shopperAway: false, held: false }],
    });
    await board.until(({ queues }) => queues.rows[0]?.waiting === 1 && queues.rows[0].longestSince !== null);
    const { answeredAt } = await rep.answer();
    await board.until(({ calls }) => calls.rows[0]?.state === 'talking');
    expect(board.rows.calls.rows[0]).toMatchObject({ since: answeredAt, quality: { rep: null } });
    await board.until(({ reps }) => reps.rows[0]?.state === 'talking');
    await rep.signaling.request('leg.quality', { rttMs: 20, jitterMs: 2, lossPercent: 0 });
    await sam.signaling.request('leg.quality', { rttMs: 500, jitterMs: 40, lossPercent: 10 });
    await board.until(({ calls }) => (calls.rows[0]?.quality.rep ?? 0) > 4);
    await board.until(({ calls }) => (calls.rows[0]?.quality.shopper ?? 5) < 3);
    await rep.signaling.request('call.hold', { callId, hold: true });
    await board.until(({ calls }) => calls.rows[0]?.held === true);
    await rep.signaling.request('call.hold', { callId, hold: false });
    await board.until(({ calls }) => calls.rows[0]?.held === false);
    await sam.signaling.request('call.hang-up', { callId });
    await board.until(({ calls, reps }) => calls.total === 0 && reps.rows[0]?.state === 'wrap-up');
    await board.until(({ queues }) => queues.rows[0]?.busy === 1);
  });

  test('R151 who is a supervisor of some sites is sent nothing of the others, nor does one of another account', async () => {
    await ana.addSite(server.origin, 'Second shop');
    const olga = await secondAccount();
    const { sites } = await ana.read<Sites>(server.origin, '/api/sites');
    const [first, second] = sites as [Sites['sites'][number], Sites['sites'][number]];
    const ben = await server.addRep('Ben');
    await change(ana, 'Ben', { role: 'supervisor', sites: [second.id] });
    const [bens, olgas, anas] = [await looking(ben), await looking(olga), await looking(ana)];
    for (const board of [bens, olgas, anas]) await board.watch();
    await bens.signaling.request('board.watch', { siteId: first.id });
    await bens.watch();
    const sam = here(await Shopper.arrive(server.origin, undefined, first.key));
    const rep = here(await Rep.signIn(server.origin, ana));
    await rep.goAvailable(880);
    const callId = await sam.call(440, { name: 'Sam Secret' });
    await rep.answer();
    await anas.until(({ calls }) => calls.rows[0]?.state === 'talking');
    const kim = here(await Shopper.arrive(server.origin, undefined, second.key));
    const seen = await kim.call(550, { name: 'Kim' });
    // What came before it in the first shop has had its turn by then.
    await bens.until(({ calls }) => calls.rows[0]?.callId === seen);
    for (const board of [bens, olgas]) {
      const sent = JSON.stringify(board.pushes);
      for (const secret of [callId, first.id, 'Sam Secret']) expect(sent).not.toContain(secret);
    }
    expect(JSON.stringify(olgas.pushes)).not.toMatch(/Ana|Kim/);
    // Made a supervisor of the first shop only, Ben is shown that one, and nothing of the second any more.
    await change(ana, 'Ben', { sites: [first.id] });
    await bens.until(({ calls }) => calls.rows.length === 1 && calls.rows[0]?.callId === callId);
    expect(bens.rows.queues.rows.map(queue => queue.siteId)).toEqual([first.id]);
    await change(ana, 'Ben', { role: 'rep' });
    await bens.until(({ calls, queues, reps }) => calls.total + queues.total + reps.total === 0);
  });

  test('R152 filters by site, queue, rep and state, and pages of 50 that say how many there are', async () => {
    const { queues } = await ana.read<{ queues: { id: QueueId; siteId: SiteId }[] }>(
      server.origin,
      '/api/queues',
    );
    const [queue] = queues as [(typeof queues)[number]];
    const names = Array.from({ length: 55 }, (_, n) => `Rep${String(n).padStart(2, '0')}`);
    for (const name of names) await server.addRep(name);
    const board = await looking(ana);
    await board.watch();
    expect(board.rows.reps.total).toBe(56);
    expect(board.rows.reps.rows).toHaveLength(50);
    await board.watch({ repPage: 1 });
    expect(board.rows.reps.rows.map(rep => rep.name)).toEqual(names.slice(-6));
    await board.watch({ repPage: 7, queueId: queue.id, siteId: queue.siteId });
    expect(board.rows.reps.rows).toHaveLength(6);
    await board.watch({ name: 'rep0' });
    expect(board.rows.reps.total).toBe(10);
    await board.watch({ queueId: 'none' as QueueId });
    expect(board.rows).toMatchObject({ reps: { total: 0 }, queues: { total: 0 }, calls: { total: 0 } });
    await board.watch({ repState: 'free', callState: 'talking' });
    expect(board.rows.reps.total).toBe(0);
    const rep = here(await Rep.signIn(server.origin, ana));
    await rep.goAvailable(880);
    await board.until(({ reps }) => reps.rows[0]?.name === 'Ana');
    const sam = here(await Shopper.arrive(server.origin));
    await sam.call(440);
    await rep.untilWork('ringing');
    await board.until(({ reps }) => reps.total === 0);
    expect(board.rows.calls.total).toBe(0);
    await rep.answer();
    await board.until(({ calls }) => calls.total === 1);
  });

  test('R153 a change sends rows that changed and no others, and nothing to who looks at something else', async () => {
    for (const name of ['Ben', 'Cem', 'Dan']) await server.addRep(name);
    const [board, other] = [await looking(ana), await looking(ana)];
    await board.watch();
    await other.watch({ name: 'Ben', callState: 'talking' });
    // Its queue stands there; the rest of it is about Ben.
    const before = [board.pushes.length, other.pushes.length] as const;
    const rep = here(await Rep.signIn(server.origin, ana));
    await board.until(({ reps }) => reps.rows[0]?.state === 'away' || reps.rows[0]?.ready === true);
    await rep.goAvailable(880);
    await board.until(({ reps }) => reps.rows[0]?.state === 'free');
    const since = board.pushes.slice(before[0]);
    const names = since.flatMap(push => push.reps?.rows.map(row => row.name) ?? []);
    expect(new Set(names)).toEqual(new Set(['Ana']));
    expect(since.every(push => !push.fresh && !push.reps?.ids && !push.calls)).toBe(true);
    await other.until(({ queues }) => queues.rows[0]?.free === 1);
    expect(other.pushes.slice(before[1]).every(push => !push.reps && !push.calls)).toBe(true);
  });

  test('R154 whoever is no supervisor is refused, and so is anything else on such a connection; a sign-out ends it', async () => {
    const ben = await server.addRep('Ben');
    await expect(Onlooker.open(server.origin, ben)).rejects.toMatchObject({ code: 'not-allowed' });
    const board = await looking(ana);
    const ask = board.signaling.request('queue.remove', { callId: 'x' as CallId });
    await expect(ask).rejects.toMatchObject({ code: 'not-allowed' });
    const rep = here(await Rep.signIn(server.origin, ana));
    const onPhone = rep.signaling.request('board.watch', {});
    await expect(onPhone).rejects.toMatchObject({ code: 'bad-request' });
    const closed = board.signaling.closed();
    await ana.signOut(server.origin);
    expect(await closed).toBe(4403);
  });

  test('R155 after a restart, or when the page comes again, the board is whole again', async () => {
    const rep = here(await Rep.signIn(server.origin, ana));
    await rep.goAvailable(880);
    const sam = here(await Shopper.arrive(server.origin));
    const callId = await sam.call(440);
    const first = await looking(ana);
    await first.watch();
    await first.until(({ calls }) => calls.rows[0]?.callId === callId);
    first.close();
    await server.restart();
    const again = await looking(ana);
    await again.watch();
    await until(() => again.rows.calls.rows[0]?.callId === callId);
    expect(again.rows.reps.rows[0]?.repId).toBe((await idOf(ana, 'Ana')) satisfies RepId | undefined);
  });

  test('R157 a supervisor gives a rep another status or ends their wrap-up, with a reason: the rep is told who it was, the change is recorded', async () => {
    const ben = await server.addRep('Ben');
    await server.addRep('Cem');
    await change(ana, 'Cem', { role: 'supervisor' });
    const direct = (by: RepAccount, id: RepId | undefined, what: string, body: unknown) =>
      by.ask(server.origin, what === 'status' ? 'PUT' : 'POST', `/api/board/reps/${id}/${what}`, body);
    const bens = await idOf(ana, 'Ben');
    const rep = here(await Rep.signIn(server.origin, ben));
    await rep.goAvailable(880);
    // A rep may not, nor may it be done without a reason, nor in another account.
    expect((await direct(ben, await idOf(ana, 'Ana'), 'status', { status: 'away', why: 'x' })).status).toBe(
      403,
    );
    expect((await direct(ana, bens, 'status', { status: 'away', why: ' ' })).status).toBe(400);
    const olga = await secondAccount();
    expect((await direct(olga, bens, 'status', { status: 'away', why: 'x' })).status).toBe(404);
    expect((await direct(ana, bens, 'end-wrap-up', { why: 'x' })).status).toBe(404);
    expect(rep.signaling.view).toMatchObject({ status: 'available', told: null });

    expect((await direct(ana, bens, 'status', { status: 'away', why: 'Fire drill' })).status).toBe(200);
    const told = { by: 'Ana', why: 'Fire drill', what: 'status' };
    expect(await rep.signaling.until(view => view.told !== null)).toMatchObject({ status: 'away', told });
    // A reload tells it again, and the rep's own next choice ends it.
    const again = here(await Rep.signIn(server.origin, ben));
    expect(again.signaling.view).toMatchObject({ told });
    await rep.signaling.request('rep.status', { status: 'available' });
    await rep.signaling.until(view => view.told === null && view.status === 'available');

    const sam = here(await Shopper.arrive(server.origin));
    const callId = await sam.call(440);
    await rep.answer();
    await sam.signaling.request('call.hang-up', { callId });
    await rep.untilWork('wrap-up');
    expect((await direct(ana, bens, 'end-wrap-up', { why: 'Long line' })).status).toBe(200);
    const free = await rep.signaling.until(view => view.told !== null && view.work.state === 'idle');
    expect(free).toMatchObject({
      status: 'available',
      told: { by: 'Ana', what: 'wrap-up', why: 'Long line' },
    });

    const { entries } = await ana.read<{ entries: { action: string; target: string; after: unknown }[] }>(
      server.origin,
      '/api/audit',
    );
    expect(entries.filter(entry => entry.action.startsWith('rep.'))).toMatchObject([
      { action: 'rep.wrap-up-ended', target: 'Ben', after: { why: 'Long line' } },
      { action: 'rep.status-set', target: 'Ben', after: { status: 'away', why: 'Fire drill' } },
    ]);
  });

  test('R158 a supervisor of some sites decides nothing for who serves only others', async () => {
    await ana.addSite(server.origin, 'Second shop');
    const { sites } = await ana.read<Sites>(server.origin, '/api/sites');
    const ben = await server.addRep('Ben');
    const cem = await server.addRep('Cem');
    await change(ana, 'Ben', { role: 'supervisor', sites: [sites[1]!.id] });
    await cem.read(server.origin, '/api/rep/me');
    const { queues } = await ana.read<{ queues: { id: QueueId; siteId: SiteId }[] }>(
      server.origin,
      '/api/queues',
    );
    const second = queues.find(queue => queue.siteId === sites[1]!.id);
    const members = [{ repId: await idOf(ana, 'Ana') }];
    const alone = await ana.ask(server.origin, 'PATCH', `/api/queues/${second?.id}`, { members });
    expect(alone.status).toBe(200);
    const path = `/api/board/reps/${await idOf(ana, 'Cem')}/status`;
    const refused = await ben.ask(server.origin, 'PUT', path, { status: 'offline', why: 'Not mine' });
    expect(refused.status).toBe(404);
    expect((await ana.ask(server.origin, 'PUT', path, { status: 'away', why: 'Mine' })).status).toBe(200);
  });
});
