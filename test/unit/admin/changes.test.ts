import { describe, expect, test } from 'vitest';
import { describeChanges, noNames } from '../../../client/admin/changes/describe-changes.ts';
import { changesTexts } from '../../../client/admin/changes/texts.ts';
import type { AuditEntry } from '../../../shared/api/people.ts';
import { auditActions } from '../../../shared/domain.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { businessHours, queueSettings } from '../../../shared/settings.ts';

const entry = (action: AuditEntry['action'], before: unknown, after: unknown): AuditEntry => ({
  ...{
    id: '1',
    accountId: 'main' as AccountId,
    at: 0,
    repName: 'Ana',
    action,
    target: 'Sales',
    before,
    after,
  },
});
const told = (action: AuditEntry['action'], before: unknown, after: unknown, names = noNames) =>
  describeChanges(entry(action, before, after), names).map(
    change => `${change.what}: ${change.before === null ? '' : `${change.before} → `}${change.after}`,
  );

describe('what was changed, in words', () => {
  test('L62 reasons that come with the product are told in words', () => {
    const before = { awayReasons: ['default:break', 'Dentist'] };
    expect(told('team.changed', before, { awayReasons: ['default:lunch'] })).toEqual([
      'Reasons to be away: Break and Dentist → Lunch',
    ]);
  });

  test('P91 of a queue only what differs is told, with lengths of time, choices and names as people say them', () => {
    const names = new Map([
      ['ana', 'Ana'],
      ['ben', 'Ben'],
      ['returns', 'Returns'],
    ]);
    const one = queueSettings.parse({});
    const other = queueSettings.parse({
      offerMs: 90_000,
      wrapUp: { kind: 'open', ms: 120_000 },
      overflow: { ...one.overflow, full: { do: 'queue', queueId: 'returns' } },
      callback: { phone: true },
      skills: [{ skill: 'german', level: 3 }],
      music: 'long-gone',
      announcements: { everyMs: 0, clips: { greeting: 'long-gone' } },
      texts: { every: { full: 'Too many of you' } },
    });
    const member = { tier: 1, position: 0, penalty: 0 };
    const before = { ...one, members: [{ ...member, repId: 'ana' }] };
    const after = {
      ...other,
      members: [
        { ...member, repId: 'ben', tier: 2, position: 1 },
        { ...member, repId: 'ana', penalty: 5 },
      ],
    };
    expect(told('queue.changed', before, after, names)).toEqual([
      'Ring each person for: 20 seconds → 90 seconds',
      'Time after each call: A set time, 15 seconds → Until they are done, 2 minutes',
      'The line is full: Say so, and end the call → Send them to Returns',
      'Call a telephone number: no → yes',
      'Skills: none → german 3',
      'Music: Our hold music → something that was removed',
      'Tell callers their place and the wait: announcements every minute → no announcements',
      'Greeting: Browser’s voice → something that was removed',
      'When the line is full (Every language): none → Too many of you',
      'Who answers: Ana → Ana (rung less often: 5) and Ben (Backup)',
    ]);
  });

  test('P91 opening hours are told day by day, and as a whole where there were none', () => {
    const day = [{ from: '09:00', to: '17:00' }];
    const hours = (monday: typeof day) =>
      businessHours.parse({
        ...{ timeZone: 'Europe/Berlin', holidays: [], closures: [] },
        week: { monday, tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] },
      });
    expect(told('queue.changed', { hours: null }, { hours: hours(day) })).toEqual([
      'Opening hours: Always open → Weekly plan',
    ]);
    expect(told('queue.changed', { hours: hours(day) }, { hours: hours([]) })).toEqual([
      'Monday: 9:00 AM to 5:00 PM → Closed',
    ]);
  });

  test('P91 of people their role, skills and address; of something new only what it is', () => {
    expect(told('member.role-changed', { role: 'rep', sites: null }, { role: 'admin', sites: null })).toEqual(
      ['Role: Rep → Admin'],
    );
    expect(
      told('member.role-changed', { role: 'rep', sites: null }, { role: 'rep', sites: '["one"]' }),
    ).toEqual(['Shops: All shops → something that was removed']);
    expect(told('member.skills-changed', [], [{ skill: 'german', level: 3 }])).toEqual([
      'Skills: none → german 3',
    ]);
    expect(told('member.email-changed', 'a@shop.example', 'b@shop.example')).toEqual([
      'E-mail: a@shop.example → b@shop.example',
    ]);
    expect(told('member.invited', null, { email: 'ben@shop.example', role: 'supervisor' })).toEqual([
      'E-mail: ben@shop.example',
      'Role: Supervisor',
    ]);
    expect(told('site.changed', null, { allowedOrigin: 'https://shop.example' })).toEqual([
      'Address allowed: https://shop.example',
    ]);
    expect(told('member.disabled', null, null)).toEqual([]);
  });

  test('P91 a setting that the page does not know is told by its name', () => {
    expect(told('queue.changed', { newThing: { isOn: false } }, { newThing: { isOn: true } })).toEqual([
      'Another setting (newThing.isOn): no → yes',
    ]);
  });

  test('P92 every kind of change is a sentence of its own; one that a newer server knows is told by its name', () => {
    const sentences = auditActions.map(action => changesTexts.did('Ana', action, 'Sales'));
    for (const sentence of sentences) expect(sentence).toMatch(/^Ana [a-z]+ .*[a-zS]$/);
    expect(new Set(sentences).size).toBe(auditActions.length);
    expect(changesTexts.did('Ana', 'caller.unblocked', '')).toBe('Ana unblocked a caller');
    for (const action of ['recorder.paused', 'constructor.name', 'queue.valueOf', 'odd'])
      expect(changesTexts.did('Ana', action, 'Sales')).toBe(`Ana changed something else (${action}, Sales)`);
  });
});
