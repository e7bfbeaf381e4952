import { html, type TemplateResult } from 'lit';
import type { OpenSpan } from '../../../shared/settings.ts';
import { icons } from '../../ui/icons.ts';
import { replaced } from '../form/draft.ts';
import { messageAt, type Problem } from '../form/problem.ts';
import { nextSpan, shownEnd, writtenEnd } from './hours-presets.ts';
import { timeOfDay } from './open-now.ts';
import { queueTexts as texts } from './texts.ts';

/** The opening times of one day; none at all means closed. `of`: the day, in words; `id`: of the button that adds one. */
export function spans(day: {
  path: string;
  of: string;
  id: string;
  open: readonly OpenSpan[];
  problem: Problem | null;
  set: (open: OpenSpan[]) => void;
  focus: (selector: string) => void;
}): TemplateResult {
  const { path, of, id, open, problem, set, focus } = day;
  const wrong = (i: number) =>
    messageAt(problem, `${path}.${i}`, true) || messageAt(problem, path) ? 'true' : 'false';
  const typed = (event: Event) => (event.target as HTMLInputElement).value;
  return html`<div class="spans">
    ${open.length === 0 ? html`<span class="closed">${texts.closedAllDay}</span>` : ''}
    ${open.map(
      (span, i) => html`<span class="span">
        <input type="time" id="${id}-${i}" aria-label=${texts.opens({ of })} aria-invalid=${wrong(i)} .value=${span.from}
          @input=${(event: Event) => set(replaced(open, i, { ...span, from: typed(event) }))} />
        <span>${texts.to}</span>
        <input type="time" aria-label=${texts.closes({ of })} aria-invalid=${wrong(i)} .value=${shownEnd(span.to)}
          @input=${(event: Event) => set(replaced(open, i, { ...span, to: writtenEnd(typed(event)) }))} />
        <button type="button" class="button quiet round" aria-label=${texts.removeSpan({ of, from: timeOfDay(span.from), to: timeOfDay(shownEnd(span.to)) })}
          @click=${() => {
            set(replaced(open, i));
            focus(`#${id}`);
          }}>${icons.cross}</button>
      </span>`,
    )}
    <button type="button" class="button quiet round" id=${id} aria-label=${texts.addSpan({ of })}
      @click=${() => {
        set([...open, nextSpan(open)]);
        focus(`#${id}-${open.length}`);
      }}>${icons.plus}</button>
  </div>`;
}
