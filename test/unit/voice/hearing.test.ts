import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hearingChange } from '../../../client/voice/hearing.ts';
import type { Heard } from '../../../shared/protocol.ts';

const heard = (consumerId: string, active = true): Heard => ({
  consumerId,
  producerId: `p-${consumerId}`,
  rtpParameters: {},
  source: 'voice',
  party: null,
  active,
});
const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));

test('V2 music gives way to a voice that was made while it rang', () => {
  expect(hearingChange([], [heard('music'), heard('voice', false)]).create).toHaveLength(2);
  expect(hearingChange(['music', 'voice'], [heard('voice')])).toEqual({ create: [], close: ['music'] });
});

test('V2 what is heard after a change is what was wanted, and a second time changes nothing', () => {
  fc.assert(
    fc.property(ids, ids, fc.boolean(), (current, wanted, active) => {
      const change = hearingChange(
        current,
        wanted.map(id => heard(id, active)),
      );
      const after = [
        ...current.filter(id => !change.close.includes(id)),
        ...change.create.map(one => one.consumerId),
      ];
      expect(new Set(after)).toEqual(new Set(wanted));
      expect(after).toHaveLength(wanted.length);
      expect(
        hearingChange(
          after,
          wanted.map(id => heard(id)),
        ),
      ).toEqual({ create: [], close: [] });
    }),
  );
});

test('V2 a consumer that is listed twice is created once', () => {
  expect(hearingChange([], [heard('a'), heard('a')]).create).toHaveLength(1);
});
