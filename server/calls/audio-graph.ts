/** Who hears whom, as one pure function (design rule 1). Nothing else creates or removes an edge. */
import type { CallState } from '../../shared/domain.ts';
import { type CallId, type RepId, repLeg, type SoundId, shopperLeg } from '../../shared/ids.ts';
import type { Edge, SourceId } from '../media/plane.ts';

/** As much of a call as decides who hears whom. */
export type AudibleCall = {
  id: CallId;
  state: CallState;
  /** Set while talking. */
  repId: RepId | null;
  /** Reps whose headset rings for this call. */
  ringing: readonly RepId[];
  /** A callback: the shopper has left the line and is not connected to anything. */
  silent: boolean;
  /** What its queue plays to who waits. */
  music: SourceId;
  /** The rep's connection or microphone is lost in the middle of the talk, so that nothing comes from there. */
  repLost: boolean;
};

/** The source of a piece of the shop's own, or of the one that comes with the product. */
export const musicSource = (sound: SoundId | null): SourceId => `music:${sound ?? 'default'}`;

/**
 * The wanted edges of one call.
 * - waiting: music -> shopper
 * - ringing: the same, and both voices made ready but silent, so that answering is instant
 * - talking: each hears the other; a shopper whose rep is away for a moment hears music instead of nothing
 * - a callback that waits or rings, and while the shopper is being reached: none, nobody listens
 * - ended: none
 */
export function audioGraph(call: AudibleCall): Edge[] {
  if (call.silent) return [];
  const shopper = shopperLeg(call.id);
  const music: Edge = { source: call.music, listener: shopper, active: true };
  switch (call.state) {
    case 'waiting':
      return [music];
    case 'ringing':
      return [music, ...call.ringing.flatMap(rep => voices(call.id, rep, false))];
    case 'talking': {
      if (!call.repId) return [];
      const talk = voices(call.id, call.repId, true);
      if (call.repLost) return [music, ...talk];
      // The music stays ready, so that it is back at once when the rep is lost.
      return [{ ...music, active: false }, ...talk];
    }
    case 'calling-back':
    case 'ended':
      return [];
    default:
      return call.state satisfies never;
  }
}

function voices(call: CallId, rep: RepId, active: boolean): Edge[] {
  return [
    { source: shopperLeg(call), listener: repLeg(rep), active },
    { source: repLeg(rep), listener: shopperLeg(call), active },
  ];
}
