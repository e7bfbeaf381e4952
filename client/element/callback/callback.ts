/** Being called back: the choice, the waiting for it, and the ringing. Fetched by those who need it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Texts } from '../../../shared/i18n/message.ts';
import { sentences } from '../../../shared/i18n/messages/call.ts';
import * as m from '../../../shared/i18n/messages/callback.ts';
import type { CallId } from '../../../shared/ids.ts';
import { phone } from '../icons.ts';
import type { ShownCall } from '../shown-call.ts';
import type { Words } from '../states.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { whyNot } from './bad-number.ts';
import { allowPush, canPush, forget, keep, notify } from './push.ts';
import { ringTone } from './ring-tone.ts';
import { type RingingWords, repPlace } from './ringing.ts';
import { callbackStyles } from './styles.ts';

/** Its words of callbacks are fetched along with this code. */
type Vocabularies = Pick<Vocabulary, 'get'>;

/** Said by screen readers, and shown on the collapsed button. */
function words({ screen }: Pick<ShownCall, 'screen'>, vocabulary: Vocabularies): Words | undefined {
  const t = vocabulary.get('callback');
  if (!t) return undefined;
  if (screen.name === 'calling-back') {
    const { repName: rep, kind } = screen.view;
    return { title: t(m.ringing, { rep }), detail: t(kind === 'page' ? m.ringingDetail : m.dialling) };
  }
  if (screen.name !== 'callback') return { title: t(m.choice), detail: t(m.choiceDetail) };
  return { title: t(m.title), detail: whatComes(t, screen.view) };
}

type Kept = Extract<ShownCall['screen'], { name: 'callback' }>['view'];

function whatComes(t: Texts<'callback'>, view: Kept): string {
  const { kind, phone, push, nextTryAt, opensAt } = view;
  if (nextTryAt !== null) return t(m.missed, { at: nextTryAt });
  if (kind !== 'phone') return t(push ? m.push : m.page);
  const number = phone ?? '';
  return opensAt === null ? t(m.phone, { number }) : t(m.phoneOpens, { number, at: opensAt });
}

/** @param wait how long it will probably take, in words; empty where nobody knows */
function body(
  call: ShownCall,
  ofCall: Texts<'call'>,
  vocabulary: Vocabularies,
  wait: string,
): TemplateResult | undefined {
  const t = vocabulary.get('callback');
  const worded = words(call, vocabulary);
  if (!t || !worded) return undefined;
  const { title, detail } = worded;
  const { screen } = call;
  const rings = screen.name === 'calling-back';
  const figure = html`<div class="stage ${rings ? 'ringing' : 'calm'}" aria-hidden="true">
      ${rings ? html`<div class="ripple"></div><div class="ripple"></div>` : nothing}<div part="figure">${phone}</div>
    </div>`;
  if (call.choosing) return html`${figure}<p part="headline">${title}</p>${choice(call, t)}`;
  return html`
    ${figure}
    <p part="headline" dir="auto">${title}</p>
    ${screen.name === 'callback' && screen.view.nextTryAt === null && !screen.view.closed ? standing(t, screen.view, ofCall, wait) : nothing}
    <p part="detail" dir="auto">${detail}</p>`;
}

function standing(
  t: Texts<'callback'>,
  { place }: Kept,
  ofCall: Texts<'call'>,
  wait: string,
): TemplateResult {
  const first = place === 1 ? t(m.next) : t(m.place, { place });
  return html`<p part="estimate">${wait ? ofCall(sentences, { first, second: wait }) : first}</p>`;
}

function choice(call: ShownCall, t: Texts<'callback'>): TemplateResult {
  const { screen } = call;
  const offered = screen.name === 'waiting' ? screen.view.callback : { page: false, phone: call.takesNumber };
  const pushes = canPush(call.host.serviceWorker());
  const send = async (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const input = form.elements.namedItem('phone') as HTMLInputElement;
    // Words beside the field: a browser's bubble lies over the buttons and goes away by itself.
    const tell = (problem: string) => {
      say(form, problem);
      input.focus();
    };
    if (!input.checkValidity()) return tell(t(m.numberMissing));
    await call.callMeBack(input.value).catch(error => tell(whyNot(t, error)));
  };
  const ringPage = () => {
    // Asked from this click, as browsers want it; without it the page still rings.
    const allowed = 'Notification' in window ? Notification.requestPermission() : Promise.resolve('denied');
    void call.callMeBack().then(
      async ({ callId, pushKey }) => {
        if (pushes && (await allowed) === 'granted')
          await allowPush(call, callId, pushKey, ringingWords(t)).catch(() => {});
      },
      () => call.choose(false),
    );
  };
  return html`
    <p part="detail">${t(screen.name === 'waiting' ? m.choiceDetail : m.leaveNumber)}</p>
    ${
      offered.page
        ? html`<button part="callback-page" class="wide main" type="button" @click=${ringPage}>${t(m.ringPage)}</button>
          <p class="promise">${t(pushes ? m.pushHint : m.pageHint)}</p>`
        : nothing
    }
    ${
      offered.phone
        ? html`<form part="callback-phone" novalidate @submit=${send}>
            <label>${t(m.number)}
              <input name="phone" type="tel" autocomplete="tel" required maxlength="200" aria-describedby="problem"
                @input=${(event: Event) => say((event.target as HTMLInputElement).form, '')}></label>
            <p part="callback-problem" id="problem" role="alert"></p>
            <button class="wide ${offered.page ? '' : 'main'}" type="submit">${t(m.callNumber)}</button>
          </form>`
        : nothing
    }`;
}

/** For a notification; the worker of a shop knows who rings only when it has to show one. */
const ringingWords = (t: Texts<'callback'>): RingingWords => ({
  title: t(m.ringing, { rep: repPlace }),
  detail: t(m.ringingDetail),
  lang: t.tag,
  dir: t.direction,
});

/** What is wrong with the number; empty for nothing. */
function say(form: HTMLFormElement | null, problem: string): void {
  form?.querySelector('input')?.setAttribute('aria-invalid', `${problem !== ''}`);
  form?.querySelector('[role=alert]')?.replaceChildren(problem);
}

function controls(call: ShownCall, vocabulary: Vocabularies): TemplateResult | undefined {
  const t = vocabulary.get('callback');
  if (!t) return undefined;
  const { screen } = call;
  if (call.choosing) {
    const words = t(screen.name === 'waiting' ? m.backToLine : m.back);
    return html`<button part="back" class="wide" type="button" @click=${() => call.choose(false)}>${words}</button>`;
  }
  if (screen.name === 'calling-back' && screen.view.kind === 'page') {
    const { callId } = screen.view;
    return html`
      <button part="later" class="wide" type="button" @click=${() => putOff(call, callId)}>${t(m.later)}</button>
      <button part="answer" class="wide main" type="button" @click=${() => void call.answerBack(callId)}>${t(m.answer)}</button>`;
  }
  return html`<button part="leave" class="wide" type="button" @click=${() => call.hangUp()}>${t(m.cancel)}</button>`;
}

/** Not now: tried again later. */
function putOff(call: ShownCall, callId: CallId): void {
  call.ask('callback.put-off', { callId }).catch(() => {});
}

let silence: (() => void) | undefined;
let unnotify: (() => void) | undefined;

/** Rings while the call does, and keeps it for a tab that a push opens. A page that nobody looks at shows a notification. */
function follow({ screen, host }: Pick<ShownCall, 'screen' | 'host'>): void {
  const { name } = screen;
  if (name === 'callback' && screen.view.push) keep(host.memory);
  else if (name === 'talking' || name === 'ended' || name === 'idle') forget(host.memory);
  if (name !== 'calling-back' || screen.view.kind !== 'page') {
    silence?.();
    unnotify?.();
    silence = unnotify = undefined;
    return;
  }
  silence ??= ringTone();
  if (document.visibilityState === 'visible') return;
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const t = host.vocabulary().get('callback');
  if (t) unnotify ??= notify(host.serviceWorker(), ringingWords(t), screen.view.repName);
}

/** What the panel and the call use, once fetched. */
export const callback = { words, body, controls, follow, styles: callbackStyles };
export type CallbackFace = typeof callback;
