import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Quota, QuotaFull, type Reservation } from '../../../server/quota/quota.ts';
import { Rate } from '../../../server/quota/rate.ts';
import type { SiteId } from '../../../shared/ids.ts';

const cap = { perNetwork: 3, perSite: 5, inAll: 8 };
const networks = ['a', 'b', 'c', 'd'];
const sites = ['s', 't'] as SiteId[];

type Step =
  | { do: 'reserve' | 'hold'; network: string; siteId: SiteId }
  | { do: 'release'; which: number; times: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('reserve' as const, 'reserve' as const, 'hold' as const),
    network: fc.constantFrom(...networks),
    siteId: fc.constantFrom(...sites),
  }),
  fc.record({
    do: fc.constant('release' as const),
    which: fc.nat(50),
    times: fc.integer({ min: 1, max: 3 }),
  }),
);

describe('a cap', () => {
  test('S51 never lets in more than its bounds, refuses nobody there is room for, and leaves nothing behind', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), steps => {
        const quota = new Quota('things', cap);
        const open: { network: string; siteId: SiteId; reservation: Reservation }[] = [];
        const there = (fits: (one: (typeof open)[number]) => boolean) => open.filter(fits).length;
        for (const one of steps) {
          if (one.do === 'release') {
            const [gone] = open.length > 0 ? open.splice(one.which % open.length, 1) : [];
            // However often it is given back, it is given back once.
            for (let i = 0; i < one.times; i++) gone?.reservation.release();
          } else {
            const { network, siteId } = one;
            const ofNetwork = there(other => other.network === network);
            const ofSite = there(other => other.siteId === siteId);
            const room = ofNetwork < cap.perNetwork && ofSite < cap.perSite && open.length < cap.inAll;
            try {
              const reservation = quota[one.do]({ network, siteId });
              expect(one.do === 'hold' || room).toBe(true);
              open.push({ network, siteId, reservation });
            } catch (error) {
              expect(error).toBeInstanceOf(QuotaFull);
              expect(room).toBe(false);
            }
          }
          expect(quota.open()).toBe(open.length);
          for (const network of networks)
            expect(quota.open({ network })).toBe(there(other => other.network === network));
          for (const siteId of sites)
            expect(quota.open({ siteId })).toBe(there(other => other.siteId === siteId));
        }
        for (const { reservation } of open) reservation.release();
        expect(quota.open()).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  test('S52 that one network or one site has reached leaves the others as they were', () => {
    const quota = new Quota('things', { perNetwork: 2, perSite: 3, inAll: 10 });
    const reserve = (network: string, siteId: string) => () =>
      quota.reserve({ network, siteId: siteId as SiteId });
    for (let i = 0; i < 2; i++) reserve('a', 's')();
    expect(reserve('a', 's')).toThrow(expect.objectContaining({ scope: 'network' }));
    expect(reserve('a', 't')).toThrow(expect.objectContaining({ scope: 'network' }));
    reserve('b', 's')();
    expect(reserve('b', 's')).toThrow(expect.objectContaining({ scope: 'site' }));
    reserve('b', 't')();
    expect(quota.open()).toBe(4);
  });
});

describe('an allowance', () => {
  test('S53 gives so many in a row and so many a minute, to each name by itself', () => {
    let now = 0;
    const rate = new Rate({ burst: 3, perMinute: 6 }, () => now);
    const taken = (name: string) => Array.from({ length: 5 }, () => rate.take(name)).filter(Boolean).length;
    expect(taken('a')).toBe(3);
    expect(taken('b')).toBe(3);
    expect(rate.waitMs('a')).toBe(10_000);
    now += 9_999;
    expect(rate.take('a')).toBe(false);
    now += 1;
    expect(rate.take('a')).toBe(true);
    expect(rate.take('a')).toBe(false);
    rate.giveBack('a');
    expect(rate.take('a')).toBe(true);
    now += 3_600_000;
    expect(taken('a')).toBe(3);
  });

  test('S53 forgets who has used nothing lately', () => {
    let now = 0;
    const rate = new Rate({ burst: 1, perMinute: 60 }, () => now);
    for (let i = 0; i < 100_000; i++) {
      now += 10;
      rate.take(`name ${i}`);
    }
    expect(rate.size).toBeLessThan(1_100);
  });
});
