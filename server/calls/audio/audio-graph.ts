/** Who hears whom, as one pure function (design rule 1). Nothing else creates or removes an edge. */
import type { PartyKind, PartyMode, PartyState } from '../../../shared/domain.ts';
import { type LegId, type PartyId, repLeg, type SoundId, shopperLeg } from '../../../shared/ids.ts';
import type { Edge, SourceId } from '../../media/plane.ts';
import { type Call, offersOf, partiesOf } from '../model/call.ts';

/** As much of a party as decides who hears it, and whom it hears. */
export type AudibleParty = {
  id: PartyId;
  leg: LegId;
  kind: PartyKind;
  mode: PartyMode;
  state: PartyState;
  muted: boolean;
  /** False while its connection or microphone is lost, so that nothing comes from there. */
  audible: boolean;
};

/** As much of a call as decides who hears whom. */
export type AudibleCall = {
  /** What its queue plays to a shopper who would hear nothing else. */
  music: SourceId;
  /** Who is connected to the call. */
  parties: readonly AudibleParty[];
  /** Whose headset rings for this call: they hear nothing yet, but would at once. */
  ringing: readonly LegId[];
  /** The talk is being recorded, and the recording is not paused. */
  recorded: boolean;
};

/** `taps`: the sources that a recorder is given, each as a track of its own. */
export type AudioGraph = { edges: Edge[]; taps: SourceId[] };

/** The source of a piece of the shop's own, or of the one that comes with the product. */
export const musicSource = (sound: SoundId | null): SourceId => `music:${sound ?? 'default'}`;

/**
 * The wanted edges of one call.
 * - `talk` and `barge` are heard by everybody, `whisper` and `consult` by staff alone, `listen` by nobody.
 * - Everybody hears who may be heard by them; `consult` hears staff alone.
 * - Who is held hears nobody and is heard by nobody, and nobody hears who is muted: those edges are ready but silent, whatever
 *   the browser sends. Who is lost keeps their edges: the sound may be flowing still.
 * - The shopper hears music whenever no voice can come: nobody talks, they are held, or all who talk are held or lost.
 *   During a talk it stays ready, so that it is back at once.
 * - Who is rung hears nothing, but all is made ready, so that answering is instant.
 * - A recorder is given those who talk with the shopper, and the shopper, while none of them is held; of them what is heard.
 */
export function audioGraph({ music, parties, ringing, recorded }: AudibleCall): AudioGraph {
  const shopper = parties.find(({ kind }) => kind === 'shopper');
  const edges: Edge[] = [];
  if (shopper) {
    const talks = parties.some(party => party.audible && isFor(shopper, party) && !anyHeld(shopper, party));
    edges.push({ source: music, listener: shopper.leg, active: !talks, party: null });
    for (const leg of ringing)
      edges.push(
        { source: shopper.leg, listener: leg, active: false, party: { id: shopper.id, kind: shopper.kind } },
        { source: leg, listener: shopper.leg, active: false, party: { id: null, kind: 'rep' } },
      );
  }
  for (const listener of parties)
    for (const source of parties)
      if (isFor(listener, source))
        edges.push({
          ...{ source: source.leg, listener: listener.leg, active: hears(listener, source) },
          party: { id: source.id, kind: source.kind },
        });
  return { edges, taps: recorded && shopper ? tapsOf(shopper, parties) : [] };
}

function tapsOf(shopper: AudibleParty, parties: readonly AudibleParty[]): SourceId[] {
  const talkers = parties.filter(party => isFor(shopper, party) && !anyHeld(shopper, party));
  if (talkers.length === 0) return [];
  return [shopper, ...talkers].filter(({ muted }) => !muted).map(({ leg }) => leg);
}

/** Of a call that is about to start. Which queue it will be in, and so its music, is not known yet. */
export const edgesAtStart = (shopper: LegId): Edge[] => [
  { source: musicSource(null), listener: shopper, active: true, party: null },
];

const anyHeld = (one: AudibleParty, other: AudibleParty) => one.state === 'held' || other.state === 'held';

const hears = (listener: AudibleParty, source: AudibleParty) =>
  isFor(listener, source) && !anyHeld(listener, source) && !source.muted;

/** Whether the listener hears the source while nobody is held or muted. */
function isFor(listener: AudibleParty, source: AudibleParty): boolean {
  if (listener === source) return false;
  if (source.mode === 'listen') return false;
  if (listener.kind === 'shopper') return source.mode === 'talk' || source.mode === 'barge';
  return source.kind !== 'shopper' || listener.mode !== 'consult';
}

/** Whether the leg's sound can reach us: what memory knows. */
export type IsAudible = (leg: LegId) => boolean;

/** A call as the graph sees it. A callback is connected to nothing until the shopper has answered. */
export function audibleCall(call: Call, music: SourceId, isAudible: IsAudible): AudibleCall {
  const connected = call.state === 'talking' || (call.state !== 'calling-back' && !isCallback(call));
  return {
    music,
    parties: connected
      ? partiesOf(call).map(({ id, kind, repId, mode, state, muted }) => {
          const leg = repId === null ? shopperLeg(call.id) : repLeg(repId);
          return { id, leg, kind, mode, state, muted, audible: kind === 'shopper' || isAudible(leg) };
        })
      : [],
    ringing: offersOf(call).map(({ repId }) => repLeg(repId)),
    recorded: false,
  };
}

const isCallback = (call: Call) => 'callback' in call && call.callback !== null;
