import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AudibleCall, audioGraph } from '../../../server/calls/audio-graph.ts';
import { callStates } from '../../../shared/domain.ts';
import { type CallId, type RepId, repLeg, shopperLeg } from '../../../shared/ids.ts';

const id = 'call-1' as CallId;
const ana = 'ana' as RepId;
const ben = 'ben' as RepId;
const shopper = shopperLeg(id);
const waiting: AudibleCall = {
  id,
  state: 'waiting',
  repId: null,
  ringing: [],
  silent: false,
  music: 'music:default',
  repLost: false,
};
const talking: AudibleCall = { ...waiting, state: 'talking', repId: ana };
const music = { source: 'music:default', listener: shopper };

const anyCall: fc.Arbitrary<AudibleCall> = fc.record({
  id: fc.constant(id),
  state: fc.constantFrom(...callStates),
  repId: fc.constantFrom(null, ana, ben),
  ringing: fc.subarray([ana, ben]),
  silent: fc.boolean(),
  music: fc.constantFrom('music:default', 'music:harp'),
  repLost: fc.boolean(),
});

describe('who hears whom', () => {
  test('Q11 waiting: music for the shopper, nothing else', () => {
    expect(audioGraph(waiting)).toEqual([{ ...music, active: true }]);
    const own = audioGraph({ ...waiting, music: 'music:harp' });
    expect(own).toEqual([{ ...music, source: 'music:harp', active: true }]);
  });

  test('Q12 ringing: the music goes on, and both voices are ready but silent', () => {
    const edges = audioGraph({ ...waiting, state: 'ringing', ringing: [ana, ben] });
    expect(edges).toContainEqual({ ...music, active: true });
    for (const rep of [ana, ben]) {
      expect(edges).toContainEqual({ source: shopper, listener: repLeg(rep), active: false });
      expect(edges).toContainEqual({ source: repLeg(rep), listener: shopper, active: false });
    }
    expect(edges).toHaveLength(5);
  });

  test('Q13 talking: each hears the other; the music is silent until the rep is lost', () => {
    const both = [
      { source: shopper, listener: repLeg(ana), active: true },
      { source: repLeg(ana), listener: shopper, active: true },
    ];
    expect(audioGraph(talking)).toEqual(expect.arrayContaining([...both, { ...music, active: false }]));
    expect(audioGraph({ ...talking, repLost: true })).toEqual(
      expect.arrayContaining([...both, { ...music, active: true }]),
    );
  });

  test('Q61 a callback that waits or rings, and while the shopper is reached: nobody hears anybody', () => {
    fc.assert(
      fc.property(anyCall, call => {
        expect(audioGraph({ ...call, silent: true })).toEqual([]);
        expect(audioGraph({ ...call, state: 'calling-back' })).toEqual([]);
      }),
    );
  });

  test('Q14 ended: nobody hears anybody', () => {
    fc.assert(
      fc.property(anyCall, call => {
        expect(audioGraph({ ...call, state: 'ended' })).toEqual([]);
      }),
    );
  });

  test('Q15 in every state: nobody hears themselves, no edge twice, reps hear the shopper only', () => {
    fc.assert(
      fc.property(anyCall, call => {
        const edges = audioGraph(call);
        for (const edge of edges) {
          expect(edge.source).not.toBe(edge.listener);
          if (edge.listener !== shopper) expect(edge.source).toBe(shopper);
        }
        const pairs = edges.map(edge => `${edge.source} ${edge.listener}`);
        expect(new Set(pairs).size).toBe(pairs.length);
      }),
    );
  });

  test('Q16 in every state: the shopper hears music exactly when there is no voice to hear', () => {
    fc.assert(
      fc.property(anyCall, call => {
        fc.pre(call.state !== 'talking' || call.repId !== null);
        const heard = audioGraph(call).filter(edge => edge.listener === shopper && edge.active);
        const hearsMusic = heard.some(edge => edge.source.startsWith('music:'));
        const alone = call.state !== 'talking' || call.repLost;
        const listens = !call.silent && call.state !== 'calling-back' && call.state !== 'ended';
        expect(hearsMusic).toBe(listens && alone);
      }),
    );
  });
});
