/**
 * The whole server as a process of its own, whose wall clock is set by hours while people use it. What lasts 20 s is
 * measured by the clock of the test, which nobody sets. The steady clocks of the process are left alone (as the system
 * does it), so that libfaketime is what a time server is.
 */
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faketimeLibrary } from '../../../tools/setup/test-tools.mjs';
import { freshPlace, type Place } from '../../support/engines.ts';
import { Rep, Shopper } from '../../support/people.ts';
import { RepAccount } from '../../support/rep-account.ts';
import { ServerProcess } from '../../support/server-process.ts';
import { SignalingClient } from '../../support/signaling-client.ts';
import { until } from '../../support/until.ts';

const hour = 3_600_000;
const offerMs = 10_000;
const wrapUpMs = 15_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-clock-'));
});
afterAll(() => rm(folder, { recursive: true }));

class SteppedServer {
  readonly process: ServerProcess;
  readonly #file: string;
  private constructor(process: ServerProcess, file: string) {
    this.process = process;
    this.#file = file;
  }

  static async start(place: Place, name: string): Promise<SteppedServer> {
    const library = faketimeLibrary();
    if (library === null)
      throw new Error('libfaketime is not installed. Run `npm test`, whose set-up installs it.');
    const file = path.join(folder, name);
    await writeFile(file, '+0\n');
    const environment = {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
      LOG_LEVEL: 'warn',
    };
    return new SteppedServer(await ServerProcess.start(place, { environment }), file);
  }

  /** From now on the wall clock is so much ahead of the real one; waits until the server has followed. */
  async ahead(ms: number): Promise<void> {
    const before = this.#steps();
    // At once, never half written.
    await writeFile(`${this.#file}.new`, `${ms < 0 ? '-' : '+'}${Math.abs(ms) / 1_000}\n`);
    await rename(`${this.#file}.new`, this.#file);
    await until(() => this.#steps() > before);
  }

  #steps = () => this.process.log().filter(line => /the clock was set/.test(line.msg)).length;
}

test('C69 a clock that is set by hours in both directions, while one waits, one rings, one talks and one is in wrap-up', async () => {
  const place = await freshPlace('SQLite');
  const server = await SteppedServer.start(place, 'clock');
  const { origin } = server.process;
  const people: { close(): void }[] = [];
  const person = (name: string) => ({
    name,
    email: `${name.toLowerCase()}@shop.example`,
    password: 'a good long password',
  });
  const admin = await RepAccount.make(origin, server.process.setUpToken ?? '', person('Ana'));
  const accounts = [admin];
  for (const name of ['Ben', 'Cleo'])
    accounts.push(await RepAccount.make(origin, await admin.invite(origin, person(name)), person(name)));
  const week = Object.fromEntries(
    ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map(day => [
      day,
      [{ from: '00:00', to: '24:00' }],
    ]),
  );
  const closed = [{ from: Date.now() + 2 * hour, to: Date.now() + 9 * hour, reason: 'Stocktaking' }];
  await admin.patchQueue(origin, {
    offerMs,
    wrapUp: { kind: 'fixed', ms: wrapUpMs },
    hours: { timeZone: 'UTC', week, holidays: [], closures: closed },
  } as never);
  const [ana, ben, cleo] = (await Promise.all(accounts.map(account => Rep.signIn(origin, account)))) as [
    Rep,
    Rep,
    Rep,
  ];
  people.push(ana, ben, cleo);
  const shopper = async (hertz: number) => {
    const one = await Shopper.arrive(origin);
    people.push(one);
    const callId = await one.call(hertz);
    return Object.assign(one, { callId });
  };
  const availability = async () => {
    const answer = await fetch(`${origin}/api/sites/demo/availability`);
    return ((await answer.json()) as { availability: string }).availability;
  };

  await ben.goAvailable(440);
  const talks = await shopper(660);
  await ben.answer();
  await cleo.goAvailable(550);
  const over = await shopper(770);
  await cleo.answer();
  await over.signaling.request('call.hang-up', { callId: over.callId });
  await cleo.untilWork('wrap-up');
  const wrappingSince = performance.now();
  await ana.goAvailable(330);
  await shopper(880);
  const rings = await ana.untilWork('ringing');
  const ringingSince = performance.now();
  const waits = await shopper(990);
  await waits.untilState('waiting');

  for (const ms of [3 * hour, -5 * hour, 0]) {
    await server.ahead(ms);
    // Opening hours follow the wall; nobody who is here already is sent away by them.
    expect((await availability()) === 'closed', `${ms / hour} h ahead`).toBe(ms === 3 * hour);
    expect(talks.signaling.view?.state).toBe('talking');
    expect(['waiting', 'ringing']).toContain(waits.signaling.view?.state);
    // Signed in as before, and a ticket fits at once.
    const { client } = await SignalingClient.rep(origin, admin, false, { follows: true });
    client.close();
  }
  // Neither over at once nor never: both have their whole time, by a clock that was not set.
  await ana.signaling.until(({ work }) => work.state !== 'ringing' || work.offerId !== rings.offerId);
  expect(performance.now() - ringingSince).toBeGreaterThan(offerMs - 1_000);
  await cleo.signaling.until(({ work }) => work.state !== 'wrap-up');
  expect(performance.now() - wrappingSince).toBeGreaterThan(wrapUpMs - 1_000);
  // Cleo is free again, and who waited is served.
  await cleo.answer();
  expect(talks.signaling.view?.state).toBe('talking');

  for (const one of people) one.close();
  await server.process.kill();
  await place.remove();
});
