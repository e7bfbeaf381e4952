/** How many statements it takes until everybody who is concerned has seen what somebody did. */
import { Writable } from 'node:stream';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallId } from '../../../shared/ids.ts';
import { Rep, Shopper } from '../../support/people.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { until } from '../../support/until.ts';

let server: TestServer;
const reps: Rep[] = [];
let kim: Shopper;
let statements: string[] = [];
const log = pino(
  { level: 'trace' },
  new Writable({
    write(line, _, done) {
      const { sql } = JSON.parse(line) as { sql?: string };
      if (sql) statements.push(sql);
      done();
    },
  }),
);

beforeAll(async () => {
  server = await startTestServer({ log });
  for (const name of ['Ana', 'Ben', 'Cleo', 'Dan', 'Eva']) {
    const rep = await Rep.signIn(server.origin, await server.addRep(name));
    reps.push(rep);
    // Only Ana takes calls; the others look on.
    if (name === 'Ana') await rep.goAvailable(880);
  }
  kim = await Shopper.arrive(server.origin);
});
afterAll(async () => {
  kim.close();
  for (const rep of reps) rep.close();
  await server.close();
});

const looksForDueTimes = (sql: string) => sql.includes('as "times"');

/** Statements from the act until all have seen it, the timer included. */
async function statementsOf(act: () => Promise<unknown>, seen: () => boolean): Promise<number> {
  const quiet = async () => {
    let last = -1;
    await until(() => {
      const same = statements.length === last;
      last = statements.length;
      return same;
    });
  };
  await quiet();
  statements = [];
  await act();
  await until(() => seen() && statements.some(looksForDueTimes));
  await quiet();
  return statements.length;
}

const everyRepSees = (what: (queue: { waiting: number; repsBusy: number }) => boolean) => () =>
  reps.every(rep => {
    const queue = rep.signaling.view?.queues[0];
    return queue !== undefined && what(queue);
  });

/** One call, and what each act of it took. */
async function call(): Promise<Record<'start' | 'answer' | 'mute' | 'measure' | 'hangUp', number>> {
  const [ana] = reps as [Rep];
  let callId: CallId | undefined;
  const start = await statementsOf(
    async () => {
      callId = await kim.call(440);
    },
    everyRepSees(queue => queue.waiting === 1 && queue.repsBusy === 1),
  );
  const answer = await statementsOf(
    () => ana.answer(),
    everyRepSees(queue => queue.waiting === 0),
  );
  const marked = async (act: () => Promise<unknown>) => {
    statements = [];
    await act();
    return statements.length;
  };
  const mute = await marked(() => ana.signaling.request('leg.mute', { muted: true }));
  const measure = await marked(() =>
    ana.signaling.request('leg.quality', { rttMs: 40, jitterMs: 5, lossPercent: 0 }),
  );
  const hangUp = await statementsOf(
    () => kim.signaling.request('call.hang-up', { callId: callId! }),
    () => ana.signaling.view?.work.state === 'wrap-up',
  );
  await ana.signaling.request('wrap-up.finish', {});
  await until(everyRepSees(queue => queue.repsBusy === 0));
  return { start, answer, mute, measure, hangUp };
}

test('Q180 with five reps signed in a click with its ringing takes 40 statements at most, the answer 25, the hang-up 30, a mute or a measurement 3', async () => {
  // What was still to be shown of the act before adds to one, and never takes away.
  const calls = [await call(), await call(), await call(), await call()];
  const least = (act: keyof (typeof calls)[number]) => Math.min(...calls.map(one => one[act]));
  expect(least('start'), 'start').toBeLessThanOrEqual(40);
  expect(least('answer'), 'answer').toBeLessThanOrEqual(25);
  expect(least('hangUp'), 'hang-up').toBeLessThanOrEqual(30);
  expect(least('mute'), 'mute').toBeLessThanOrEqual(3);
  expect(least('measure'), 'measurement').toBeLessThanOrEqual(3);
  // What counts nothing proves nothing.
  for (const one of calls) for (const taken of Object.values(one)) expect(taken).toBeGreaterThan(0);
});

test('Q181 what a click would get is read once for all who ask within a second, and anew after a change', async () => {
  const [ana] = reps as [Rep];
  const ask = async () => {
    const answer = await fetch(`${server.origin}/api/sites/demo/availability`);
    return ((await answer.json()) as { availability: string }).availability;
  };
  const readOfReps = () => statements.filter(sql => sql.includes('"reps"')).length;
  await until(async () => (await ask()) === 'open');
  // A second may end among them.
  statements = [];
  for (let i = 0; i < 50; i++) expect(await ask()).toBe('open');
  // Unread, each would have looked for a free rep.
  expect(readOfReps()).toBeLessThan(25);
  await ana.signaling.request('rep.status', { status: 'away' });
  expect(await ask()).toBe('no-rep');
  await ana.signaling.request('rep.status', { status: 'available' });
  expect(await ask()).toBe('open');
});
