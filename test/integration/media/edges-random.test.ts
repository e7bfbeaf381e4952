/**
 * Random histories of legs that come and go, microphones, and wanted edges that change meanwhile, without waiting in
 * between: however they interleave with the workers' answers, in the end the real edges equal the wanted ones.
 */

import fc from 'fast-check';
import { type types as ms, observer } from 'mediasoup';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Edge, MediaError, type MediaPlane, type SourceId } from '../../../server/media/plane.ts';
import type { LegId } from '../../../shared/ids.ts';
import type { Heard } from '../../../shared/protocol.ts';
import { fakeMicrophone } from '../../support/fake-microphone.ts';
import { heardBy, testPlane } from '../../support/media.ts';
import { until } from '../../support/until.ts';

const legs: LegId[] = ['shopper:1', 'shopper:2', 'rep:1', 'rep:2'];
const scopes = ['call-1', 'call-2'];

type Step =
  | { do: 'open'; leg: LegId; near: LegId }
  | { do: 'close'; leg: LegId }
  | { do: 'produce'; leg: LegId }
  | { do: 'want'; scope: string; edges: Edge[] }
  | { do: 'breathe' }
  | { do: 'kill'; worker: number };

const leg = fc.constantFrom(...legs);
const source = fc.constantFrom<SourceId>(...legs, 'music:default');
const edge = fc
  .record({ source, listener: leg, active: fc.boolean(), party: fc.constant(null) })
  .filter(({ source, listener }) => source !== listener);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('open' as const), leg, near: leg }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('close' as const), leg }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('produce' as const), leg }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('want' as const),
      scope: fc.constantFrom(...scopes),
      edges: fc.array(edge, { maxLength: 5 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('breathe' as const) }) },
);

const workers: ms.Worker[] = [];
let plane: MediaPlane;
/** Source -> producer id, and what each leg was told it hears. */
const microphones = new Map<LegId, string>();
const told = new Map<LegId, Heard[]>();

const onNewWorker = (worker: ms.Worker) => workers.push(worker);
beforeEach(async () => {
  workers.splice(0);
  microphones.clear();
  told.clear();
  observer.on('newworker', onNewWorker);
  // Workers die here by intent, which the plane logs as the error that it is.
  plane = await testPlane({ log: pino({ level: 'silent' }) });
  plane.on('hearing', (leg, hearing) => told.set(leg, hearing));
  plane.on('microphone', (leg, ready) => ready || microphones.delete(leg));
});
afterEach(async () => {
  observer.off('newworker', onNewWorker);
  await plane.close();
});

/** Objects alive in the native workers: transports, producers, consumers. */
const nativeObjects = async () => {
  const dumps = await Promise.all(workers.map(worker => worker.dump()));
  return dumps.map(dump => dump.channelMessageHandlers.channelRequestHandlers.length);
};

function kill(index: number): void {
  const alive = workers.filter(worker => !worker.closed);
  // Leaves one, so that no opening has to wait for a replacement and the history stays short.
  if (alive.length > 1) process.kill(alive[index]!.pid, 'SIGKILL');
}

let ssrc = 1;
/** Starts a step without waiting for it; what was overtaken by another step is refused, and that is right. */
function begin(step: Step): Promise<void> | undefined {
  const overtaken = (error: unknown) => {
    if (!(error instanceof MediaError)) throw error;
  };
  switch (step.do) {
    case 'open':
      told.delete(step.leg);
      return plane
        .openLeg(step.leg, plane.routerRtpCapabilities as never, step.near)
        .then(({ hearing }) => void told.set(step.leg, hearing), overtaken);
    case 'close':
      plane.closeLeg(step.leg);
      return;
    case 'produce':
      return plane
        .produce(step.leg, fakeMicrophone(ssrc++))
        .then(id => void microphones.set(step.leg, id), overtaken);
    case 'want':
      plane.want(step.scope, step.edges);
      return;
    case 'breathe':
      return;
    case 'kill':
      kill(step.worker);
      return;
  }
}

async function play(history: Step[], pace: 'overlapping' | 'one by one' = 'overlapping'): Promise<void> {
  const wanted = new Map<string, Edge[]>();
  const begun: (Promise<void> | undefined)[] = [];
  for (const step of history) {
    const doing = begin(step);
    begun.push(doing);
    if (pace === 'one by one') await doing;
    if (step.do === 'want') wanted.set(step.scope, step.edges);
    // One round trip to a worker, so that some things have happened and others are under way.
    if (step.do === 'breathe') await plane.stats();
  }
  await Promise.all(begun);
  await until(async () => (await plane.stats()).workers.every(worker => worker.alive));
  await plane.settled();

  const expected = new Map<string, boolean>();
  for (const { source, listener, active } of [...wanted.values()].flat()) {
    const exists = source.startsWith('music:') || microphones.has(source as LegId);
    if (!plane.hasLeg(listener) || !exists) continue;
    const key = `${source} -> ${listener}`;
    expected.set(key, active || expected.get(key) === true);
  }
  const real = new Map<string, boolean>();
  for (const listener of legs.filter(leg => plane.hasLeg(leg))) {
    for (const heard of told.get(listener) ?? []) {
      const source =
        heard.source === 'music'
          ? 'music:default'
          : legs.find(leg => microphones.get(leg) === heard.producerId);
      real.set(`${source} -> ${listener}`, heard.active);
    }
  }
  expect(Object.fromEntries([...real].sort())).toEqual(Object.fromEntries([...expected].sort()));
  expect((await plane.stats()).edges).toBe(expected.size);

  for (const scope of scopes) plane.want(scope, []);
  await plane.settled();
  expect(await plane.stats()).toMatchObject({ edges: 0, pipes: 0 });
  for (const leg of legs) plane.closeLeg(leg);
  await plane.settled();
  expect(await plane.stats()).toMatchObject({ legs: 0, edges: 0, pipes: 0 });
}

test('M19 random histories end with the real edges equal to the wanted ones and nothing left over', async () => {
  const fresh = await nativeObjects();
  // Pipe transports between the two routers stay for later pipes: one more object on each side.
  const warmUp: Step[] = [
    ...legs.map(leg => ({ do: 'open', leg, near: 'rep:9' }) as const),
    ...legs.map(leg => ({ do: 'produce', leg }) as const),
    {
      do: 'want',
      scope: 'call-1',
      edges: legs.flatMap(a => legs.filter(b => a !== b).map(b => heardBy(a, b))),
    },
  ];
  await play(warmUp, 'one by one');
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async history => {
      await play(history);
    }),
    { numRuns: 150, endOnFailure: false },
  );
  let after: number[] = [];
  await until(
    async () => {
      after = await nativeObjects();
      return String(after) === String(fresh.map(count => count + 1));
    },
    { describe: () => ({ fresh, after }) },
  );
});

test('M20 the same holds when workers are killed in the middle', async () => {
  const death = fc.record({ do: fc.constant('kill' as const), worker: fc.nat(1) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 25 }),
      fc.array(death, { minLength: 1, maxLength: 2 }),
      fc.array(step, { minLength: 1, maxLength: 25 }),
      async (before, deaths, after) => {
        await play([...before, ...deaths, ...after]);
      },
    ),
    { numRuns: 20, endOnFailure: true },
  );
});
