import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Attention,
  appeared,
  attention,
  iconAlerts,
  type Situation,
  titleOf,
} from '../../../client/console/session/attention.ts';
import type { MissedCall, RepView } from '../../../shared/views.ts';
import { card, ringing, talking, viewOf, wrapUp } from './views.ts';

const situation = (view: RepView | null, change: Partial<Situation> = {}): Situation => ({
  link: { state: 'online' },
  view,
  heldBy: 'this',
  media: { state: 'ready' },
  microphone: 'ok',
  notice: null,
  silenced: false,
  lostAt: null,
  soundBlocked: false,
  accessChanged: false,
  ...change,
});
const cut: Partial<Situation> = { link: { state: 'reconnecting', lostAt: 5_000 }, lostAt: 5_000 };

type Entry = RepView['waiting'][number];
const entry = (callId: string, name: string, change: Partial<Entry> = {}): Entry => ({
  ...card(callId, name),
  place: 1,
  ringing: false,
  ringsAgainAt: null,
  ...change,
});
const missedCall = (became: MissedCall['became'] = { state: 'waiting' }): MissedCall => ({
  call: card('call-9', 'Kim'),
  at: 9_000,
  became,
});
const away = { status: 'away', statusReason: 'no-answer', statusSince: 9_000 } as const;
const idle = { state: 'idle' } as const;
const kinds = (list: Attention[]) => list.map(item => item.kind);
const helps = (item: Attention | undefined) => item?.help.map(help => help.do);

describe('what a rep must not overlook', () => {
  test('R74 nothing, while all is well', () => {
    expect(attention(situation(viewOf()))).toEqual([]);
    expect(attention(situation(viewOf(talking())))).toEqual([]);
    expect(attention(situation(null, { link: { state: 'connecting' } }))).toEqual([]);
    expect(titleOf([], viewOf())).toBe('Talk to Us');
  });

  test('R75 a missed call: who, what became of them, available again and the call in one click', () => {
    const list = attention(situation(viewOf(idle, { ...away, missed: missedCall() })));
    expect(kinds(list)).toEqual(['missed']);
    expect(list[0]).toMatchObject({
      severity: 'bad',
      time: { since: 9_000 },
      close: { do: 'seen', at: 9_000 },
    });
    expect(list[0]?.text).toBe('You missed a call from Kim (Sales). They still wait.');
    expect(helps(list[0])).toEqual(['pick-up', 'go-available']);
    expect(titleOf(list, null)).toBe('⚠ Missed: Kim · Talk to Us');
    expect(iconAlerts(list)).toBe(true);
  });

  test.each([
    [{ state: 'gone' } as const, 'They are gone.'],
    [{ state: 'answered', repName: 'Ben' } as const, 'Ben answered them.'],
  ])('R75 of a missed call that is %o nobody is picked up', (became, words) => {
    const [item] = attention(situation(viewOf(idle, { ...away, missed: missedCall(became) })));
    expect(item?.text).toContain(words);
    expect(helps(item)).toEqual(['go-available']);
  });

  test.each([
    ['connection-lost', 'offline', ['go-available']],
    ['no-microphone', 'away', ['go-available', 'choose-microphone']],
    ['wrap-up-over', 'away', ['go-available']],
  ] as const)(
    'R76 a status that the system chose (%s) is told until the rep chooses',
    (statusReason, status, help) => {
      const list = attention(situation(viewOf(idle, { status, statusReason, statusSince: 7_000 })));
      expect(kinds(list)).toEqual(['status']);
      expect(helps(list[0])).toEqual(help);
      expect(list[0]?.close).toEqual({ do: 'stay', status });
      expect(attention(situation(viewOf(idle, { status, statusReason: 'chosen' })))).toEqual([]);
    },
  );

  test('R77 a lost server: since when, and nothing else that the stale view says', () => {
    const list = attention(situation(viewOf(idle, { ...away, missed: missedCall() }), cut));
    expect(kinds(list)).toEqual(['server']);
    expect(list[0]).toMatchObject({ severity: 'bad', time: { since: 5_000 }, help: [{ do: 'reconnect' }] });
    expect(list[0]?.text).toContain('no calls can come');
    expect(titleOf(list, viewOf())).toBe('⚠ No connection · Talk to Us');
    expect(attention(situation(viewOf(talking()), cut))[0]?.text).toContain('Your call is kept');
    expect(kinds(attention(situation(null, cut)))).toEqual(['server']);
  });

  test('R78 a microphone that is not there is told with the choice of another one', () => {
    const lost = attention(situation(viewOf(idle, { status: 'away' }), { notice: { about: 'mic-lost' } }));
    expect(helps(lost[0])).toEqual(['choose-microphone', 'go-available']);
    const inCall = attention(situation(viewOf(talking()), { notice: { about: 'mic-lost-in-call' } }));
    expect(inCall[0]).toMatchObject({ severity: 'bad', close: null });
    const silent = attention(situation(viewOf(idle, { mediaReady: false }), { media: { state: 'off' } }));
    expect(helps(silent[0])).toEqual(['connect-microphone', 'choose-microphone']);
    expect(
      attention(situation(viewOf(idle, { mediaReady: false }), { media: { state: 'opening' } })),
    ).toEqual([]);
    const blocked = attention(
      situation(viewOf(idle, { status: 'offline' }), { media: { state: 'failed', problem: 'denied' } }),
    );
    expect(helps(blocked[0])).toEqual(['go-available', 'choose-microphone']);
    for (const list of [lost, inCall, silent, blocked])
      expect(titleOf(list, null)).toBe('⚠ No microphone · Talk to Us');
  });

  test('R79 who waits while the rep takes no calls, one by name, several counted, and not who rings elsewhere', () => {
    const waiting = [
      entry('a', 'Lee', { since: 2_000 }),
      entry('b', 'Sam'),
      entry('c', 'Max', { ringing: true }),
    ];
    const of = (list: Entry[], change: Partial<RepView> = { status: 'away' }) =>
      attention(situation(viewOf(idle, { waiting: list, waitingTotal: list.length, ...change })));
    expect(of(waiting)[0]).toMatchObject({
      text: '2 shoppers are waiting, Lee first.',
      time: { since: 2_000 },
    });
    expect(of(waiting.slice(0, 1))[0]?.text).toBe('Lee is waiting in Sales.');
    expect(helps(of(waiting)[0])).toEqual(['pick-up', 'go-available']);
    expect(of(waiting.slice(2))).toEqual([]);
    expect(of(waiting, { status: 'available' })).toEqual([]);
    expect(of(waiting, { status: 'away', work: wrapUp() })).toEqual([]);
    // The one who was missed is told of once.
    expect(kinds(of([entry('call-9', 'Kim')], { ...away, missed: missedCall() }))).toEqual(['missed']);
    expect(titleOf([], viewOf(talking(), { waitingTotal: 4 }))).toBe('(4) Talk to Us');
  });

  test('R80 after a decline: who still waits, when it rings again, and the call in one click', () => {
    const waiting = [entry('a', 'Lee', { ringsAgainAt: 40_000 }), entry('b', 'Sam')];
    const list = attention(situation(viewOf(idle, { waiting, waitingTotal: 2 })));
    expect(kinds(list)).toEqual(['again']);
    expect(list[0]).toMatchObject({
      time: { until: 40_000 },
      help: [{ do: 'pick-up', callId: 'a', who: 'Lee' }],
    });
  });

  test('R83 the phone of another window, a silent and a taken microphone are told too', () => {
    const other = attention(
      situation(viewOf(idle, { mediaReady: false }), { heldBy: 'another', media: { state: 'off' } }),
    );
    expect(kinds(other)).toEqual(['window']);
    expect(helps(other[0])).toEqual(['take-over']);
    for (const microphone of ['silent', 'taken'] as const)
      expect(attention(situation(viewOf(talking()), { microphone }))[0]).toMatchObject({
        kind: 'microphone',
        severity: 'bad',
        help: [{ do: 'choose-microphone' }],
      });
  });

  const missedOf = fc.constantFrom<MissedCall | null>(
    null,
    missedCall(),
    missedCall({ state: 'gone' }),
    missedCall({ state: 'answered', repName: 'Ben' }),
  );
  const view: fc.Arbitrary<RepView> = fc
    .record({
      work: fc.constantFrom(idle, ringing(), talking(), wrapUp()),
      status: fc.constantFrom('available', 'away', 'offline' as const),
      statusReason: fc.constantFrom(
        'chosen',
        'no-answer',
        'no-microphone',
        'wrap-up-over',
        'connection-lost',
        'signed-out' as const,
      ),
      mediaReady: fc.boolean(),
      missed: missedOf,
      waiting: fc.uniqueArray(
        fc
          .tuple(fc.constantFrom('a', 'b', 'call-9'), fc.boolean(), fc.option(fc.constant(40_000)))
          .map(([id, rings, ringsAgainAt]) => entry(id, id, { ringing: rings, ringsAgainAt })),
        { selector: ({ callId }) => callId },
      ),
    })
    .map(({ work, ...change }) => viewOf(work, change));
  const anything: fc.Arbitrary<Situation> = fc
    .record({
      view: fc.option(view),
      lost: fc.boolean(),
      media: fc.constantFrom<Situation['media']>(
        { state: 'off' },
        { state: 'opening' },
        { state: 'ready' },
        { state: 'failed', problem: 'none' },
        { state: 'failed', problem: 'network' },
      ),
      notice: fc.constantFrom<Situation['notice']>(
        null,
        { about: 'mic-lost' },
        { about: 'mic-lost-in-call' },
        { about: 'mic-switched' },
        { about: 'request', code: 'too-many' },
      ),
      silenced: fc.boolean(),
      soundBlocked: fc.boolean(),
      accessChanged: fc.boolean(),
    })
    .map(({ lost, ...rest }) => ({ ...situation(rest.view), ...rest, ...(lost ? cut : {}) }));

  test('R81 in every situation: ordered, no two alike, none without a way out, nothing asked of a lost server', () => {
    const rank = { bad: 0, warn: 1, info: 2 };
    fc.assert(
      fc.property(anything, now => {
        const list = attention(now);
        expect(list.map(item => rank[item.severity])).toEqual(list.map(item => rank[item.severity]).sort());
        expect(new Set(list.map(item => item.key)).size).toBe(list.length);
        for (const { help, close, text, time, kind } of list) {
          // What ends by itself says when; who waits beside a missed call is helped by the same click.
          const ends = (time !== null && 'until' in time) || (kind === 'waiting' && now.view?.missed);
          expect(help.length > 0 || close !== null || ends).toBeTruthy();
          expect(text).not.toMatch(/undefined|null|\d:\d\d/);
        }
        const lost = now.link.state === 'reconnecting';
        expect(kinds(list).includes('server')).toBe(lost);
        const asked = new Set(list.flatMap(item => helps(item) ?? []));
        if (lost)
          for (const what of ['pick-up', 'go-available', 'stay'] as const) expect(asked).not.toContain(what);
        if (now.view && !lost && now.view.missed) expect(kinds(list)).toContain('missed');
        if (now.view && now.view.work.state !== 'idle') expect(asked).not.toContain('pick-up');
        if (now.view?.status === 'available') expect(asked).not.toContain('go-available');
        expect(
          titleOf(list, now.view) === 'Talk to Us' || titleOf(list, now.view).includes('Talk to Us'),
        ).toBe(true);
        expect(iconAlerts(list)).toBe(titleOf(list, null).startsWith('⚠'));
      }),
    );
  });

  test('R82 only what is new is announced, each thing once, whatever else changes', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 12 }), run => {
        let before: Attention[] | null = null;
        for (const now of run) {
          const after = attention(now);
          const fresh = appeared(before, after).map(item => item.key);
          const known = new Set(before?.map(item => item.key));
          expect(fresh).toEqual(after.map(item => item.key).filter(key => !known.has(key)));
          expect(appeared(after, attention(now))).toEqual([]);
          before = after;
        }
      }),
    );
    // What became of a missed call changes the words, and is no new alarm.
    const told = attention(situation(viewOf(idle, { ...away, missed: missedCall() })));
    const later = attention(situation(viewOf(idle, { ...away, missed: missedCall({ state: 'gone' }) })));
    expect(appeared(told, later)).toEqual([]);
  });
});
