/** What the list of changes says of each route that changes something, on both engines. */
import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../../shared/api/people.ts';
import type { QueueSheet } from '../../../shared/api/queues.ts';
import type { SiteSheet } from '../../../shared/api/sites.ts';
import { engines } from '../../support/engines.ts';
import { accountServer, server } from '../account-server.ts';
import { known } from '../at-once.ts';

describe.each(engines)('the list of changes on %s', engine => {
  accountServer(engine);

  test('H348 a change is noted once with what differs, before and after; where nothing differs nothing is noted', async () => {
    const ana = await known(server.origin, await server.addRep('Ana'));
    const ben = await known(server.origin, await server.addRep('Ben'));
    const read = <T>(path: string) => ana.account.read<T>(server.origin, `/api/${path}`);
    const site = (await read<{ sites: SiteSheet[] }>('sites')).sites[0]!;
    const queue = (await read<{ queues: QueueSheet[] }>('queues')).queues[0]!;
    const given = await read<object>('team/settings');
    const member = (tier: number) => ({ tier, position: 0, penalty: 0 });
    const members = (tier: number) =>
      [ana, ben]
        .map(({ id }) => ({ repId: id, ...member(tier) }))
        .sort((a, b) => (a.repId < b.repId ? -1 : 1));
    const skills = (level: number) => [
      { skill: 'apples', level },
      { skill: 'bikes', level },
    ];
    /** Method, path, body; and what is noted of it. */
    const changes: [string, string, object, Partial<AuditEntry>][] = [
      [
        ...(['PATCH', `sites/${site.id}`, { name: 'Shop' }] as const),
        { action: 'site.changed', before: { name: 'Demo shop' }, after: { name: 'Shop' } },
      ],
      [
        ...(['PATCH', `sites/${site.id}`, { languages: { allowed: ['de', 'fr'], default: 'de' } }] as const),
        {
          action: 'site.changed',
          before: { languages: { allowed: 'all', default: 'en' } },
          after: { languages: { allowed: ['de', 'fr'], default: 'de' } },
        },
      ],
      [
        ...(['POST', `sites/${site.id}/allowed-origins`, { origin: 'https://shop.example' }] as const),
        {
          action: 'site.changed',
          before: null,
          after: { allowedOrigin: 'https://shop.example' },
        },
      ],
      [
        ...(['PATCH', `queues/${queue.id}`, { name: 'Advice', settings: { priority: 3 } }] as const),
        {
          action: 'queue.changed',
          before: { name: 'Sales', priority: 0 },
          after: { name: 'Advice', priority: 3 },
        },
      ],
      [
        ...(['PATCH', `queues/${queue.id}`, { members: members(2).reverse() }] as const),
        { action: 'queue.changed', before: { members: members(1) }, after: { members: members(2) } },
      ],
      [
        ...(['PUT', 'team/settings', { ...given, awayReasons: ['Tea'] }] as const),
        { action: 'team.changed', before: given, after: { ...given, awayReasons: ['Tea'] } },
      ],
      [
        ...(['PUT', `team/${ben.id}/skills`, { skills: skills(2).reverse() }] as const),
        { action: 'member.skills-changed', before: [], after: skills(2) },
      ],
      [
        ...(['PUT', `team/${ben.id}/languages`, { languages: ['de'] }] as const),
        { action: 'member.languages-changed', before: [], after: ['de'] },
      ],
      [
        ...(['PATCH', `team/${ben.id}`, { role: 'supervisor', sites: [site.id] }] as const),
        {
          action: 'member.role-changed',
          before: { role: 'rep', sites: null },
          after: { role: 'supervisor', sites: JSON.stringify([site.id]) },
        },
      ],
      [
        ...(['PATCH', `team/${ben.id}`, { disabled: true }] as const),
        { action: 'member.disabled', before: null, after: null },
      ],
      [
        ...(['PATCH', 'rep/me', { name: 'Ana B' }] as const),
        { action: 'member.renamed', before: 'Ana', after: 'Ana B' },
      ],
      [
        ...(['PATCH', 'rep/me', { languages: ['fr'] }] as const),
        { action: 'member.languages-changed', before: [], after: ['fr'] },
      ],
    ];
    const newest = async () => (await read<{ entries: AuditEntry[] }>('audit')).entries;
    for (const [method, path, body, noted] of changes) {
      const before = await newest();
      for (let time = 1; time <= 2; time++) {
        const answer = await ana.account.ask(server.origin, method, `/api/${path}`, body);
        expect.soft(answer.status, `${method} ${path}`).toBe(200);
      }
      const [first, second] = await newest();
      expect
        .soft({ action: first?.action, before: first?.before, after: first?.after }, `${method} ${path}`)
        .toEqual(noted);
      expect.soft(second?.id, `${method} ${path}, once more`).toBe(before[0]?.id);
    }
  });
});
