import type { Alerts } from '../session/alerts.ts';
import {
  type Attention,
  appeared,
  attention,
  iconAlerts,
  type Situation,
  titleOf,
} from '../session/attention.ts';
import type { Help } from '../session/help.ts';
import type { PhoneSession } from '../session/phone-session.ts';
import type { Ringer } from '../session/ringer.ts';

/** `now`: at once, over what is being read; `live`: when that is done. */
export type Say = (text: string, where: 'now' | 'live') => void;

/** Watches the phone: what must not be overlooked is in the title and the icon, and said and heard once. */
export class Watch {
  readonly #alerts: Alerts;
  readonly #say: Say;
  /** What was shown last; null before anything was. */
  #shown: Attention[] | null = null;

  constructor(alerts: Alerts, say: Say) {
    this.#alerts = alerts;
    this.#say = say;
  }

  /** What to show now. */
  look(situation: Situation): Attention[] {
    const list = attention(situation);
    this.#alerts.show(titleOf(list, situation.view), iconAlerts(list));
    // Before the first view nothing is known that could be new.
    if (situation.view === null && situation.link.state !== 'reconnecting') return list;
    const before = this.#shown;
    this.#shown = list;
    const fresh = appeared(before, list);
    // A change of status is said with the view that brings it, in the same words.
    for (const { kind, text, severity } of fresh)
      if (before === null || kind !== 'status') this.#say(text, severity === 'bad' ? 'now' : 'live');
    if (before !== null && fresh.some(item => item.severity !== 'info'))
      this.#alerts.handle([{ type: 'chime', sound: 'attention' }]);
    return list;
  }
}

/** Do what was clicked. `chooseMicrophone` leads to where that is done. */
export async function doHelp(
  help: Help,
  {
    session,
    ringer,
    chooseMicrophone,
    accessSeen,
  }: {
    session: PhoneSession;
    ringer: Ringer;
    chooseMicrophone: () => Promise<void>;
    accessSeen: () => void;
  },
): Promise<void> {
  switch (help.do) {
    case 'reconnect':
      return session.reconnect();
    case 'go-available':
      // This click is what lets the page ring later.
      void ringer.unlock();
      return session.goAvailable();
    case 'stay':
      return session.setStatus(help.status);
    case 'pick-up':
      void ringer.unlock();
      return session.pickUp(help.callId);
    case 'choose-microphone':
      return chooseMicrophone();
    case 'connect-microphone':
      return session.retryMedia();
    case 'take-over':
      return session.takeOver();
    case 'sound-on':
      return session.play();
    case 'seen':
      return session.missedSeen(help.at);
    case 'access-seen':
      return accessSeen();
    case 'dismiss':
      return session.dismissNotice();
  }
  return help satisfies never;
}
