import { expect, test } from 'vitest';
import { sharesCalls } from '../../../client/admin/queue/shares-calls.ts';
import { membership, queueSettings } from '../../../shared/settings.ts';

const alone = [membership.parse({ repId: 'ana' })];
const two = [...alone, membership.parse({ repId: 'ben' })];
const settings = queueSettings.parse({});

test('P133 ways to share calls are shown to two people, or once somebody has set one of them, and not to one person alone', () => {
  expect(sharesCalls({ members: alone, saved: { settings, members: alone } })).toBe(false);
  expect(sharesCalls({ members: [], saved: { settings, members: [] } })).toBe(false);
  expect(sharesCalls({ members: two, saved: { settings, members: alone } })).toBe(true);
  for (const set of [
    { strategy: 'ring-all' },
    { skills: [{ skill: 'german', level: 3 }] },
    { preferredRepMs: 30_000 },
  ])
    expect(
      sharesCalls({ members: alone, saved: { settings: queueSettings.parse(set), members: alone } }),
    ).toBe(true);
  for (const place of [{ tier: 2 }, { penalty: 1 }])
    expect(
      sharesCalls({
        members: alone,
        saved: { settings, members: [membership.parse({ repId: 'ana', ...place })] },
      }),
    ).toBe(true);
});
