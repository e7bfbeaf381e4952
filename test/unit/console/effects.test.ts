import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Effect, effects } from '../../../client/console/session/effects.ts';
import type { RepView, RepWork } from '../../../shared/views.ts';
import { card, ringing, talking, viewOf, wrapUp } from './views.ts';

const kinds = (list: Effect[]) => list.map(effect => effect.type);
const said = (list: Effect[]) => list.flatMap(effect => (effect.type === 'say' ? [effect.what] : []));
const chimed = (list: Effect[]) => list.flatMap(effect => (effect.type === 'chime' ? [effect.sound] : []));

describe('from two views to what happens once', () => {
  test('R1 an offer starts the ring, once, whatever else changes meanwhile', () => {
    const before = viewOf();
    const after = viewOf(ringing());
    expect(kinds(effects(before, after))).toEqual(['ring-start', 'say']);
    expect(effects(after, viewOf(ringing(), { waitingTotal: 7 }))).toEqual([]);
  });

  test.each([
    ['accepted', talking()],
    ['declined, missed or taken by another', { state: 'idle' } as const],
  ])('R2 the ring stops with the first view that does not ring: %s', (_why, work) => {
    expect(kinds(effects(viewOf(ringing()), viewOf(work)))).toContain('ring-stop');
  });

  test('R2 another offer in the next view stops the old ring before it starts the new one', () => {
    const list = effects(viewOf(ringing('a')), viewOf(ringing('b')));
    expect(kinds(list)).toEqual(['ring-stop', 'ring-start', 'say']);
  });

  test('R3 a lost connection stops the ring; an offer still there on return rings again', () => {
    expect(kinds(effects(viewOf(ringing()), null))).toEqual(['ring-stop']);
    expect(kinds(effects(null, viewOf(ringing())))).toEqual(['ring-start', 'say']);
  });

  test('R4 a talk begins and ends with a chime, and a return into it is silent', () => {
    expect(chimed(effects(viewOf(ringing()), viewOf(talking())))).toEqual(['connected']);
    expect(chimed(effects(viewOf(talking()), viewOf(wrapUp())))).toEqual(['ended']);
    expect(effects(null, viewOf(talking()))).toEqual([]);
  });

  test('R5 a missed call is told as being set to away, not as an offer that went elsewhere', () => {
    const list = effects(
      viewOf(ringing()),
      viewOf({ state: 'idle' }, { status: 'away', statusReason: 'no-answer' }),
    );
    expect(said(list)).toEqual([{ about: 'status', status: 'away', reason: 'no-answer' }]);
  });

  test('R5 an offer that another took is told as gone', () => {
    expect(said(effects(viewOf(ringing()), viewOf()))).toEqual([{ about: 'offer-gone' }]);
  });

  test('R6 what changes at the shopper during a talk is said: muted, lost, back', () => {
    const plain = viewOf(talking());
    expect(said(effects(plain, viewOf(talking({ shopperMuted: true }))))).toEqual([
      { about: 'shopper-muted', muted: true },
    ]);
    const lost = viewOf(talking({ shopperLost: true }));
    expect(effects(plain, lost)).toEqual([
      { type: 'chime', sound: 'shopper-lost' },
      { type: 'say', what: { about: 'shopper-lost' } },
    ]);
    expect(chimed(effects(lost, plain))).toEqual(['shopper-back']);
  });

  test('R6 quality and waiting lists change without a word', () => {
    const better = viewOf(talking({ quality: { shopper: 4.2, rep: 4.1 } }), { waitingTotal: 3 });
    expect(effects(viewOf(talking()), better)).toEqual([]);
  });

  test('R7 over any run of views and lost connections it rings exactly while an offer is in view', () => {
    const work: fc.Arbitrary<RepWork> = fc.oneof(
      fc.constant<RepWork>({ state: 'idle' }),
      fc.constantFrom('a', 'b').map(offer => ringing(offer, card(`call-${offer}`))),
      fc.record({ muted: fc.boolean(), shopperLost: fc.boolean() }).map(change => talking(change)),
      fc.constant<RepWork>(wrapUp()),
    );
    const view: fc.Arbitrary<RepView | null> = fc.option(
      fc
        .tuple(work, fc.constantFrom('available', 'away'))
        .map(([w, status]) => viewOf(w, { status } as const)),
    );
    fc.assert(
      fc.property(fc.array(view, { maxLength: 30 }), run => {
        let before: RepView | null = null;
        let sounding: string | null = null;
        for (const after of run) {
          for (const effect of effects(before, after)) {
            if (effect.type === 'ring-stop') {
              expect(sounding).not.toBeNull();
              sounding = null;
            }
            if (effect.type === 'ring-start') {
              expect(sounding).toBeNull();
              sounding = effect.offerId;
            }
          }
          expect(sounding).toBe(after?.work.state === 'ringing' ? after.work.offerId : null);
          before = after;
        }
      }),
    );
  });
});
