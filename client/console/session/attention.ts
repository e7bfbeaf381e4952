import type { CallCard, MissedCall, RepView } from '../../../shared/views.ts';
import { whoIs } from '../../ui/who.ts';
import { texts } from '../texts.ts';
import type { Help } from './help.ts';
import { mediaProblem } from './media-words.ts';
import type { Notice, PhoneState } from './phone-state.ts';

/** `bad`: no call can come, or one is going wrong. `warn`: somebody should act. `info`: good to know. */
export type Severity = 'bad' | 'warn' | 'info';

export type Attention = {
  kind:
    | 'server'
    | 'microphone'
    | 'missed'
    | 'status'
    | 'waiting'
    | 'again'
    | 'window'
    | 'request'
    | 'sound'
    | 'access';
  /** The same as long as it is about the same thing: what is new is announced, once. */
  key: string;
  severity: Severity;
  /** Holds no running time, so that it is not read aloud again each second. */
  text: string;
  /** Ms UTC by the server's clock: shown as "for 0:42", or, when it is ahead, as "in 0:42". */
  time: { since: number } | { until: number } | null;
  help: Help[];
  /** What makes it go away for good. */
  close: Help | null;
  /** For the title of the tab; null when the tab need not say it. */
  title: string | null;
};

/** What attention is derived from. `lostAt`: since when the server cannot be reached, by the server's clock. */
export type Situation = Pick<
  PhoneState,
  'link' | 'view' | 'heldBy' | 'media' | 'microphone' | 'notice' | 'silenced'
> & {
  lostAt: number | null;
  soundBlocked: boolean;
  /** Somebody changed what the person may do, who has not said to have seen it. */
  accessChanged: boolean;
};

const ranks: Record<Severity, number> = { bad: 0, warn: 1, info: 2 };

/** Everything that the rep must not overlook, most pressing first: for every page, the title and the icon alike. */
export function attention(situation: Situation): Attention[] {
  const { link, view } = situation;
  const list: Attention[] = [];
  if (link.state === 'reconnecting') list.push(serverLost(situation));
  if (link.state === 'online' && view) {
    list.push(...microphone(situation, view));
    if (view.missed) list.push(missed(situation, view, view.missed));
    list.push(...putAway(view), ...stillWaiting(situation, view));
    if (situation.heldBy !== 'this') list.push(otherWindow(view));
  }
  list.push(...notices(situation));
  return list.sort((a, b) => ranks[a.severity] - ranks[b.severity]);
}

function serverLost({ view, lostAt, link }: Situation): Attention {
  const inCall = view?.work.state === 'talking';
  const store = 'store' in link;
  return {
    ...{ kind: 'server', key: 'server', severity: 'bad' },
    text: inCall
      ? store
        ? texts.storeDownInCall
        : texts.serverLostInCall
      : store
        ? texts.storeDown
        : texts.serverLost,
    time: lostAt === null ? null : { since: lostAt },
    // The server says so itself when its database is back; there is nothing to try from here.
    help: store ? [] : [{ do: 'reconnect' }],
    close: null,
    title: texts.titleNoConnection,
  };
}

/** The microphone is what a call cannot come without. */
function microphone({ notice, media, heldBy, microphone: is }: Situation, view: RepView): Attention[] {
  const talking = view.work.state === 'talking';
  const back: Help[] = talking || view.status === 'available' ? [] : [{ do: 'go-available' }];
  const about = (
    text: string,
    help: Help[],
    { severity = 'bad', close = null }: Partial<Pick<Attention, 'severity' | 'close'>> = {},
  ): Attention[] => [
    {
      ...{ kind: 'microphone', key: `microphone ${text}`, severity, text, help, close, time: null },
      title: severity === 'bad' ? texts.titleNoMicrophone : null,
    },
  ];
  const choose: Help = { do: 'choose-microphone' };
  if (is === 'silent' || is === 'taken') return about(texts.microphoneIs[is], [choose]);
  if (notice?.about === 'mic-lost-in-call') return about(texts.micLostInCall, [choose]);
  if (media.state === 'failed')
    return about(
      mediaProblem(media.problem),
      [...(talking || view.status === 'available' ? [{ do: 'connect-microphone' } as const] : back), choose],
      { close: notice?.about === 'mic-lost' ? { do: 'dismiss' } : null },
    );
  if (notice?.about === 'mic-lost')
    return about(texts.micLost, [choose, ...back], { close: { do: 'dismiss' } });
  if (notice?.about === 'mic-switched')
    return about(texts.micSwitched, [choose], { severity: 'warn', close: { do: 'dismiss' } });
  // That of another window is the other window's to connect.
  if (heldBy === 'this' && view.status === 'available' && !view.mediaReady && media.state !== 'opening')
    return about(texts.noMedia, [{ do: 'connect-microphone' }, choose]);
  return [];
}

function missed(situation: Situation, view: RepView, { call, at, became }: MissedCall): Attention {
  const who = whoIs(call);
  const help: Help[] = [];
  if (view.work.state === 'idle') {
    if (became.state === 'waiting') help.push(...pickUp(situation, call));
    if (view.status !== 'available') help.push({ do: 'go-available' });
  }
  return {
    ...{ kind: 'missed', key: `missed ${call.callId} ${at}`, severity: 'bad' },
    text: `${texts.missedCall({ who, queue: call.queueName })} ${texts.missedBecame(became)}`,
    time: { since: at },
    help,
    close: { do: 'seen', at },
    title: texts.titleMissed({ who }),
  };
}

/** The system changed the status, and the rep has not said yet that this is all right. */
function putAway({ status, statusReason, statusSince, missed: call, work }: RepView): Attention[] {
  // A missed call tells it already, and is told as long as it was not seen.
  if (status === 'available' || statusReason === 'chosen' || statusReason === 'signed-out') return [];
  if (call !== null || work.state !== 'idle') return [];
  return [
    {
      ...{ kind: 'status', key: `status ${statusReason} ${statusSince}`, severity: 'warn' },
      text: texts.idleLead(status, statusReason),
      time: { since: statusSince },
      help: [
        { do: 'go-available' },
        ...(statusReason === 'no-microphone' ? [{ do: 'choose-microphone' } as const] : []),
      ],
      close: { do: 'stay', status },
      title: texts.titleStatus[status],
    },
  ];
}

/** Somebody waits whom this rep could take, and whom nobody is being rung for. */
function stillWaiting(situation: Situation, { status, work, waiting, missed: call }: RepView): Attention[] {
  if (work.state !== 'idle') return [];
  const idle = waiting.filter(entry => !entry.ringing);
  if (status === 'available')
    // Anybody else would be ringing; these were declined here.
    return idle.flatMap(entry =>
      entry.ringsAgainAt === null ? [] : [ringsAgain(situation, entry, entry.ringsAgainAt)],
    );
  const others = idle.filter(entry => entry.callId !== call?.call.callId);
  const first = others[0];
  if (!first) return [];
  const who = whoIs(first);
  return [
    {
      ...{ kind: 'waiting', key: 'waiting', severity: status === 'away' ? 'warn' : 'info' },
      text:
        others.length === 1
          ? texts.oneWaits({ who, queue: first.queueName })
          : texts.someWait({ n: others.length, who }),
      time: { since: first.since },
      help: [...pickUp(situation, first), ...(call === null ? [{ do: 'go-available' } as const] : [])],
      close: null,
      title: null,
    },
  ];
}

/** The microphone is in the window that has the phone. */
const pickUp = ({ heldBy }: Situation, call: CallCard): Help[] =>
  heldBy === 'this' ? [{ do: 'pick-up', callId: call.callId, who: whoIs(call) }] : [];

function otherWindow({ work }: RepView): Attention {
  return {
    ...{ kind: 'window', key: `window ${work.state === 'talking'}`, severity: 'info' },
    text: work.state === 'talking' ? texts.elsewhereInCall : texts.elsewhere,
    ...{ time: null, help: [{ do: 'take-over' }], close: null, title: null },
  };
}

function ringsAgain(situation: Situation, entry: RepView['waiting'][number], until: number): Attention {
  const who = whoIs(entry);
  return {
    ...{ kind: 'again', key: `again ${entry.callId} ${until}`, severity: 'info' },
    text: texts.stillWaits({ who, queue: entry.queueName }),
    time: { until },
    help: pickUp(situation, entry),
    close: null,
    title: null,
  };
}

function notices({ notice, silenced, soundBlocked, accessChanged, view }: Situation): Attention[] {
  const list: Attention[] = [];
  if (notice?.about === 'request')
    list.push({
      ...{ kind: 'request', key: `request ${notice.code}`, severity: 'warn', text: refusal(notice) },
      ...{ time: null, help: [], close: { do: 'dismiss' }, title: null },
    });
  if (silenced || (soundBlocked && view?.status === 'available'))
    list.push({
      ...{ kind: 'sound', key: 'sound', severity: 'info', text: texts.soundBlocked },
      ...{ time: null, help: [{ do: 'sound-on' }], close: null, title: null },
    });
  if (accessChanged)
    list.push({
      ...{ kind: 'access', key: 'access', severity: 'info', text: texts.accessChanged },
      ...{ time: null, help: [], close: { do: 'access-seen' }, title: null },
    });
  return list;
}

function refusal({ code }: Extract<Notice, { about: 'request' }>): string {
  const table: Record<string, string> = texts.failed;
  return table[code] ?? texts.failed.other;
}

/** The tab's title: what is most pressing, else how many wait. */
export function titleOf(list: readonly Attention[], view: RepView | null): string {
  const told = list.find(item => item.title !== null)?.title;
  if (told) return texts.titleAlert({ what: told, product: texts.product });
  return view && view.waitingTotal > 0
    ? texts.titleWaiting({ n: view.waitingTotal, product: texts.product })
    : texts.product;
}

/** Whether the tab's icon has to draw attention. */
export const iconAlerts = (list: readonly Attention[]) => list.some(item => item.title !== null);

/** What has appeared since `before`; `null` stands for nothing shown yet. */
export function appeared(before: readonly Attention[] | null, after: readonly Attention[]): Attention[] {
  return after.filter(item => !before?.some(other => other.key === item.key));
}
