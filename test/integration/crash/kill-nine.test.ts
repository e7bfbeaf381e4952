/**
 * The server is killed at random moments while people use it. What it acknowledged is looked for in the database
 * before it starts again, and in what it tells people afterwards. `CRASH_ROUNDS`, `CRASH_SEED`.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { CallEventRow, CallRow, OfferRow, RepRow } from '../../../server/store/schema.ts';
import { limits } from '../../../shared/limits.ts';
import { type Engine, engines, freshPlace, openPlace, type Place } from '../../support/engines.ts';
import { draws } from '../../support/random.ts';
import { RepAccount } from '../../support/rep-account.ts';
import { ServerProcess } from '../../support/server-process.ts';
import { patienceMs, until } from '../../support/until.ts';
import { Ledger, TrafficRep, TrafficShopper } from './traffic.ts';

const rounds = Number(process.env.CRASH_ROUNDS ?? 1);
const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);

type Seen = { calls: CallRow[]; offers: OfferRow[]; reps: RepRow[]; events: CallEventRow[] };

let server: ServerProcess | undefined;
let place: Place;
afterEach(async () => {
  await server?.kill();
  server = undefined;
  await place.remove();
});

/** What is in the database while no server runs. */
async function look(): Promise<Seen> {
  const { db, close } = await openPlace(place);
  const seen = {
    calls: await db.selectFrom('calls').selectAll().orderBy('queued_at').orderBy('id').execute(),
    offers: await db.selectFrom('offers').selectAll().execute(),
    reps: await db.selectFrom('reps').selectAll().execute(),
    events: await db.selectFrom('call_events').selectAll().execute(),
  };
  await close();
  return seen;
}

/** Short wrap-ups, so that their ends come while the server is down; and a line that nobody is sent away from. */
async function openShop(engine: Engine, random: () => number) {
  place = await freshPlace(engine);
  server = await ServerProcess.start(place);
  const person = (name: string) => ({
    name,
    email: `${name.toLowerCase()}@shop.example`,
    password: 'a good long password',
  });
  const names = ['Ana', 'Ben', 'Cleo'];
  const admin = await RepAccount.make(server.origin, server.setUpToken ?? '', person('Ana'));
  const accounts = [admin];
  for (const name of names.slice(1)) {
    const token = await admin.invite(server.origin, person(name));
    accounts.push(await RepAccount.make(server.origin, token, person(name)));
  }
  await admin.patchQueue(server.origin, { wrapUp: { kind: 'fixed', ms: 1_000 }, noRepExitMs: 3_600_000 });
  const ledger = new Ledger();
  return {
    ledger,
    reps: accounts.map((account, index) => new TrafficRep(account, index, ledger, random)),
    shoppers: Array.from({ length: 7 }, () => new TrafficShopper(ledger, random)),
  };
}

/** Nothing that was acknowledged is missing, and nothing half done is there. */
function nothingIsLost(seen: Seen, ledger: Ledger): void {
  const calls = new Map(seen.calls.map(call => [call.id, call]));
  const eventsOf = (id: string, type: string) =>
    seen.events.filter(event => event.call_id === id && event.type === type);
  const repNames = new Map(seen.reps.map(rep => [rep.id, rep.name]));
  for (const [id, facts] of ledger.calls) {
    const call = calls.get(id);
    expect(call, `call ${id} was acknowledged`).toBeDefined();
    if (!call) continue;
    if (facts.endDone) expect(call.state, `hang-up of ${id} was acknowledged`).toBe('ended');
    if (!facts.endAsked && call.state === 'ended')
      expect(call.end_reason, `nobody ended ${id}`).toBe('shopper-lost');
    if (facts.context !== null && call.state !== 'ended') {
      // A later page may have arrived too, without its answer.
      const title = (JSON.parse(call.context) as { page?: { title?: string } }).page?.title ?? '';
      const page = (text: string) => Number(/^page (\d+)/.exec(text)?.[1]);
      expect(page(title)).toBeGreaterThanOrEqual(page(facts.context));
    }
    if (facts.answeredBy !== null) {
      const answered = eventsOf(id, 'answered').map(event => event.rep_id && repNames.get(event.rep_id));
      expect(answered, `answer of ${id} was acknowledged`).toContain(facts.answeredBy);
    }
    if (facts.notes.done !== null) expect([facts.notes.done, facts.notes.asked]).toContain(call.note);
    expect(eventsOf(id, 'started'), `story of ${id} begins once`).toHaveLength(1);
    expect(eventsOf(id, 'ended'), `story of ${id} ends once`).toHaveLength(call.state === 'ended' ? 1 : 0);
  }
  const offers = new Map(seen.offers.map(offer => [offer.id, offer]));
  for (const id of ledger.declined) expect(offers.get(id)?.state).toBe('declined');
  for (const rep of seen.reps) {
    const { done, asked } = ledger.statuses.get(rep.name) ?? { done: null, asked: null };
    if (done !== null) expect([done, asked], `status of ${rep.name}`).toContain(rep.status);
  }
}

/** Shoppers first, while nobody can be rung: each is where they were, and places are those of the line. */
async function everybodyIsWhereTheyWere(
  { reps, shoppers }: { reps: TrafficRep[]; shoppers: TrafficShopper[] },
  before: Seen,
  origin: string,
): Promise<void> {
  const live = before.calls.filter(call => call.state !== 'ended');
  const line = live.filter(call => call.state !== 'talking').map(call => call.id);
  const returned = new Set<string>();
  for (const shopper of shoppers) {
    const view = await shopper.arrive(origin);
    if (view.state === 'idle' || view.state === 'ended') continue;
    const was = live.find(call => call.id === view.callId);
    expect(was, 'the call that the page is told of').toBeDefined();
    expect(view.state).toBe(was?.state === 'talking' ? 'talking' : 'waiting');
    if (view.state === 'waiting') {
      // Who is not back yet keeps the place, but nobody waits behind somebody who is not there.
      returned.add(view.callId);
      const ahead = line.slice(0, line.indexOf(view.callId)).filter(id => returned.has(id));
      expect(view.place, 'place').toBe(ahead.length + 1);
      expect(view.since).toBe(was?.started_at);
    }
  }
  for (const rep of reps) {
    const was = before.reps.find(one => one.name === rep.name);
    const view = await rep.arrive(origin);
    expect(view.status, `status of ${rep.name}`).toBe(was?.status);
    expect(view.statusReason).toBe(was?.status_reason);
    if (was?.work === 'talking') expect(view.work.state).toBe('talking');
    else expect(['idle', 'wrap-up']).toContain(view.work.state);
  }
}

describe.each(engines)('a server on %s that is killed', engine => {
  test(
    `T60 loses nothing that it acknowledged, ${rounds} times`,
    async () => {
      const random = draws(seed);
      const { ledger, reps, shoppers } = await openShop(engine, random);
      let origin = server?.origin ?? '';
      for (const rep of reps) await rep.arrive(origin);
      for (const shopper of shoppers) await shopper.arrive(origin);
      const overdueWrapUps: { rep: TrafficRep; dueAt: number }[] = [];
      let deserter: string | undefined;

      for (let round = 0; round < rounds; round++) {
        const at = `seed ${seed}, round ${round}`;
        for (const rep of reps) {
          await rep.takeHeadset();
          if (round === 0) await rep.choose('available');
        }
        const known = ledger.acknowledged;
        for (const actor of [...reps, ...shoppers]) actor.work();
        // The moment of the crash; something has to be under way by then.
        await until(() => ledger.acknowledged > known + 5);
        await pause(random() * 300);
        const port = server?.port ?? 0;
        await server?.kill();
        server = undefined;
        for (const actor of [...reps, ...shoppers]) await actor.stopped();

        const before = await look();
        nothingIsLost(before, ledger);

        server = await ServerProcess.start(place, { port });
        origin = server.origin;
        // Somebody never comes back after the last crash: the line must not wait for ever.
        const returning = round === rounds - 1 ? shoppers.slice(1) : shoppers;
        await everybodyIsWhereTheyWere({ reps, shoppers: returning }, before, origin);
        for (const rep of reps) {
          const work = rep.view?.work;
          if (work?.state === 'wrap-up') overdueWrapUps.push({ rep, dueAt: work.dueAt });
        }
        for (const { rep } of overdueWrapUps.splice(0))
          await until(() => rep.view?.work.state !== 'wrap-up', { describe: () => at });
        deserter = before.calls.find(call => call.state !== 'ended')?.id;
      }
      expect(deserter, 'calls were under way').toBeDefined();
      expect(ledger.calls.size).toBeGreaterThan(rounds);

      // Who did not come back is given up when the grace period is over.
      for (const shopper of shoppers) await shopper.stopped();
      for (const rep of reps) rep.work();
      await until(() => reps.some(({ view }) => view?.waitingTotal === 0 && view.absentTotal === 0), {
        withinMs: limits.shopperGraceMs + patienceMs,
        everyMs: 100,
      });
      await server?.kill();
      server = undefined;
      for (const rep of reps) await rep.stopped();
      const after = await look();
      nothingIsLost(after, ledger);
      expect(after.calls.filter(call => call.state === 'waiting' || call.state === 'ringing')).toEqual([]);
    },
    300_000 + rounds * 15_000,
  );
});
