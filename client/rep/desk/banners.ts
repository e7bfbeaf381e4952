import { html, type TemplateResult } from 'lit';
import { icons } from '../look/icons.ts';
import type { Notice, PhoneSession, PhoneState } from '../session/phone-session.ts';
import { texts } from '../texts.ts';

/** What is wrong right now, most pressing first. */
export function banners(state: PhoneState, session: PhoneSession, soundBlocked: boolean): TemplateResult[] {
  const { link, view, notice, silenced, heldBy, microphone, busy } = state;
  const list: TemplateResult[] = [];
  if (link.state === 'reconnecting' && view)
    list.push(
      html`<div class="note warn" role="status">${icons.wifiOff}
          <p>${view.work.state === 'talking' ? texts.reconnectingInCall : texts.reconnecting}</p>
          <span class="spinner"></span></div>`,
    );
  if (view && heldBy !== 'this')
    list.push(
      html`<div class="note info" role="status">${icons.window}
          <p>${view.work.state === 'talking' ? texts.elsewhereInCall : texts.elsewhere}</p>
          <button class="button small" aria-disabled=${busy.has('take-over') ? 'true' : 'false'}
            @click=${() => session.takeOver()}>${texts.useHere}</button></div>`,
    );
  if (microphone === 'silent' || microphone === 'taken')
    list.push(
      html`<div class="note bad" role="alert">${icons.microphoneOff}<p>${texts.microphoneIs[microphone]}</p></div>`,
    );
  if (silenced || (soundBlocked && view?.status === 'available'))
    list.push(
      html`<div class="note info" role="status">${icons.speaker}<p>${texts.soundBlocked}</p>
          <button class="button small" @click=${() => session.play()}>${texts.soundOn}</button></div>`,
    );
  if (notice) {
    list.push(
      html`<div class="note ${notice.about === 'mic-lost-in-call' ? 'bad' : 'warn'}" role="alert">${icons.warning}<p>${noticeText(notice)}</p>
          <button class="button quiet round" aria-label=${texts.dismiss} @click=${() => session.dismissNotice()}>
            ${icons.cross}
          </button></div>`,
    );
  }
  return list;
}

function noticeText(notice: Notice): string {
  switch (notice.about) {
    case 'mic-lost':
      return texts.micLost;
    case 'mic-lost-in-call':
      return texts.micLostInCall;
    case 'mic-switched':
      return texts.micSwitched;
    case 'request': {
      const table: Record<string, string> = texts.failed;
      return table[notice.code] ?? texts.failed.other;
    }
  }
  return notice satisfies never;
}
