/** What is wrong with a call, stands in its way or ends it, in words; fetched by those to whom that happens. */
import type { EndReason } from '../../shared/domain.ts';
import type { Message, Texts } from '../../shared/i18n/message.ts';
import { sentences, tryAgain } from '../../shared/i18n/messages/call.ts';
import * as m from '../../shared/i18n/messages/problem.ts';
import type { Promised } from './availability.ts';
import type { WayOut } from './diagnosis.ts';
import type { ShownCall } from './shown-call.ts';
import type { OfflineProblem, Problem, Words } from './states.ts';

const all: Record<
  Exclude<Problem, OfflineProblem>,
  readonly [title: Message<'problem'>, detail: Message<'problem'>]
> = {
  'microphone-denied': [m.denied, m.deniedDetail],
  'microphone-none': [m.none, m.noneDetail],
  'microphone-busy': [m.inUse, m.inUseDetail],
  'microphone-forbidden': [m.forbidden, m.forbiddenDetail],
  insecure: [m.insecure, m.insecureDetail],
  unsupported: [m.unsupported, m.unsupportedDetail],
  closed: [m.closed, m.closedDetail],
  'no-rep': [m.noRep, m.noRepDetail],
  'queue-full': [m.queueFull, m.queueFullDetail],
  blocked: [m.blocked, m.blockedDetail],
  'too-many': [m.tooMany, m.tooManyDetail],
  replaced: [m.replaced, m.replacedDetail],
  'not-set-up': [m.notSetUp, m.notSetUpDetail],
  'unknown-site': [m.notSetUp, m.unknownSiteDetail],
  'origin-not-allowed': [m.origin, m.originDetail],
};

/** A title of its own; a detail where it needs more words. */
const ends: Record<EndReason, readonly [title?: Message<'problem'>, detail?: Message<'problem'>]> = {
  'shopper-hung-up': [],
  'rep-hung-up': [undefined, m.overDetail],
  'max-wait': [m.maxWait, m.maxWaitDetail],
  'no-rep': [m.nobodyLeft, m.nobodyLeftDetail],
  'no-answer': [m.noAnswer, m.noAnswerDetail],
  removed: [m.removed, m.removedDetail],
  'shopper-lost': [m.lost, m.lostDetail],
  'callback-done': [m.thanksTalk],
  'callback-failed': [m.notReached, m.notReachedDetail],
  'callback-expired': [m.expired, m.expiredDetail],
};

export function endWords(
  t: Texts<'problem'>,
  reason: EndReason,
): { title: string | undefined; detail: string } {
  const [title, detail] = ends[reason];
  return { title: title === undefined ? title : t(title), detail: detail === undefined ? '' : t(detail) };
}

type Around = { wayOut: WayOut | undefined; promised: Promised };

/** The shop's own words stand in for ours where it has some about this problem, and no other. */
export function problemWords(
  t: Texts<'problem'>,
  ofCall: Texts<'call'>,
  problem: Exclude<Problem, OfflineProblem>,
  { wayOut, promised: { reach, opensAt, message } }: Around,
): Words {
  const [title, detail] = all[problem];
  if (wayOut) return { title: t(title), detail: t(wayOut.detail) };
  const own = problem === reach ? message : '';
  const opens = problem === 'closed' && opensAt !== null ? t(m.opens, { at: opensAt }) : '';
  const both = own && opens ? ofCall(sentences, { first: own, second: opens }) : own || opens;
  return { title: t(title), detail: both || t(detail) };
}

type Step = { label: string; run: () => void };

/** Trying again right away would change nothing. */
const final: ReadonlySet<Problem> = new Set<Problem>([
  'insecure',
  'microphone-forbidden',
  'unsupported',
  'blocked',
  'not-set-up',
  'unknown-site',
  'origin-not-allowed',
]);

/** `again`: the words on the button that tries it again, where that may help; `alone` leads out of a frame. */
export function nextSteps(
  t: Texts<'problem'>,
  ofCall: Texts<'call'>,
  problem: Problem,
  wayOut: WayOut | undefined,
): { again?: string; alone?: Step } {
  const again = problem === 'replaced' ? t(m.bringHere) : ofCall(tryAgain);
  return {
    ...(!final.has(problem) && { again }),
    ...(wayOut?.open &&
      wayOut.action !== undefined && { alone: { label: t(wayOut.action), run: wayOut.open } }),
  };
}

/** What is wrong besides, and what the shopper can do about it. */
export type Notice = { text: string; action?: Step };

export function troubles(t: Texts<'problem'>, call: ShownCall): Notice[] {
  const { screen, microphone } = call;
  const list: Notice[] = [];
  const find = { label: t(m.microphoneRetry), run: () => void call.findMicrophone() };
  if (call.elsewhere && (screen.name === 'waiting' || screen.name === 'talking'))
    list.push({ text: t(m.elsewhere), action: { label: t(m.bringHere), run: () => call.bringHere() } });
  if (microphone === 'silent' || microphone === 'taken')
    list.push({ text: t(microphone === 'silent' ? m.microphoneSilent : m.microphoneTaken), action: find });
  if (call.microphoneLost) list.push({ text: t(m.microphoneLost), action: find });
  if (call.silenced)
    list.push({ text: t(m.silenced), action: { label: t(m.listen), run: () => call.listen() } });
  // While cut off from the server nobody knows how the rep is.
  if (screen.name === 'talking' && !call.reconnecting) {
    const { repName: rep, repLost, repMuted, repMicrophone } = screen.view;
    if (repLost) list.push({ text: t(m.repLost, { rep }) });
    else if (repMuted) list.push({ text: t(m.repMuted, { rep }) });
    else if (repMicrophone !== 'ok') list.push({ text: t(m.repMicrophone, { rep }) });
  }
  return list;
}
