/** Being called back: the choice, the waiting for it, and the ringing. Fetched by those who need it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { CallId } from '../../../shared/ids.ts';
import { SignalingError } from '../../voice/connection.ts';
import { weekdayAndTime } from '../button-texts.ts';
import { phone } from '../icons.ts';
import type { ShownCall } from '../shown-call.ts';
import type { Words } from '../states.ts';
import { textsFor } from '../texts.ts';
import { allowPush, canPush, forget, keep, notify } from './push.ts';
import { ringTone } from './ring-tone.ts';
import { ringingTexts } from './ringing.ts';
import { callbackStyles } from './styles.ts';

const language = () => document.documentElement.lang || navigator.language;

/** English; other languages beside it. */
const texts = {
  choice: {
    title: 'We call you back',
    detail: 'You keep your place in line and need not listen.',
    inLine: 'When it is your turn:',
    leave: 'Nobody can answer now. Leave your number, and we call you.',
    page: 'Ring this page',
    pageHint: 'Keep this page open; your computer or phone will ring.',
    pushHint: 'Your computer or phone will ring. Allow notifications, and you can close this page.',
    number: 'Your telephone number',
    phone: 'Call this number',
    back: 'Go on waiting',
    close: 'Back',
    failed: 'That did not work. Please check the number and your connection.',
  },
  waiting: {
    title: 'We will call you back',
    page: 'Keep this page open. It will ring when it is your turn.',
    push: 'You can close this page. A notification will call you when it is your turn.',
    phone: (number: string, when: string) =>
      `We will call ${number}${when && `, after we open on ${when}`}. You can close this page.`,
    place: (place: number) => (place === 1 ? 'You are next.' : `You are number ${place} in line.`),
    missed: (at: string) => `We tried to reach you. We try again at ${at}.`,
    cancel: 'Do not call me',
  },
  ringing: {
    title: ringingTexts.title,
    page: ringingTexts.detail,
    phone: 'We are calling your number now.',
    answer: 'Answer',
    later: 'Not now',
  },
};

/** Said by screen readers, and shown on the collapsed button. */
function words({ screen }: Pick<ShownCall, 'screen'>): Words {
  if (screen.name === 'calling-back') {
    const { title, page, phone } = texts.ringing;
    return { title: title(screen.view.repName), detail: screen.view.kind === 'page' ? page : phone };
  }
  if (screen.name !== 'callback') return { title: texts.choice.title, detail: texts.choice.detail };
  const { kind, phone: number, push: pushes, nextTryAt, opensAt } = screen.view;
  const { title, page, push, phone, missed } = texts.waiting;
  if (nextTryAt !== null) return { title, detail: missed(weekdayAndTime(nextTryAt, language())) };
  const when = opensAt === null ? '' : weekdayAndTime(opensAt, language());
  if (kind === 'phone') return { title, detail: phone(number ?? '', when) };
  return { title, detail: pushes ? push : page };
}

function body(call: ShownCall): TemplateResult {
  const { title, detail } = words(call);
  const { screen } = call;
  const rings = screen.name === 'calling-back';
  const figure = html`<div class="stage ${rings ? 'ringing' : 'calm'}" aria-hidden="true">
      ${rings ? html`<div class="ripple"></div><div class="ripple"></div>` : nothing}<div part="figure">${phone}</div>
    </div>`;
  if (call.choosing) return html`${figure}<p part="headline">${title}</p>${choice(call)}`;
  return html`
    ${figure}
    <p part="headline">${title}</p>
    ${screen.name === 'callback' && screen.view.nextTryAt === null && !screen.view.closed ? standing(screen.view) : nothing}
    <p part="detail">${detail}</p>`;
}

function standing(view: Extract<ShownCall['screen'], { name: 'callback' }>['view']): TemplateResult {
  const { wait, waiting } = textsFor(language());
  const { place, estimate } = view;
  return html`<p part="estimate">${texts.waiting.place(place)} ${estimate ? waiting.estimate(wait(estimate)) : ''}</p>`;
}

function choice(call: ShownCall): TemplateResult {
  const { screen } = call;
  const offered = screen.name === 'waiting' ? screen.view.callback : { page: false, phone: call.takesNumber };
  const { detail, inLine, leave, page, pageHint, pushHint, number, phone, failed } = texts.choice;
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
    if (!input.checkValidity()) return tell(input.validationMessage);
    await call.callMeBack(input.value).catch(error => {
      // What is wrong with a number, or why it is not called, only the server knows, and says in words.
      tell(error instanceof SignalingError && /number|blocked/.test(error.code) ? error.message : failed);
    });
  };
  const ringPage = () => {
    // Asked from this click, as browsers want it; without it the page still rings.
    const allowed = 'Notification' in window ? Notification.requestPermission() : Promise.resolve('denied');
    void call.callMeBack().then(
      async ({ callId, pushKey }) => {
        if (pushes && (await allowed) === 'granted') await allowPush(call, callId, pushKey).catch(() => {});
      },
      () => call.choose(false),
    );
  };
  return html`
    <p part="detail">${screen.name === 'waiting' ? html`${detail} ${inLine}` : leave}</p>
    ${
      offered.page
        ? html`<button part="callback-page" class="wide main" type="button" @click=${ringPage}>${page}</button>
          <p class="promise">${pushes ? pushHint : pageHint}</p>`
        : nothing
    }
    ${
      offered.phone
        ? html`<form part="callback-phone" novalidate @submit=${send}>
            <label>${number}
              <input name="phone" type="tel" autocomplete="tel" required maxlength="200" aria-describedby="problem"
                @input=${(event: Event) => say((event.target as HTMLInputElement).form, '')}></label>
            <p part="callback-problem" id="problem" role="alert"></p>
            <button class="wide ${offered.page ? '' : 'main'}" type="submit">${phone}</button>
          </form>`
        : nothing
    }`;
}

/** What is wrong with the number; empty for nothing. */
function say(form: HTMLFormElement | null, problem: string): void {
  form?.querySelector('input')?.setAttribute('aria-invalid', `${problem !== ''}`);
  form?.querySelector('[role=alert]')?.replaceChildren(problem);
}

function controls(call: ShownCall): TemplateResult {
  const { screen } = call;
  if (call.choosing) {
    const words = screen.name === 'waiting' ? texts.choice.back : texts.choice.close;
    return html`<button part="back" class="wide" type="button" @click=${() => call.choose(false)}>${words}</button>`;
  }
  if (screen.name === 'calling-back' && screen.view.kind === 'page') {
    const { callId } = screen.view;
    return html`
      <button part="later" class="wide" type="button" @click=${() => putOff(call, callId)}>${texts.ringing.later}</button>
      <button part="answer" class="wide main" type="button" @click=${() => void call.answerBack(callId)}>${texts.ringing.answer}</button>`;
  }
  return html`<button part="leave" class="wide" type="button" @click=${() => call.hangUp()}>${texts.waiting.cancel}</button>`;
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
  unnotify ??= notify(host.serviceWorker(), screen.view.repName);
}

/** What the panel and the call use, once fetched. */
export const callback = { words, body, controls, follow, styles: callbackStyles };
export type CallbackFace = typeof callback;
