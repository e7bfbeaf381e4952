import type { RepView } from '../../../shared/views.ts';
import type { MicrophoneProblem } from '../../voice/devices.ts';

/** The rep's own audio: the microphone and the leg it goes up by. */
export type Media =
  | { state: 'off' }
  | { state: 'opening' }
  | { state: 'ready' }
  | { state: 'failed'; problem: MediaProblem };

/** Why there is none: the microphone, or (`network`) the way to the server. */
export type MediaProblem = MicrophoneProblem | 'network';

/**
 * Whether the rep's audio has to be there. The microphone is open only while a call can come or is on: a red
 * recording mark on somebody who is away for lunch would be a reason not to trust us.
 */
export function needsMedia(view: RepView): boolean {
  switch (view.work.state) {
    case 'ringing':
    case 'calling-back':
    case 'talking':
      return true;
    case 'idle':
    case 'wrap-up':
      return view.status === 'available';
  }
}
