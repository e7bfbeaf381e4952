import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AudibleCall,
  type AudibleParty,
  audibleCall,
  audioGraph,
} from '../../../../server/calls/audio/audio-graph.ts';
import type { Call } from '../../../../server/calls/model/call.ts';
import { type PartyMode, partyModes, partyStates } from '../../../../shared/domain.ts';
import {
  type CallId,
  type LegId,
  type OfferId,
  type PartyId,
  type RepId,
  repLeg,
  shopperLeg,
} from '../../../../shared/ids.ts';

const sam = shopperLeg('call-1' as CallId);
const [ana, ben, cleo] = ['ana', 'ben', 'cleo'].map(id => repLeg(id as RepId)) as [LegId, LegId, LegId];

const partyOf = (leg: LegId) => `party of ${leg}` as PartyId;
const shopper: AudibleParty = {
  ...{
    id: partyOf(sam),
    leg: sam,
    kind: 'shopper',
    mode: 'talk',
    state: 'joined',
    muted: false,
    audible: true,
  },
};
const rep = (leg: LegId, mode: PartyMode = 'talk'): AudibleParty => ({
  ...{ ...shopper, id: partyOf(leg), leg, kind: 'rep', mode },
});
const supervisor = (mode: PartyMode): AudibleParty => ({ ...rep(cleo, mode), kind: 'supervisor' });
const waiting: AudibleCall = { music: 'music:default', parties: [shopper], ringing: [], recorded: false };
const talk = (...parties: AudibleParty[]): AudibleCall => ({ ...waiting, parties });

const shopperParty = { id: shopper.id, kind: 'shopper' };

/** Who hears what now, as `listener < source`. */
const heard = (call: AudibleCall) =>
  audioGraph(call)
    .edges.filter(edge => edge.active)
    .map(({ source, listener }) => `${nameOf(listener)} < ${nameOf(source)}`)
    .sort();
const nameOf = (id: string) => (id === sam ? 'sam' : id.replace(/^rep:|:default$/g, ''));

const party = (repId: string) => ({
  ...{ id: repId as PartyId, kind: 'rep' as const, repId: repId as RepId, mode: 'talk' as const },
  ...{ state: 'joined' as const, muted: false, mos: null, joinedAt: 0, stateSince: 0 },
});
const callOfSam = {
  ...{
    id: 'call-1' as CallId,
    state: 'waiting' as const,
    shopper: { ...party('sam'), kind: 'shopper', repId: null },
  },
  ...{ callback: null, keptFor: null, returnedAt: null, parkedUntil: null, heldUntil: null },
};
const nothing = { edges: [], taps: [] };

const anyStaff = (leg: LegId) =>
  fc.record({
    id: fc.constant(partyOf(leg)),
    leg: fc.constant(leg),
    kind: fc.constantFrom('rep' as const, 'supervisor' as const),
    mode: fc.constantFrom(...partyModes),
    state: fc.constantFrom(...partyStates),
    muted: fc.boolean(),
    audible: fc.boolean(),
  });
const anyShopper = fc.record({
  ...{
    id: fc.constant(partyOf(sam)),
    leg: fc.constant(sam),
    kind: fc.constant('shopper' as const),
    mode: fc.constant('talk' as const),
  },
  ...{ state: fc.constantFrom(...partyStates), muted: fc.boolean(), audible: fc.boolean() },
});
const anyCall: fc.Arbitrary<AudibleCall> = fc
  .record({
    shoppers: fc.array(anyShopper, { maxLength: 1 }),
    staff: fc.tuple(anyStaff(ana), anyStaff(ben), anyStaff(cleo)).chain(all => fc.subarray(all)),
    ringing: fc.subarray(['rep:dan', 'rep:eva'] as LegId[]),
    music: fc.constantFrom('music:default' as const, 'music:harp' as const),
    recorded: fc.boolean(),
  })
  .map(({ shoppers, staff, ...call }) => ({ ...call, parties: [...shoppers, ...staff] }));

describe('who hears whom', () => {
  test('Q11 waiting: music for the shopper, nothing else', () => {
    expect(heard(waiting)).toEqual(['sam < music']);
    expect(heard({ ...waiting, music: 'music:harp' })).toEqual(['sam < music:harp']);
  });

  test('Q12 ringing: the music goes on, and both voices are ready but silent', () => {
    const call = { ...waiting, ringing: [ana, ben] };
    expect(heard(call)).toEqual(['sam < music']);
    const { edges } = audioGraph(call);
    for (const leg of [ana, ben]) {
      expect(edges).toContainEqual({ source: sam, listener: leg, active: false, party: shopperParty });
      expect(edges).toContainEqual({
        ...{ source: leg, listener: sam, active: false, party: { id: null, kind: 'rep' } },
      });
    }
    expect(edges).toHaveLength(5);
  });

  test('Q13 talking: each hears the other; the music is silent until the rep is lost', () => {
    const both = ['ana < sam', 'sam < ana'];
    const call = talk(shopper, rep(ana));
    expect(heard(call)).toEqual(both);
    expect(audioGraph(call).edges).toContainEqual({
      ...{ source: 'music:default', listener: sam, active: false, party: null },
    });
    expect(heard(talk(shopper, { ...rep(ana), audible: false }))).toEqual([...both, 'sam < music']);
  });

  test('Q170 hold: the shopper hears music and nobody hears the shopper; the staff hear each other', () => {
    const held: AudibleParty = { ...shopper, state: 'held' };
    expect(heard(talk(held, rep(ana)))).toEqual(['sam < music']);
    expect(heard(talk(held, rep(ana), rep(ben, 'consult')))).toEqual([
      'ana < ben',
      'ben < ana',
      'sam < music',
    ]);
    expect(heard(talk(shopper, { ...rep(ana), state: 'held' }))).toEqual(['sam < music']);
  });

  test('Q171 consult: the one who is consulted hears the staff, and the shopper neither hears nor is heard there', () => {
    expect(heard(talk(shopper, rep(ana), rep(ben, 'consult')))).toEqual([
      'ana < ben',
      'ana < sam',
      'ben < ana',
      'sam < ana',
    ]);
  });

  test('Q172 conference and barge: everybody hears everybody', () => {
    const all = ['ana < ben', 'ana < sam', 'ben < ana', 'ben < sam', 'sam < ana', 'sam < ben'];
    expect(heard(talk(shopper, rep(ana), rep(ben)))).toEqual(all);
    expect(heard(talk(shopper, rep(ana), supervisor('barge')))).toEqual(
      all.map(edge => edge.replaceAll('ben', 'cleo')),
    );
  });

  test('Q173 listen and whisper: a supervisor hears all, and is heard by nobody or by the staff alone', () => {
    const hears = ['ana < sam', 'cleo < ana', 'cleo < sam', 'sam < ana'];
    expect(heard(talk(shopper, rep(ana), supervisor('listen')))).toEqual(hears);
    expect(heard(talk(shopper, rep(ana), supervisor('whisper')))).toEqual(['ana < cleo', ...hears]);
    // A supervisor who listens to somebody held or waiting hears nothing of them, and leaves them their music.
    expect(heard(talk({ ...shopper, state: 'held' }, supervisor('listen')))).toEqual(['sam < music']);
  });

  test('Q174 a recorder is given those who talk with the shopper and the shopper, each by itself, or nothing', () => {
    const call = talk(shopper, rep(ana), rep(ben, 'consult'), supervisor('whisper'));
    expect(audioGraph({ ...call, recorded: true }).taps).toEqual([sam, ana]);
    expect(audioGraph(call).taps).toEqual([]);
    expect(audioGraph({ ...waiting, recorded: true }).taps).toEqual([]);
    const held = talk({ ...shopper, state: 'held' }, rep(ana));
    expect(audioGraph({ ...held, recorded: true }).taps).toEqual([]);
  });

  const inState = (call: Partial<Call>) =>
    audioGraph(audibleCall({ ...callOfSam, ...call } as Call, 'music:default', () => true));

  test('Q61 a callback that waits or rings, and while the shopper is reached: nobody hears anybody', () => {
    const callback = { kind: 'page', phone: null, push: null, tries: 0, expiresAt: 1 } as const;
    const offers = [{ id: 'offer' as OfferId, repId: 'ana' as RepId, madeAt: 0, dueAt: 1 }] as const;
    expect(inState({ callback })).toEqual(nothing);
    expect(inState({ state: 'ringing', callback, offers })).toEqual(nothing);
    expect(inState({ state: 'calling-back', callback, rep: party('ana') })).toEqual(nothing);
  });

  test('Q14 ended: nobody hears anybody', () => {
    expect(inState({ state: 'ended' })).toEqual(nothing);
  });

  test('Q15 of any parties: nobody hears themselves, no edge twice, whoever is rung hears nothing', () => {
    fc.assert(
      fc.property(anyCall, call => {
        const { edges } = audioGraph(call);
        for (const { source, listener, active } of edges) {
          expect(source).not.toBe(listener);
          if (call.ringing.includes(listener)) expect(active).toBe(false);
        }
        const pairs = edges.map(edge => `${edge.source} ${edge.listener}`);
        expect(new Set(pairs).size).toBe(pairs.length);
      }),
    );
  });

  test('Q16 of any parties: the shopper hears music exactly when there is no voice to hear', () => {
    fc.assert(
      fc.property(anyCall, call => {
        const one = call.parties.find(party => party.kind === 'shopper');
        // Who is muted is there: a silence between two sentences is not filled with music.
        const unmuted = { ...call, parties: call.parties.map(party => ({ ...party, muted: false })) };
        const heardBySam = (of: AudibleCall) =>
          audioGraph(of).edges.filter(edge => edge.listener === sam && edge.active);
        const voices = heardBySam(unmuted).filter(({ source }) =>
          call.parties.some(party => party.leg === source && party.audible),
        );
        const music = heardBySam(call).filter(edge => edge.source.startsWith('music:'));
        expect(music).toHaveLength(one && voices.length === 0 ? 1 : 0);
      }),
    );
  });

  test('Q175 of any parties: the shopper hears no whisper and no consulting, and a recorder nothing that the shopper does not', () => {
    fc.assert(
      fc.property(anyCall, call => {
        const { edges, taps } = audioGraph(call);
        const heardByShopper = edges
          .filter(edge => edge.listener === sam && edge.active)
          .map(edge => edge.source);
        for (const { leg, mode, state } of call.parties) {
          if (leg === sam) continue;
          if (mode === 'whisper' || mode === 'consult' || mode === 'listen' || state === 'held')
            expect(heardByShopper).not.toContain(leg);
          if (!heardByShopper.includes(leg)) expect(taps).not.toContain(leg);
        }
        if (!call.recorded) expect(taps).toEqual([]);
      }),
    );
  });

  test('Q185 whatever the parties: each voice bears its party and kind, and music none', () => {
    fc.assert(
      fc.property(anyCall, call => {
        for (const { source, party } of audioGraph(call).edges) {
          const speaker = call.parties.find(({ leg }) => leg === source);
          if (speaker) expect(party).toEqual({ id: speaker.id, kind: speaker.kind });
          else expect(party).toEqual(source === call.music ? null : { id: null, kind: 'rep' });
        }
      }),
    );
  });

  test('C307 of any parties: nobody hears or records who is muted, and all is ready for when they are not', () => {
    fc.assert(
      fc.property(anyCall, call => {
        const muted = call.parties.filter(party => party.muted).map(party => party.leg);
        const { edges, taps } = audioGraph(call);
        for (const { source, active } of edges) if (active) expect(muted).not.toContain(source);
        for (const tap of taps) expect(muted).not.toContain(tap);
        const open = { ...call, parties: call.parties.map(party => ({ ...party, muted: false })) };
        const pairs = (of: AudibleCall) =>
          audioGraph(of).edges.map(edge => `${edge.source} ${edge.listener}`);
        expect(pairs(call)).toEqual(pairs(open));
      }),
    );
  });

  test('Q176 of any parties: whoever is held hears no voice and is heard by nobody', () => {
    fc.assert(
      fc.property(anyCall, call => {
        const held = call.parties.filter(party => party.state === 'held').map(party => party.leg);
        for (const { source, listener, active } of audioGraph(call).edges)
          if (active && !source.startsWith('music:')) {
            expect(held).not.toContain(listener);
            expect(held).not.toContain(source);
          }
      }),
    );
  });
});
