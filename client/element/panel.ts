import { html, nothing, type TemplateResult } from 'lit';
import type { Promised } from './availability.ts';
import type { Extras } from './extras.ts';
import { phone } from './icons.ts';
import { alert, close, collapse, done, microphone, microphoneOff } from './panel-icons.ts';
import type { ShopperCall } from './shopper-call.ts';
import { isLive, type Screen, type Words } from './states.ts';
import { clock, type Texts } from './texts.ts';

export type PanelModel = {
  call: ShopperCall;
  texts: Texts;
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
  const { call, texts } = model;
  const { title, detail } = words(model);
  return [title, detail, ...notices(call, texts).map(notice => notice.text)].filter(Boolean).join(' ');
}

/** Two lines about a live call, for the collapsed button. */
export function summary(model: PanelModel): [string, string] {
  const { call, texts } = model;
  const { screen } = call;
  const { title } = words(model);
  const line = screen.name === 'talking' ? `${clock(call.now - screen.view.since)} · ${title}` : title;
  return [line, texts.panel.expand];
}

/** The panel for the present screen. */
export function panel(model: PanelModel): TemplateResult {
  const { call, texts, shop } = model;
  const live = isLive(call.screen);
  return html`
    <section part="panel" id="panel" popover="manual" role="dialog" aria-labelledby="title" tabindex="-1" data-state=${call.screen.name}>
      <div part="header">
        <h2 part="title" id="title">${texts.panel.title(shop)}</h2>
        <button part="collapse" class="small" type="button"
          aria-label=${live ? texts.panel.collapse : texts.panel.close}
          @click=${live ? model.onCollapse : model.onClose}>${live ? collapse : close}</button>
      </div>
      <div part="body">${body(model)}</div>
      <div part="controls">${controls(model)}</div>
      <slot name="footer"></slot>
    </section>`;
}

function body(model: PanelModel): TemplateResult {
  const { call, texts } = model;
  if (needsCallback(call)) return html`${call.extras.callback?.body(call) ?? stage(call.screen)}`;
  const { screen } = call;
  const { title, detail } = words(model);
  return html`
    ${stage(screen)}
    <p part="headline">${title}</p>
    ${extras(call, texts)}
    ${detail && screen.name !== 'talking' ? html`<p part="detail">${detail}</p>` : nothing}
    ${call.extras.announcer?.toggle() ?? nothing}
    ${screen.name === 'asking' ? html`<p class="promise">${texts.asking.promise}</p>` : nothing}
    ${notices(call, texts).map(
      ({ text, action }) => html`<div part="notice">${text}
        ${action && html`<button type="button" @click=${action.run}>${action.label}</button>`}</div>`,
    )}`;
}

type Worded = Pick<PanelModel, 'texts' | 'promised'> & {
  call: Pick<ShopperCall, 'screen' | 'muted' | 'wayOut'> & { extras: Pick<Extras, 'callback'> };
};

/** Of the present screen. The shop's own words stand in for ours where it has some. */
export function words({ call, texts, promised }: Worded): Words {
  const { screen } = call;
  switch (screen.name) {
    case 'idle':
      return { title: '', detail: '' };
    case 'connecting':
      return screen.rejoining ? texts.rejoining : texts.connecting;
    case 'asking':
      return texts.asking;
    case 'waiting': {
      const { ringing, returned, place, message, setback } = screen.view;
      if (ringing) return { title: texts.waiting.ringing, detail: texts.waiting.ringingDetail };
      return {
        title: place === 1 ? texts.waiting.next : texts.waiting.place(place),
        detail: returned
          ? texts.waiting.returned
          : setback
            ? texts.waiting[setback]
            : message || texts.waiting.music,
      };
    }
    case 'callback':
    case 'calling-back':
      return call.extras.callback?.words(call) ?? texts.connecting;
    case 'talking':
      return { title: screen.view.repName, detail: call.muted ? texts.talking.muted : texts.talking.detail };
    case 'ended': {
      const { reason, repName, talkMs } = screen;
      const talked = talkMs > 0;
      const detail = texts.ended.detail(reason, talked);
      return {
        title: texts.ended.title(reason, talked),
        detail: talked ? `${detail} ${texts.ended.talked(repName, clock(talkMs))}`.trim() : detail,
      };
    }
    case 'problem': {
      const { problem } = screen;
      const { title, detail } = texts.problems[problem];
      if (call.wayOut) return { title, detail: call.wayOut.detail };
      const { reach, opensAt, message } = promised;
      // The shop's own words are about this problem, and no other.
      const own = problem === reach ? message : '';
      const opens = problem === 'closed' && opensAt !== null ? texts.opens(opensAt) : '';
      return { title, detail: [own, opens].filter(Boolean).join(' ') || detail };
    }
  }
}

/** A tick stands for what went as somebody wished it. */
const endedWell = ({ reason, talkMs }: Extract<Screen, { name: 'ended' }>) =>
  talkMs > 0 || reason === 'shopper-hung-up' || reason === 'callback-done';

/** The round figure that tells the state without words. */
function stage(screen: Screen): TemplateResult {
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
      return figure(screen.view.place, ripples);
    case 'talking':
      return figure(initials(screen.view.repName), html`<div class="halo"></div>`);
    case 'ended':
      return endedWell(screen) ? figure(done, nothing, 'calm') : figure(alert, nothing, 'warn');
    case 'problem':
      return figure(alert, nothing, 'warn');
  }
}

function extras(call: ShopperCall, texts: Texts): TemplateResult | typeof nothing {
  const { screen } = call;
  if (screen.name === 'waiting') {
    const { estimate, ringing } = screen.view;
    if (!estimate || ringing) return nothing;
    return html`<p part="estimate">${texts.waiting.estimate(texts.wait(estimate))}</p>`;
  }
  if (screen.name !== 'talking') return nothing;
  return html`
    <p part="timer"><span role="timer" aria-label=${texts.talking.timer}>${clock(call.now - screen.view.since)}</span
      >${call.muted ? html` · ${texts.talking.muted}` : nothing}</p>
    <div class="waves" aria-hidden="true"><i></i><i></i><i></i><i></i><i></i><i></i><i></i></div>`;
}

type Notice = { text: string; action?: { label: string; run: () => void } };

function notices(call: ShopperCall, texts: Texts): Notice[] {
  const { screen } = call;
  const list: Notice[] = [];
  if (call.reconnecting) {
    const { reconnecting, reconnectingInLine } = texts.notices;
    list.push({ text: screen.name === 'waiting' ? reconnectingInLine : reconnecting });
  }
  if (call.elsewhere && (screen.name === 'waiting' || screen.name === 'talking')) {
    const { elsewhere, bringHere } = texts.notices;
    list.push({ text: elsewhere, action: { label: bringHere, run: () => call.bringHere() } });
  }
  if (call.microphone === 'silent' || call.microphone === 'taken') {
    const { microphoneIs, microphoneRetry } = texts.notices;
    list.push({
      text: microphoneIs[call.microphone],
      action: { label: microphoneRetry, run: () => void call.findMicrophone() },
    });
  }
  if (call.microphoneLost) {
    const { microphoneLost, microphoneRetry } = texts.notices;
    list.push({
      text: microphoneLost,
      action: { label: microphoneRetry, run: () => void call.findMicrophone() },
    });
  }
  if (call.silenced) {
    const { silenced, listen } = texts.notices;
    list.push({ text: silenced, action: { label: listen, run: () => call.listen() } });
  }
  // While cut off from the server nobody knows how the rep is.
  if (screen.name === 'talking' && !call.reconnecting) {
    if (screen.view.repLost) list.push({ text: texts.talking.repLost(screen.view.repName) });
    else if (screen.view.repMuted) list.push({ text: texts.talking.repMuted(screen.view.repName) });
    else if (screen.view.repMicrophone !== 'ok')
      list.push({ text: texts.talking.repMicrophone(screen.view.repName) });
  }
  return list;
}

function controls({ call, texts, onClose }: PanelModel): TemplateResult | typeof nothing {
  const { screen } = call;
  if (needsCallback(call)) return html`${call.extras.callback?.controls(call) ?? nothing}`;
  const other = (words: string, look = '') =>
    html`<button part="callback" class="wide ${look}" type="button" @click=${() => call.choose(true)}>${words}</button>`;
  // A number that is left gets somebody; another try just now hardly does.
  const numberFirst = (again: string, retry: () => unknown, leaves: boolean) => html`
    <button part="again" class="wide ${leaves ? '' : 'main'}" type="button" @click=${() => void retry()}>${again}</button>
    ${leaves ? other(texts.controls.callback, 'main') : nothing}`;
  const hangUp = () => call.hangUp();
  switch (screen.name) {
    case 'idle':
    case 'callback':
    case 'calling-back':
      return nothing;
    case 'connecting':
    case 'asking':
      return html`<button part="cancel" class="wide" type="button" @click=${hangUp}>${texts.controls.cancel}</button>`;
    case 'waiting':
      return html`${screen.view.callback.page || screen.view.callback.phone ? other(texts.controls.callback) : nothing}
        <button part="leave" class="wide" type="button" @click=${hangUp}>${texts.controls.leave}</button>`;
    case 'talking':
      return html`
        <button part="mute" class="round" type="button" aria-pressed=${call.muted} @click=${() => call.mute(!call.muted)}>
          <span>${call.muted ? microphoneOff : microphone}</span>${call.muted ? texts.controls.unmute : texts.controls.mute}
        </button>
        <button part="hang-up" class="round" type="button" @click=${hangUp}>
          <span>${phone}</span>${texts.controls.hangUp}
        </button>`;
    case 'ended':
      return html`
        <button part="close" class="wide" type="button" @click=${onClose}>${texts.ended.close}</button>
        ${numberFirst(texts.ended.again, () => call.call(), call.takesNumber && !endedWell(screen))}`;
    case 'problem': {
      const { again } = texts.problems[screen.problem];
      return html`
        <button part="close" class="wide" type="button" @click=${onClose}>${texts.panel.close}</button>
        ${
          call.wayOut?.open
            ? html`<button part="alone" class="wide main" type="button" @click=${call.wayOut.open}>${call.wayOut.action}</button>`
            : nothing
        }
        ${again ? numberFirst(again, () => call.retry(), call.takesNumber) : call.takesNumber ? other(texts.controls.callback, call.wayOut?.open ? '' : 'main') : nothing}`;
    }
  }
}

/** `Ana Maria Silva` -> `AS`. By code point, so that no letter is cut in two. */
function initials(name: string): string {
  const names = name.trim().split(/\s+/);
  const first = [...(names[0] ?? '')][0] ?? '';
  const last = names.length > 1 ? ([...names.at(-1)!][0] ?? '') : '';
  return (first + last).toUpperCase();
}
