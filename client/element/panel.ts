import { html, nothing, type TemplateResult } from 'lit';
import type { Message, Texts } from '../../shared/i18n/message.ts';
import * as m from '../../shared/i18n/messages/call.ts';
import { picture } from './appearance.ts';
import type { Promised } from './availability.ts';
import { clock } from './clock.ts';
import type { Extras } from './extras.ts';
import { phone } from './icons.ts';
import { alert, close, collapse, done, microphone, microphoneOff } from './panel-icons.ts';
import type { Notice } from './problem-words.ts';
import type { ShopperCall } from './shopper-call.ts';
import { isLive, isOffline, type OfflineProblem, type Screen, type Talking, type Words } from './states.ts';
import type { Vocabulary } from './vocabulary.ts';
import { waitingTime } from './waiting-time.ts';

export type PanelModel = {
  call: ShopperCall;
  t: Texts<'call'>;
  /** For the words of what only some calls need. */
  vocabulary: Pick<Vocabulary, 'get'>;
  /** What a click would get now. */
  promised: Promised;
  /** What the shop is called; may be empty. */
  shop: string;
  onCollapse: () => void;
  onClose: () => void;
};

/** Being called back, or choosing to be, is drawn by code that only those shoppers fetch. */
const needsCallback = ({ choosing, screen }: ShopperCall) =>
  choosing || screen.name === 'callback' || screen.name === 'calling-back';

/** What the status region says; without the timer, which nobody wants read out. */
export function announcement(model: PanelModel): string {
  const { title, detail } = words(model);
  return [title, detail, ...notices(model).map(notice => notice.text)].filter(Boolean).join(' ');
}

/** Two lines about a live call, for the collapsed button. */
export function summary(model: PanelModel): [string, string] {
  const { call, t } = model;
  const { screen } = call;
  if (screen.name !== 'talking' || screen.view.onHold) return [words(model).title, t(m.expand)];
  const { since, repName: rep } = screen.view;
  return [t(m.timeAndRep, { time: clock(call.now - since, t.tag), rep }), t(m.expand)];
}

/** The panel for the present screen. */
export function panel(model: PanelModel): TemplateResult {
  const { call, t, shop } = model;
  const own = model.promised.words;
  const live = isLive(call.screen);
  return html`
    <section part="panel" id="panel" popover="manual" role="dialog" aria-labelledby="title" tabindex="-1"
      data-state=${call.screen.name} lang=${t.tag} dir=${t.direction}>
      <div part="header">
        <h2 part="title" id="title">${shop ? t(m.titleShop, { shop }) : own?.title || t(m.title)}</h2>
        <button part="collapse" class="small" type="button"
          aria-label=${t(live ? m.collapse : m.close)}
          @click=${live ? model.onCollapse : model.onClose}>${live ? collapse : close}</button>
      </div>
      <div part="body">${body(model)}</div>
      <div part="controls">${controls(model)}</div>
      <slot name="footer">${own?.privacy && html`<p class="footer" dir="auto">${own.privacy}</p>`}</slot>
    </section>`;
}

function body(model: PanelModel): TemplateResult {
  const { call, t, vocabulary } = model;
  const { screen } = call;
  if (needsCallback(call)) {
    const estimate = screen.name === 'callback' && screen.view.estimate;
    const wait = estimate ? waitingTime(t, estimate) : '';
    return html`${call.extras.callback?.body(call, t, vocabulary, wait) ?? stage(call, t)}`;
  }
  const { title, detail } = words(model);
  return html`
    ${stage(call, t)}
    <p part="headline" dir="auto">${title}</p>
    ${extras(call, t)}
    ${detail && (screen.name !== 'talking' || screen.view.onHold) ? html`<p part="detail" dir="auto">${detail}</p>` : nothing}
    ${call.extras.announcer?.toggle() ?? nothing}
    ${screen.name === 'asking' ? html`<p class="promise">${t(m.askingPromise)}</p>` : nothing}
    ${notices(model).map(
      ({ text, action }) => html`<div part="notice">${text}
        ${action && html`<button type="button" @click=${action.run}>${action.label}</button>`}</div>`,
    )}`;
}

type Worded = Pick<PanelModel, 't' | 'vocabulary' | 'promised'> & {
  call: Pick<ShopperCall, 'screen' | 'muted' | 'wayOut'> & { extras: Pick<Extras, 'callback' | 'problems'> };
};

const notYet = { returned: m.returned, 'not-taken': m.notTaken, nobody: m.nobody };

const offlineProblems: Record<OfflineProblem, readonly [title: Message<'call'>, detail: Message<'call'>]> = {
  connection: [m.connection, m.connectionDetail],
  'shutting-down': [m.shuttingDown, m.shuttingDownDetail],
  loading: [m.loading, m.loadingDetail],
  internal: [m.internal, m.internalDetail],
};

const said = (
  t: Texts<'call'>,
  [title, detail]: readonly [title: Message<'call'>, detail?: Message<'call'>],
): Words => ({ title: t(title), detail: detail === undefined ? '' : t(detail) });

/** Of the present screen. The shop's own words stand in for ours where it has some. */
export function words({ call, t, vocabulary, promised }: Worded): Words {
  const { screen } = call;
  const connecting = [m.connectingTitle, m.connectingDetail] as const;
  switch (screen.name) {
    case 'idle':
      return { title: '', detail: '' };
    case 'connecting':
      if (screen.rejoining) return said(t, [m.rejoiningTitle, m.rejoiningDetail]);
      return { title: t(m.connectingTitle), detail: promised.words?.greeting || t(m.connectingDetail) };
    case 'asking':
      return said(t, [m.askingTitle, m.askingDetail]);
    case 'waiting': {
      const { ringing, returned, place, message, setback } = screen.view;
      if (ringing) return said(t, [m.ringing, m.ringingDetail]);
      const news = returned ? 'returned' : setback;
      return {
        title: place === 1 ? t(m.next) : t(m.place, { place }),
        detail: news ? t(notYet[news]) : message || t(m.music),
      };
    }
    case 'callback':
    case 'calling-back':
      return call.extras.callback?.words(call, vocabulary) ?? said(t, connecting);
    case 'talking':
      if (screen.view.ringing) return said(t, [m.ringing, m.ringingDetail]);
      if (screen.view.onHold)
        return { title: t(m.onHold), detail: t(m.onHoldDetail, { rep: screen.view.repName }) };
      return { title: screen.view.repName, detail: t(call.muted ? m.muted : m.talking) };
    case 'ended': {
      const { reason, repName: rep, talkMs } = screen;
      if (reason === 'shopper-hung-up' && talkMs <= 0) return said(t, [m.left, m.leftDetail]);
      const time = clock(talkMs, t.tag);
      const talked = talkMs > 0 && (rep ? t(m.talkedWith, { rep, time }) : t(m.talked, { time }));
      if (talked && /hung-up/.test(reason)) return { title: t(m.thanks), detail: talked };
      const { problems } = call.extras;
      const ofProblem = problems && vocabulary.get('problem');
      const { title, detail } = ofProblem
        ? problems.endWords(ofProblem, reason)
        : { title: undefined, detail: '' };
      const both = talked && detail ? t(m.sentences, { first: detail, second: talked }) : talked || detail;
      return { title: title ?? t(m.over), detail: both };
    }
    case 'problem': {
      const { problem } = screen;
      if (isOffline(problem)) return said(t, offlineProblems[problem]);
      const { problems } = call.extras;
      const ofProblem = problems && vocabulary.get('problem');
      if (ofProblem) return problems.problemWords(ofProblem, t, problem, { wayOut: call.wayOut, promised });
      return said(t, problems === null ? offlineProblems.internal : connecting);
    }
  }
}

/** A tick stands for what went as somebody wished it. */
const endedWell = ({ reason, talkMs }: Extract<Screen, { name: 'ended' }>) =>
  talkMs > 0 || reason === 'shopper-hung-up' || reason === 'callback-done';

/** The round figure that tells the state without words. */
function stage({ screen, host }: ShopperCall, { tag }: Texts<'call'>): TemplateResult {
  const figure = (content: unknown, around: unknown = nothing, kind = '') =>
    html`<div class="stage ${kind}" aria-hidden="true">${around}<div part="figure">${content}</div></div>`;
  const ripples = html`<div class="ripple"></div><div class="ripple"></div>`;
  switch (screen.name) {
    case 'idle':
    case 'callback':
    case 'calling-back':
    case 'connecting':
      return figure(phone, html`<div class="orbit"></div>`, 'calm');
    case 'asking':
      return figure(microphone, ripples);
    case 'waiting':
      if (screen.view.ringing) return figure(phone, ripples, 'ringing');
      return figure(new Intl.NumberFormat(tag).format(screen.view.place), ripples);
    case 'talking':
      return figure(rep(screen.view, host.server), html`<div class="halo"></div>`);
    case 'ended':
      return endedWell(screen) ? figure(done, nothing, 'calm') : figure(alert, nothing, 'warn');
    case 'problem':
      return figure(alert, nothing, 'warn');
  }
}

function extras(call: ShopperCall, t: Texts<'call'>): TemplateResult | typeof nothing {
  const { screen } = call;
  if (screen.name === 'waiting') {
    const { estimate, ringing } = screen.view;
    if (!estimate || ringing) return nothing;
    return html`<p part="estimate">${waitingTime(t, estimate)}</p>`;
  }
  if (screen.name !== 'talking') return nothing;
  return html`
    <p part="timer"><span role="timer" aria-label=${t(m.timer)}>${clock(call.now - screen.view.since, t.tag)}</span
      >${call.muted ? html` · ${t(m.muted)}` : nothing}</p>
    <div class="waves" aria-hidden="true"><i></i><i></i><i></i><i></i><i></i><i></i><i></i></div>`;
}

/** A notice about the connection, and what else is wrong. */
function notices({ call, t, vocabulary }: PanelModel): Notice[] {
  const { problems } = call.extras;
  const ofProblem = problems && vocabulary.get('problem');
  const others = ofProblem ? problems.troubles(ofProblem, call) : [];
  if (!call.reconnecting) return others;
  return [{ text: t(call.screen.name === 'waiting' ? m.reconnectingInLine : m.reconnecting) }, ...others];
}

function controls({ call, t, vocabulary, onClose }: PanelModel): TemplateResult | typeof nothing {
  const { screen } = call;
  if (needsCallback(call)) return html`${call.extras.callback?.controls(call, vocabulary) ?? nothing}`;
  const other = (words: string, look = '') =>
    html`<button part="callback" class="wide ${look}" type="button" @click=${() => call.choose(true)}>${words}</button>`;
  // A number that is left gets somebody; another try just now hardly does.
  const numberFirst = (again: string, retry: () => unknown, leaves: boolean) => html`
    <button part="again" class="wide ${leaves ? '' : 'main'}" type="button" @click=${() => void retry()}>${again}</button>
    ${leaves ? other(t(m.callback), 'main') : nothing}`;
  const hangUp = () => call.hangUp();
  switch (screen.name) {
    case 'idle':
    case 'callback':
    case 'calling-back':
      return nothing;
    case 'connecting':
    case 'asking':
      return html`<button part="cancel" class="wide" type="button" @click=${hangUp}>${t(m.cancel)}</button>`;
    case 'waiting':
      return html`${screen.view.callback.page || screen.view.callback.phone ? other(t(m.callback)) : nothing}
        <button part="leave" class="wide" type="button" @click=${hangUp}>${t(m.leave)}</button>`;
    case 'talking':
      return html`
        <button part="mute" class="round" type="button" aria-pressed=${call.muted} @click=${() => call.mute(!call.muted)}>
          <span>${call.muted ? microphoneOff : microphone}</span>${t(call.muted ? m.unmute : m.mute)}
        </button>
        <button part="hang-up" class="round" type="button" @click=${hangUp}>
          <span>${phone}</span>${t(m.hangUp)}
        </button>`;
    case 'ended':
      return html`
        <button part="close" class="wide" type="button" @click=${onClose}>${t(m.close)}</button>
        ${numberFirst(t(m.again), () => call.call(), call.takesNumber && !endedWell(screen))}`;
    case 'problem': {
      const { problem } = screen;
      const { problems } = call.extras;
      const ofProblem = isOffline(problem) ? undefined : vocabulary.get('problem');
      const { again, alone } =
        ofProblem && problems
          ? problems.nextSteps(ofProblem, t, problem, call.wayOut)
          : { again: problems === undefined && !isOffline(problem) ? undefined : t(m.tryAgain) };
      return html`
        <button part="close" class="wide" type="button" @click=${onClose}>${t(m.close)}</button>
        ${alone ? html`<button part="alone" class="wide main" type="button" @click=${alone.run}>${alone.label}</button>` : nothing}
        ${again ? numberFirst(again, () => call.retry(), call.takesNumber) : call.takesNumber ? other(t(m.callback), alone ? '' : 'main') : nothing}`;
    }
  }
}

const rep = ({ repName, repPhoto }: Talking, server: string) =>
  html`${initials(repName)}${repPhoto ? picture(server, repPhoto) : nothing}`;

/** `Ana Maria Silva` -> `AS`. By code point, so that no letter is cut in two. */
function initials(name: string): string {
  const names = name.trim().split(/\s+/);
  const first = [...(names[0] ?? '')][0] ?? '';
  const last = names.length > 1 ? ([...names.at(-1)!][0] ?? '') : '';
  return (first + last).toUpperCase();
}
