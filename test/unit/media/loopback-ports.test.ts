import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loopbackPorts } from '../../../server/media/loopback-ports.ts';

test('M73 ports for own traffic are apart from each other and from those for callers, whatever the base', () => {
  fc.assert(
    fc.property(fc.oneof(fc.constant(0), fc.integer({ min: 1_024, max: 65_535 })), base => {
      const { pipes, music } = loopbackPorts(base);
      for (const { min, max } of [pipes, music]) {
        expect(min).toBeGreaterThan(1_023);
        expect(max).toBeLessThan(65_536);
        expect(max).toBeGreaterThan(min);
        // As many workers as anybody has cores.
        if (base > 0) expect(max < base || min >= base + 100).toBe(true);
      }
      expect(pipes.max < music.min || music.max < pipes.min).toBe(true);
    }),
  );
});
