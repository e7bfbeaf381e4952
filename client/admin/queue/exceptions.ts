import { html, nothing, type TemplateResult } from 'lit';
import type { BusinessHours } from '../../../shared/settings.ts';
import { icons } from '../../ui/icons.ts';
import { problemAt } from '../form/controls.ts';
import { replaced } from '../form/draft.ts';
import { messageAt } from '../form/problem.ts';
import { adminTexts } from '../texts.ts';
import type { HoursForm } from './queue-form.ts';
import { spans } from './spans.ts';
import { queueTexts as texts } from './texts.ts';
import { dateAfter, momentOf, wallClock } from './zone.ts';
import { zoneName } from './zone-name.ts';

const typed = (event: Event) => (event.target as HTMLInputElement).value;
/** `what`: its name; `otherwise`: the words where it has none. */
const removeButton = (what: string, otherwise: string, act: () => void) =>
  html`<button type="button" class="button quiet round" aria-label=${what ? adminTexts.remove({ what }) : otherwise} @click=${act}>${icons.cross}</button>`;

/** Days with hours of their own, and one-off closures. */
export function exceptions(form: HoursForm, plan: BusinessHours): TemplateResult {
  const set = (change: Partial<BusinessHours>) => form.set({ hours: { ...plan, ...change } });
  return html`${holidays(form, plan, set)} ${closures(form, plan, set)}`;
}

type Set = (change: Partial<BusinessHours>) => void;

function holidays(form: HoursForm, { holidays: list, timeZone }: BusinessHours, set: Set): TemplateResult {
  const { problem } = form;
  const row = (holiday: (typeof list)[number], i: number) => {
    const path = `hours.holidays.${i}`;
    const change = (by: Partial<typeof holiday>) =>
      set({ holidays: replaced(list, i, { ...holiday, ...by }) });
    return html`<li data-field=${path}>
      <input type="date" id="holiday-${i}" aria-label=${texts.holidayDate({ n: i + 1 })} .value=${holiday.date}
        aria-invalid=${messageAt(problem, `${path}.date`) ? 'true' : 'false'}
        @input=${(event: Event) => change({ date: typed(event) })} />
      <span class="grow"><input type="text" aria-label=${texts.holidayName({ n: i + 1 })} maxlength="80"
        placeholder=${texts.holidayNamePlaceholder} .value=${holiday.name}
        @input=${(event: Event) => change({ name: typed(event) })} /></span>
      ${spans({
        path: `${path}.open`,
        of: holiday.name || texts.holiday({ n: i + 1 }),
        id: `open-holiday-${i}`,
        open: holiday.open,
        problem,
        set: open => change({ open }),
        focus: selector => form.focus(selector),
      })}
      ${removeButton(holiday.name, texts.removeHoliday({ n: i + 1 }), () => {
        set({ holidays: replaced(list, i) });
        form.focus('#add-holiday');
      })}
      ${problemAt(problem, path)}
    </li>`;
  };
  return html`<div class="part" data-field="hours.holidays">
    <div><h3>${texts.holidays}</h3><p class="hint">${texts.holidaysLead}</p></div>
    ${list.length > 0 ? html`<ul class="rows">${list.map(row)}</ul>` : nothing}
    ${problem?.field === 'hours.holidays' ? problemAt(problem, 'hours.holidays', false) : nothing}
    <div class="actions"><button type="button" class="button small" id="add-holiday"
      @click=${() => {
        const date = list.at(-1)?.date || wallClock(form.now, timeZone).slice(0, 10);
        set({ holidays: [...list, { date: dateAfter(date, 1), name: '', open: [] }] });
        form.focus(`#holiday-${list.length}`);
      }}>${icons.plus}${texts.addHoliday}</button></div>
  </div>`;
}

function closures(form: HoursForm, { closures: list, timeZone }: BusinessHours, set: Set): TemplateResult {
  const { problem } = form;
  const row = (closure: (typeof list)[number], i: number) => {
    const path = `hours.closures.${i}`;
    const change = (by: Partial<typeof closure>) =>
      set({ closures: replaced(list, i, { ...closure, ...by }) });
    const edge = (
      which: 'from' | 'to',
      label: string,
    ) => html`<input type="datetime-local" id="closure-${which}-${i}"
      aria-label=${label} aria-invalid=${messageAt(problem, path, true) ? 'true' : 'false'}
      .value=${Number.isNaN(closure[which]) ? '' : wallClock(closure[which], timeZone)}
      @change=${(event: Event) => change({ [which]: momentOf(typed(event), timeZone) })} />`;
    return html`<li data-field=${path}>
      <span class="span">${edge('from', texts.closureFrom({ n: i + 1 }))}<span>${texts.to}</span>${edge('to', texts.closureTo({ n: i + 1 }))}</span>
      <span class="grow"><input type="text" aria-label=${texts.closureReason({ n: i + 1 })} maxlength="80"
        placeholder=${texts.closureReasonPlaceholder} .value=${closure.reason}
        @input=${(event: Event) => change({ reason: typed(event) })} /></span>
      ${removeButton(closure.reason, texts.removeClosure({ n: i + 1 }), () => {
        set({ closures: replaced(list, i) });
        form.focus('#add-closure');
      })}
      ${problemAt(problem, path)}
    </li>`;
  };
  return html`<div class="part" data-field="hours.closures">
    <div><h3>${texts.closures}</h3><p class="hint">${texts.closuresLead({ zone: zoneName(timeZone) })}</p></div>
    ${list.length > 0 ? html`<ul class="rows">${list.map(row)}</ul>` : nothing}
    ${problem?.field === 'hours.closures' ? problemAt(problem, 'hours.closures', false) : nothing}
    <div class="actions"><button type="button" class="button small" id="add-closure"
      @click=${() => {
        const tomorrow = dateAfter(wallClock(form.now, timeZone).slice(0, 10), 1);
        const at = (time: string) => momentOf(`${tomorrow}T${time}`, timeZone);
        set({ closures: [...list, { from: at('12:00'), to: at('18:00'), reason: '' }] });
        form.focus(`#closure-from-${list.length}`);
      }}>${icons.plus}${texts.addClosure}</button></div>
  </div>`;
}
