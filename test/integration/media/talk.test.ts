import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MediaPlane } from '../../../server/media/plane.ts';
import { bothWays, heardBy, join, openOn, testPlane } from '../../support/media.ts';
import { until } from '../../support/until.ts';
import type { WrtcClient } from '../../support/wrtc-client.ts';

let plane: MediaPlane;
const clients: WrtcClient[] = [];

const joined = async (...args: Parameters<typeof join>) => {
  const client = await join(...args);
  clients.push(client);
  return client;
};

/** A tone sent at 0.3 of full scale is -13.5 dB; what arrives may differ by a decibel or two. */
const hears = (client: WrtcClient, frequencyHz: number) => {
  const level = client.measure('voice').at(frequencyHz);
  return level > -16 && level < -11;
};

beforeEach(async () => {
  plane = await testPlane();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await plane.close();
});

describe('two people', () => {
  test('M1 on different workers hear each other at the level sent, through one pipe each way', async () => {
    const shopper = await joined(plane, 'shopper:1');
    const rep = await joined(plane, 'rep:1');
    expect((await plane.stats()).workers.map(worker => worker.legs)).toEqual([1, 1]);

    plane.want('call', bothWays('shopper:1', 'rep:1'));
    await Promise.all([shopper.tone(440), rep.tone(880)]);
    await until(() => hears(shopper, 880) && hears(rep, 440));

    expect(shopper.measure('voice').frequencyHz).toBeCloseTo(880, -1);
    expect(rep.measure('voice').frequencyHz).toBeCloseTo(440, -1);
    expect(shopper.measure('voice').at(440)).toBeLessThan(-40);
    expect(await plane.stats()).toMatchObject({ legs: 2, edges: 2, pipes: 2 });
  });

  test('M2 are put on one worker when the second leg is opened near the first, and need no pipe', async () => {
    const rep = await joined(plane, 'rep:1');
    const shopper = await joined(plane, 'shopper:1', 'rep:1');
    plane.want('call', bothWays('shopper:1', 'rep:1'));
    await Promise.all([shopper.tone(440), rep.tone(880)]);
    await until(() => hears(shopper, 880) && hears(rep, 440));
    expect((await plane.stats()).workers.map(worker => worker.legs)).toEqual([2, 0]);
    expect(await plane.stats()).toMatchObject({ pipes: 0, edges: 2 });
  });
});

describe('an edge', () => {
  test('M3 that is not active is silent; made active it is heard in 250 ms, with the same consumer', async () => {
    const shopper = await joined(plane, 'shopper:1');
    const rep = await joined(plane, 'rep:1');
    const witness = await joined(plane, 'rep:2');
    await shopper.tone(440);
    plane.want('ringing', [heardBy('rep:1', 'shopper:1', false), heardBy('rep:2', 'shopper:1')]);
    await until(() => hears(witness, 440));
    const [ready] = await until(() => rep.hearing.length === 1 && rep.hearing);
    await rep.connected('receive');
    const before = (await witness.packets()).received;
    await until(async () => (await witness.packets()).received >= before + 25);
    expect(ready).toMatchObject({ active: false, source: 'voice' });
    expect(rep.measure('voice').levelDb).toBeLessThan(-80);
    expect((await rep.packets()).received).toBe(0);

    // Who hears already tells what the way of a sound takes on this machine now.
    await shopper.tone(660);
    plane.want('ringing', [heardBy('rep:1', 'shopper:1', true), heardBy('rep:2', 'shopper:1')]);
    const hears660After = async (person: WrtcClient) => {
      const since = performance.now();
      await until(() => person.measure('voice', 30).at(660) > -30, { everyMs: 1 });
      return performance.now() - since;
    };
    const [usual = 0, answered] = await Promise.all([witness, rep].map(hears660After));
    expect(answered).toBeLessThan(Math.max(250, 2 * usual));
    await until(() => rep.hearing[0]?.active === true);
    expect(rep.hearing[0]?.consumerId).toBe(ready?.consumerId);

    plane.want('ringing', [heardBy('rep:1', 'shopper:1', false)]);
    await until(() => rep.measure('voice', 30).levelDb < -60);
    expect(rep.hearing[0]).toMatchObject({ consumerId: ready?.consumerId, active: false });
  });

  test('M4 wanted before the legs and the microphone exist is made when they appear', async () => {
    plane.want('call', bothWays('shopper:1', 'rep:1'));
    const shopper = await joined(plane, 'shopper:1');
    await shopper.tone(440);
    expect((await plane.stats()).edges).toBe(0);
    const rep = await joined(plane, 'rep:1');
    expect(rep.hearing).toHaveLength(1);
    await until(() => hears(rep, 440));
  });

  test('M5 goes when nobody wants it any more, with its pipe', async () => {
    const shopper = await joined(plane, 'shopper:1');
    const rep = await joined(plane, 'rep:1');
    await shopper.tone(440);
    plane.want('a', [heardBy('rep:1', 'shopper:1')]);
    plane.want('b', [heardBy('rep:1', 'shopper:1', false)]);
    await until(() => hears(rep, 440));
    plane.want('a', []);
    await until(() => rep.hearing[0]?.active === false);
    plane.want('b', []);
    await until(() => rep.hearing.length === 0);
    await plane.settled();
    expect(await plane.stats()).toMatchObject({ legs: 2, edges: 0, pipes: 0 });
  });
});

describe('a leg', () => {
  test('M6 that closes takes its edges and pipes with it, and the other side is told', async () => {
    const shopper = await joined(plane, 'shopper:1');
    const rep = await joined(plane, 'rep:1');
    await Promise.all([shopper.tone(440), rep.tone(880)]);
    plane.want('call', bothWays('shopper:1', 'rep:1'));
    await until(() => rep.hearing.length === 1 && shopper.hearing.length === 1);
    const microphones: [string, boolean][] = [];
    plane.on('microphone', (leg, ready) => microphones.push([leg, ready]));

    plane.closeLeg('shopper:1');
    plane.closeLeg('shopper:1');
    expect(plane.hasLeg('shopper:1')).toBe(false);
    expect(microphones).toEqual([['shopper:1', false]]);
    await until(() => rep.hearing.length === 0);
    await plane.settled();
    expect(await plane.stats()).toMatchObject({ legs: 1, edges: 0, pipes: 0 });
  });

  test('M7 opened again (a reload) has its edges made anew, both ways', async () => {
    const shopper = await joined(plane, 'shopper:1');
    const rep = await joined(plane, 'rep:1');
    plane.want('call', bothWays('shopper:1', 'rep:1'));
    await Promise.all([shopper.tone(440), rep.tone(880)]);
    await until(() => hears(shopper, 880) && hears(rep, 440));

    await openOn(plane, shopper, 'shopper:1');
    expect(shopper.hearing).toHaveLength(1);
    await shopper.tone(550);
    await until(() => hears(shopper, 880) && hears(rep, 550));
    expect(await plane.stats()).toMatchObject({ legs: 2, edges: 2, pipes: 2 });
  });

  test('M8 whose browser goes away is reported lost', async () => {
    const shopper = await joined(plane, 'shopper:1');
    await shopper.tone(440);
    await shopper.connected('send');
    const lost: unknown[] = [];
    plane.on('lost', (...event) => lost.push(event));
    shopper.close();
    await until(() => lost.length > 0);
    expect(lost).toEqual([['shopper:1', 'connection-failed']]);
    expect(plane.hasLeg('shopper:1')).toBe(false);
  });
});
