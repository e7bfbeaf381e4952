/** Who is rung for a shopper whose language matters. */
import { describe, expect, test } from 'vitest';
import { match } from '../../../server/acd/match.ts';
import type { IdleRep, MatchQueue, WaitingCall } from '../../../server/acd/match-state.ts';
import type { Language } from '../../../shared/i18n/languages.ts';
import type { CallId, QueueId, RepId } from '../../../shared/ids.ts';
import { draws } from '../../support/random.ts';

const queueId = 'sales' as QueueId;
const came = 1_000_000;

const rep = (id: string, idleSince: number, ...languages: Language[]): IdleRep => ({
  ...{ repId: id as RepId, idleSince, skills: new Map() },
  memberships: new Map([
    [queueId, { tier: 1, position: 0, penalty: 0, calls: 0, talkMs: 0, languages: new Set(languages) }],
  ]),
});
const call = (language: Language | null, reservedFor: string | null = null): WaitingCall => ({
  ...{ callId: 'call' as CallId, queueId, priority: 0, queuedAt: came, needs: [], language },
  ...{ reservedFor: reservedFor as RepId | null, notNow: new Set(), ringingAt: new Set() },
});
const queue = (preferLanguageMs: number, ...spoken: Language[]): MatchQueue => ({
  ...{ queueId, strategy: 'longest-idle', offerMs: 20_000, skillRings: [], lastRung: null },
  ...{ preferLanguageMs, spoken: new Set(spoken) },
});
const rung = (calls: WaitingCall, reps: IdleRep[], of: MatchQueue, waitedMs: number) =>
  match({ calls: [calls], reps, queues: new Map([[queueId, of]]) }, came + waitedMs, draws()).map(
    ({ repId }) => repId,
  );

const ben = rep('ben', 1);
const ana = rep('ana', 2, 'de', 'ar');

describe('the shopper’s language', () => {
  test('Q191 is asked for as long as the queue says, and not a millisecond longer', () => {
    const of = queue(30_000, 'de', 'ar');
    expect(rung(call('de'), [ben, ana], of, 0)).toEqual(['ana']);
    expect(rung(call('de'), [ben], of, 29_999)).toEqual([]);
    expect(rung(call('de'), [ben], of, 30_000)).toEqual(['ben']);
    expect(rung(call('de'), [ben, ana], of, 30_000)).toEqual(['ben']);
  });

  test('Q192 keeps nobody waiting where it is off, not known, or spoken by nobody on duty', () => {
    expect(rung(call('de'), [ben, ana], queue(0, 'de', 'ar'), 0)).toEqual(['ben']);
    expect(rung(call(null), [ben, ana], queue(30_000, 'de', 'ar'), 0)).toEqual(['ben']);
    expect(rung(call('mt'), [ben, ana], queue(30_000, 'de', 'ar'), 0)).toEqual(['ben']);
  });

  test('Q192 is waited for while one who speaks it is on duty and busy', () => {
    expect(rung(call('fr'), [ben, ana], queue(30_000, 'de', 'ar', 'fr'), 0)).toEqual([]);
  });

  test('Q192 does not matter to whoever is kept for the shopper since last time', () => {
    expect(rung(call('de', 'ben'), [ben, ana], queue(30_000, 'de', 'ar'), 0)).toEqual(['ben']);
  });
});
