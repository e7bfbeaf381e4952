import { html, nothing, type TemplateResult } from 'lit';
import type { Texts } from '../../shared/i18n/message.ts';
import * as m from '../../shared/i18n/messages/button.ts';
import { type AppearanceSource, picture, placeOf, shapeOf } from './appearance.ts';
import type { Promised } from './availability.ts';
import { buttonStatus } from './button-status.ts';
import { phone, phoneOff } from './icons.ts';
import { serverOrigin } from './server-origin.ts';

type Host = AppearanceSource & {
  label: string;
  server: string;
  /** The voice code is being fetched, or could not be. */
  loading: boolean;
  stuck: boolean;
};

/**
 * The button as it is before a call, and in its place while the window of one is small.
 *
 * @param live what is said about a call that is on, in two lines
 * @param expanded the window is shown
 */
export function button(
  t: Texts<'button'>,
  host: Host,
  promised: Promised,
  live: [string, string] | undefined,
  expanded: boolean,
  onClick: () => void,
): TemplateResult {
  const { label, loading, stuck, appearance } = host;
  const { reach } = promised;
  const away = !live && reach !== 'open' && reach !== 'unknown';
  let below: unknown = live?.[1];
  if (loading) below = t(m.loading);
  else if (stuck) below = t(m.stuck);
  else
    below ??= html`<span class="dot ${reach === 'open' ? '' : 'away'}"></span>${buttonStatus(t, promised)}`;
  // What cannot be told by a picture is told in words.
  const bare = shapeOf(host) === 'round' && !live && !loading && !stuck;
  return html`
      <button part="button" type="button" class="${loading ? 'busy' : away ? 'away' : ''} ${bare ? 'bare' : ''}"
        popover=${placeOf(host) === 'inline' ? nothing : 'manual'} lang=${t.tag} dir=${t.direction}
        aria-haspopup="dialog" aria-expanded=${expanded} aria-busy=${loading}
        @click=${onClick}>
        <span part="badge"><slot name="icon">${away ? phoneOff : phone}${appearance?.logo ? picture(serverOrigin(host.server), appearance.logo) : nothing}</slot></span>
        <span><span part="label" dir="auto">${live?.[0] ?? html`<slot name="label">${label || promised.words?.label || t(m.label)}</slot>`}</span><span part="reach">${below}</span></span>
      </button>`;
}
