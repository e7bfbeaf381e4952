/**
 * Random histories of legs that come and go, microphones, and wanted edges that change meanwhile, without waiting in
 * between: however they interleave with the workers' answers, in the end the real edges equal the wanted ones.
 */

import fc from 'fast-check';
import { type types as ms, observer } from 'mediasoup';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  | { do: 'breathe' };

const leg = fc.constantFrom(...legs);
const source = fc.constantFrom<SourceId>(...legs, 'music:default');
const edge = fc
  .record({ source, listener: leg, active: fc.boolean() })
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

beforeAll(async () => {
  observer.on('newworker', worker => workers.push(worker));
  plane = await testPlane();
  plane.on('hearing', (leg, hearing) => told.set(leg, hearing));
  plane.on('microphone', (leg, ready) => ready || microphones.delete(leg));
});
afterAll(() => plane.close());

/** Objects alive in the native workers: transports, producers, consumers. */
const nativeObjects = async () => {
  const dumps = await Promise.all(workers.map(worker => worker.dump()));
  return dumps.map(dump => dump.channelMessageHandlers.channelRequestHandlers.length);
};

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
  }
}

async function play(history: Step[]): Promise<void> {
  const wanted = new Map<string, Edge[]>();
  const begun: (Promise<void> | undefined)[] = [];
  for (const step of history) {
    begun.push(begin(step));
    if (step.do === 'want') wanted.set(step.scope, step.edges);
    // One round trip to a worker, so that some things have happened and others are under way.
    if (step.do === 'breathe') await workers[0]?.dump();
  }
  await Promise.all(begun);
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
  for (const leg of legs) plane.closeLeg(leg);
  await plane.settled();
  expect(await plane.stats()).toMatchObject({ legs: 0, edges: 0, pipes: 0 });
}

test('M19 random histories end with the real edges equal to the wanted ones and nothing left over', async () => {
  // Pipe transports between the two routers stay for later pipes: made once, before counting.
  const warmUp: Step[] = [
    ...legs.map(leg => ({ do: 'open', leg, near: 'rep:9' }) as const),
    { do: 'breathe' },
    { do: 'breathe' },
    ...legs.map(leg => ({ do: 'produce', leg }) as const),
    {
      do: 'want',
      scope: 'call-1',
      edges: legs.flatMap(a => legs.filter(b => a !== b).map(b => heardBy(a, b))),
    },
  ];
  await play(warmUp);
  const before = await nativeObjects();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async history => {
      await play(history);
    }),
    { numRuns: 150, endOnFailure: false },
  );
  await until(async () => String(await nativeObjects()) === String(before), {
    describe: () => before,
  });
});
