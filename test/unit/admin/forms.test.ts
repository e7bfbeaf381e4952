import { describe, expect, test } from 'vitest';
import { changed, moved, same } from '../../../client/admin/form/draft.ts';
import { messageAt, nearest, problemOf } from '../../../client/admin/form/problem.ts';
import { countIn, inWords, msOf, unitFor } from '../../../client/admin/form/times.ts';
import { inOrder } from '../../../client/admin/queue/members.ts';
import { queueTexts } from '../../../client/admin/queue/texts.ts';
import { linesOf, snippet } from '../../../client/admin/snippet.ts';
import { texts } from '../../../client/console/texts.ts';
import { ApiError } from '../../../client/ui/api.ts';
import { hashOf, type Route, readRoute } from '../../../client/ui/route.ts';
import type { CallId, QueueId, RepId } from '../../../shared/ids.ts';
import { queueSettings } from '../../../shared/settings.ts';

describe('forms of the settings', () => {
  test.each([
    [20_000, '20 seconds'],
    [60_000, '1 minute'],
    [90_000, '90 seconds'],
    [900_000, '15 minutes'],
    [86_400_000, '1 day'],
    [0, '0 seconds'],
  ])('R50 %d ms are shown as %s', (ms, words) => {
    expect(inWords(ms)).toBe(words);
  });

  test('R50 only the units of the field are used, and its smallest where a larger one would need a fraction', () => {
    expect(unitFor(86_400_000, ['second', 'minute'])).toBe('minute');
    expect(unitFor(5_400_000, ['minute', 'hour'])).toBe('minute');
    expect(countIn(5_400_000, 'minute')).toBe('90');
    expect(unitFor(1_500, ['second', 'minute'])).toBe('second');
    expect(countIn(1_500, 'second')).toBe('1.5');
  });

  test.each([
    [1_000, 'announcements every second'],
    [60_000, 'announcements every minute'],
    [90_000, 'announcements every 90 seconds'],
    [300_000, 'announcements every 5 minutes'],
    [Number.NaN, 'with announcements'],
  ])('B240 announcements every %d ms are told as: %s', (everyMs, words) => {
    expect(queueTexts.announceNow(everyMs)).toBe(words);
  });

  test('R51 what is typed becomes whole ms, and what is no number is left for the server to name', () => {
    expect(msOf('1.5', 'minute')).toBe(90_000);
    expect(msOf('20', 'second')).toBe(20_000);
    expect(msOf('', 'second')).toBeNaN();
    expect(countIn(Number.NaN, 'second')).toBe('');
    const refused = queueSettings.safeParse(JSON.parse(JSON.stringify({ offerMs: msOf('', 'second') })));
    expect(refused.error?.issues[0]?.message).toBe('{"reason":"number"}');
  });

  test('R55 only what was changed is sent, whatever the order of keys', () => {
    const saved = queueSettings.parse({});
    expect(changed(saved, queueSettings.parse({}))).toEqual({});
    const draft = { ...saved, wrapUp: { ms: saved.wrapUp.ms, kind: saved.wrapUp.kind }, priority: 3 };
    expect(changed(saved, draft)).toEqual({ priority: 3 });
    expect(same([1, 2], [2, 1])).toBe(false);
    expect(same({ a: undefined }, {})).toBe(false);
    expect(same({ at: Number.NaN }, { at: Number.NaN })).toBe(true);
  });

  test('R60 moving somebody in the list keeps everybody, and positions follow the list', () => {
    const members = ['ana', 'ben', 'cem'].map(name => ({
      repId: name as RepId,
      tier: 1,
      position: 0,
      penalty: 0,
    }));
    const order = inOrder(moved(members, 2, -1));
    expect(order.map(({ repId, position }) => [repId, position])).toEqual([
      ['ana', 0],
      ['cem', 1],
      ['ben', 2],
    ]);
    expect(moved(members, 0, -1)).toEqual(members);
    expect(moved(members, 2, 1)).toEqual(members);
  });

  test('R61 a refused input is found by its path, or by the nearest one around it', () => {
    const problem = problemOf(
      new ApiError('other', 'Closing time must be later than opening time.', {
        field: 'settings.hours.week.monday.0',
      }),
    );
    expect(problem.field).toBe('hours.week.monday.0');
    expect(nearest(problem.field)).toEqual([
      'hours.week.monday.0',
      'hours.week.monday',
      'hours.week',
      'hours',
    ]);
    expect(messageAt(problem, 'hours.week.monday', true)).toBe(problem.message);
    expect(messageAt(problem, 'hours.week.monday')).toBe('');
    expect(messageAt(problem, 'hours.week.mon', true)).toBe('');
    expect(problemOf(new ApiError('unreachable', texts.unreachable))).toEqual({
      message: 'We can’t reach the server. Check your connection and try again.',
      field: '',
    });
  });

  test('R62 the code for the shop is safe to paste, whatever the key is', () => {
    expect(snippet('https://voice.example', 'demo')).toBe(
      '<script type="module" src="https://voice.example/talk-to-us.js"></script>\n<talk-to-us site="demo"></talk-to-us>',
    );
    expect(snippet('https://voice.example', '"><script>')).toContain('site="&quot;&gt;&lt;script&gt;"');
    expect(snippet('https://voice.example', 'demo', 'q-1')).toContain('<talk-to-us site="demo" queue="q-1">');
    expect(linesOf(' https://a.example \n\n https://b.example')).toEqual([
      'https://a.example',
      'https://b.example',
    ]);
  });

  test('R63 each place of the settings has an address that leads back there, and all others lead to the phone', () => {
    const routes: Route[] = [
      { at: 'phone' },
      { at: 'queues' },
      { at: 'queue', id: 'a/b' as QueueId },
      { at: 'account' },
      { at: 'team' },
      { at: 'changes' },
      { at: 'calls' },
      { at: 'call', id: 'c 1' as CallId },
      { at: 'blocks' },
      { at: 'shop' },
      { at: 'reach' },
    ];
    for (const route of routes) expect(readRoute(hashOf(route))).toEqual(route);
    expect(readRoute('#settings')).toEqual({ at: 'queues' });
    expect(readRoute('#settings/nonsense')).toEqual({ at: 'queues' });
    expect(readRoute('#link=abc')).toEqual({ at: 'phone' });
    expect(readRoute('')).toEqual({ at: 'phone' });
    expect(readRoute('#settings/queues/%E0%A4%A')).toEqual({ at: 'queues' });
  });
});
