/** Being called back: the choice, the waiting for it, and the ringing. Fetched by those who need it. */
import { html, nothing, type TemplateResult } from 'lit';
import { weekdayAndTime } from './button-texts.ts';
import { callbackStyles } from './callback-styles.ts';
import { phone } from './icons.ts';
import type { Words } from './panel.ts';
import { ringTone } from './ring-tone.ts';
import type { ShopperCall } from './shopper-call.ts';
import { textsFor } from './texts.ts';

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
    number: 'Your telephone number',
    phone: 'Call this number',
    back: 'Go on waiting',
    close: 'Back',
    failed: 'That did not work. Please check the number and your connection.',
  },
  waiting: {
    title: 'We will call you back',
    page: 'Keep this page open. It will ring when it is your turn.',
    phone: (number: string) => `We will call ${number}. You can close this page.`,
    place: (place: number) => (place === 1 ? 'You are next.' : `You are number ${place} in line.`),
    missed: (at: string) => `We tried to reach you. We try again at ${at}.`,
    cancel: 'Do not call me',
  },
  ringing: {
    title: (rep: string) => `${rep} is calling you`,
    page: 'Answer to talk. Your browser may ask for the microphone.',
    phone: 'We are calling your number now.',
    answer: 'Answer',
    later: 'Not now',
  },
};

/** Said by screen readers, and shown on the collapsed button. */
function words({ screen }: Pick<ShopperCall, 'screen'>): Words {
  if (screen.name === 'calling-back') {
    const { title, page, phone } = texts.ringing;
    return { title: title(screen.view.repName), detail: screen.view.kind === 'page' ? page : phone };
  }
  if (screen.name !== 'callback') return { title: texts.choice.title, detail: texts.choice.detail };
  const { kind, phone: number, nextTryAt } = screen.view;
  const { title, page, phone, missed } = texts.waiting;
  if (nextTryAt !== null) return { title, detail: missed(weekdayAndTime(nextTryAt, language())) };
  return { title, detail: kind === 'page' ? page : phone(number ?? '') };
}

function body(call: ShopperCall): TemplateResult {
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
    ${screen.name === 'callback' && screen.view.nextTryAt === null ? standing(screen.view) : nothing}
    <p part="detail">${detail}</p>`;
}

function standing(view: Extract<ShopperCall['screen'], { name: 'callback' }>['view']): TemplateResult {
  const { wait, waiting } = textsFor(language());
  const { place, estimate } = view;
  return html`<p part="estimate">${texts.waiting.place(place)} ${estimate ? waiting.estimate(wait(estimate)) : ''}</p>`;
}

function choice(call: ShopperCall): TemplateResult {
  const { screen } = call;
  const offered = screen.name === 'waiting' ? screen.view.callback : { page: false, phone: call.takesNumber };
  const { detail, inLine, leave, page, pageHint, number, phone, failed } = texts.choice;
  const send = async (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const input = form.elements.namedItem('phone') as HTMLInputElement;
    input.setCustomValidity('');
    await call.callMeBack(input.value).catch(() => {
      input.setCustomValidity(failed);
      form.reportValidity();
    });
  };
  const ringPage = () => {
    // Asked from this click, as browsers want it; without it the page still rings.
    if ('Notification' in window && Notification.permission === 'default')
      void Notification.requestPermission();
    void call.callMeBack().catch(() => call.choose(false));
  };
  return html`
    <p part="detail">${screen.name === 'waiting' ? html`${detail} ${inLine}` : leave}</p>
    ${
      offered.page
        ? html`<button part="callback-page" class="wide main" type="button" @click=${ringPage}>${page}</button>
          <p class="promise">${pageHint}</p>`
        : nothing
    }
    ${
      offered.phone
        ? html`<form part="callback-phone" @submit=${send}>
            <label>${number}
              <input name="phone" type="tel" autocomplete="tel" required minlength="4" maxlength="40"
                @input=${(event: Event) => (event.target as HTMLInputElement).setCustomValidity('')}></label>
            <button class="wide ${offered.page ? '' : 'main'}" type="submit">${phone}</button>
          </form>`
        : nothing
    }`;
}

function controls(call: ShopperCall): TemplateResult {
  const { screen } = call;
  if (call.choosing) {
    const words = screen.name === 'waiting' ? texts.choice.back : texts.choice.close;
    return html`<button part="back" class="wide" type="button" @click=${() => call.choose(false)}>${words}</button>`;
  }
  if (screen.name === 'calling-back' && screen.view.kind === 'page') {
    const { callId } = screen.view;
    return html`
      <button part="later" class="wide" type="button" @click=${() => call.putOff(callId)}>${texts.ringing.later}</button>
      <button part="answer" class="wide main" type="button" @click=${() => void call.answerBack(callId)}>${texts.ringing.answer}</button>`;
  }
  return html`<button part="leave" class="wide" type="button" @click=${() => call.hangUp()}>${texts.waiting.cancel}</button>`;
}

let notification: Notification | undefined;
let silence: (() => void) | undefined;

/** Rings for that rep, or (`null`) not. A page that nobody looks at shows a notification too, where that is allowed. */
function ring(repName: string | null): void {
  if (repName === null) {
    silence?.();
    silence = undefined;
    notification?.close();
    notification = undefined;
    return;
  }
  silence ??= ringTone();
  if (notification || document.visibilityState === 'visible') return;
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  try {
    notification = new Notification(texts.ringing.title(repName), {
      body: texts.ringing.page,
      tag: 'talk-to-us',
    });
    notification.onclick = () => {
      window.focus();
      notification?.close();
    };
  } catch {
    // Android allows them from service workers only; the page itself still rings.
  }
}

/** What the panel and the call use, once fetched. */
export const callback = { words, body, controls, ring, styles: callbackStyles };
export type CallbackFace = typeof callback;
