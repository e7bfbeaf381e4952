import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Candidate, pickReps } from '../../../server/acd/strategies.ts';
import { strategies } from '../../../shared/domain.ts';
import type { RepId } from '../../../shared/ids.ts';
import { draws } from '../../support/random.ts';
import { repIds } from './match-states.ts';

type Wish = Partial<Candidate['member']> & { idleSince?: number };

const candidate = (id: string, { idleSince = 0, ...member }: Wish): Candidate => ({
  rep: { repId: id as RepId, idleSince, memberships: new Map(), skills: new Map() },
  member: { tier: 1, position: 0, penalty: 0, calls: 0, talkMs: 0, languages: new Set(), ...member },
});
const first = (strategy: Parameters<typeof pickReps>[0], list: Candidate[], random = draws()) =>
  pickReps(strategy, list, null, random)[0];

/** How often each was picked of `times`. */
function shares(strategy: 'random' | 'weighted-random', list: Candidate[], times: number) {
  const counts = new Map<string, number>();
  const random = draws(123);
  for (let i = 0; i < times; i++) {
    const id = first(strategy, list, random) ?? '';
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return (id: string) => (counts.get(id) ?? 0) / times;
}

describe('strategies', () => {
  test('Q35 picks by the figure that each strategy is named after', () => {
    const list = [
      candidate('ana', { idleSince: 3, calls: 1, talkMs: 900, position: 2 }),
      candidate('ben', { idleSince: 1, calls: 5, talkMs: 700, position: 3 }),
      candidate('cleo', { idleSince: 2, calls: 4, talkMs: 100, position: 1 }),
    ];
    expect(first('longest-idle', list)).toBe('ben');
    expect(first('fewest-calls', list)).toBe('ana');
    expect(first('least-talk-time', list)).toBe('cleo');
    expect(first('top-down', list)).toBe('cleo');
    expect(pickReps('ring-all', list, null, draws())).toEqual(['ana', 'ben', 'cleo']);
  });

  test('Q36 breaks a tie of calls or talk time by the longer idle', () => {
    const list = [candidate('ana', { idleSince: 9 }), candidate('ben', { idleSince: 4 })];
    expect(first('fewest-calls', list)).toBe('ben');
    expect(first('least-talk-time', list)).toBe('ben');
  });

  test('Q37 goes round in the order of positions, whoever is missing and even when the last one left', () => {
    const ring = ['ana', 'ben', 'cleo', 'dan'].map((id, position) => candidate(id, { position }));
    let last: { repId: RepId; position: number } | null = null;
    const seen: string[] = [];
    for (let i = 0; i < 8; i++) {
      // Ben is busy in the first round.
      const free = i < 3 ? ring.filter(one => one.rep.repId !== 'ben') : ring;
      const repId: RepId = pickReps('round-robin', free, last, draws())[0]!;
      seen.push(repId);
      last = { repId, position: ring.find(one => one.rep.repId === repId)!.member.position };
    }
    expect(seen).toEqual(['ana', 'cleo', 'dan', 'ana', 'ben', 'cleo', 'dan', 'ana']);
    const gone = { repId: 'bea' as RepId, position: 1 };
    expect(pickReps('round-robin', ring, gone, draws())).toEqual(['ben']);
  });

  test('Q38 gives everybody the same share by random', () => {
    const share = shares(
      'random',
      ['ana', 'ben', 'cleo'].map(id => candidate(id, { penalty: 50 })),
      30_000,
    );
    for (const id of ['ana', 'ben', 'cleo']) expect(Math.abs(share(id) - 1 / 3)).toBeLessThan(0.02);
  });

  test('Q39 gives a penalised rep the share that the smallest lot of random x (penalty + 1) gives', () => {
    // Two reps, lots U and 2U': P(2U' < U) = 1/4.
    const share = shares(
      'weighted-random',
      [candidate('ana', { penalty: 0 }), candidate('ben', { penalty: 1 })],
      40_000,
    );
    expect(Math.abs(share('ben') - 0.25)).toBeLessThan(0.01);
  });

  test('Q40 picks somebody whenever somebody could be picked', () => {
    const candidates = fc
      .uniqueArray(fc.constantFrom(...repIds), { minLength: 1 })
      .map(ids => ids.map((id, position) => candidate(id, { position })));
    fc.assert(
      fc.property(candidates, fc.constantFrom(...strategies), (list, strategy) => {
        expect(pickReps(strategy, list, null, draws()).length).toBe(
          strategy === 'ring-all' ? list.length : 1,
        );
        expect(pickReps(strategy, [], null, draws())).toEqual([]);
      }),
    );
  });
});
