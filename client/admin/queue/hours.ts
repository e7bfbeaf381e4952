import { html, nothing, type TemplateResult } from 'lit';
import type { BusinessHours } from '../../../shared/settings.ts';
import { cardsInput, choiceInput, problemAt } from '../form/controls.ts';
import { exceptions } from './exceptions.ts';
import { group } from './group.ts';
import { likeMonday, usualHours } from './hours-presets.ts';
import { openSentence, weekdays } from './open-now.ts';
import type { HoursForm, QueueForm } from './queue-form.ts';
import { spans } from './spans.ts';
import { queueTexts as texts } from './texts.ts';
import { zoneName } from './zone-name.ts';

const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Whether the queue is always open, or its week, holidays and closures. */
export function hours(form: QueueForm, before: BusinessHours | null): TemplateResult {
  const { hours: plan } = form.settings;
  return group({
    id: 'hours',
    title: texts.hours,
    lead: texts.hoursLead,
    now: preview(plan, form.now),
    content: html`${hoursInputs(form, before)}${plan ? exceptions(form, plan) : nothing}`,
  });
}

/** Always, or a plan of the week. `before`: the plan that comes back when a plan is chosen again. */
export function hoursInputs(form: HoursForm, before: BusinessHours | null): TemplateResult {
  const { hours: plan } = form.settings;
  return html`
    ${cardsInput<'always' | 'weekly'>({
      path: 'hours.kind',
      label: texts.hours,
      value: plan ? 'weekly' : 'always',
      choices: [
        { value: 'always', ...texts.always },
        { value: 'weekly', ...texts.weekly },
      ],
      problem: null,
      // Who tries "always open" finds the plan again.
      set: kind => form.set({ hours: kind === 'always' ? null : (before ?? usualHours(here())) }),
    })}
    ${plan ? weekly(form, plan) : nothing}
  `;
}

/** A plan that is being written may make no sense yet. */
function preview(plan: BusinessHours | null, now: number): string {
  try {
    return openSentence(plan, now);
  } catch (error) {
    if (error instanceof RangeError) return '';
    throw error;
  }
}

function weekly(form: HoursForm, plan: BusinessHours): TemplateResult {
  const { problem } = form;
  const set = (change: Partial<BusinessHours>) => form.set({ hours: { ...plan, ...change } });
  return html`
    ${choiceInput({
      path: 'hours.timeZone',
      label: texts.timeZone,
      hint: texts.timeZoneHint({ zone: zoneName(plan.timeZone) }),
      problem,
      value: plan.timeZone,
      choices: zones(plan.timeZone),
      set: timeZone => set({ timeZone }),
    })}
    <div class="part" data-field="hours.week">
      <div><h3>${texts.week}</h3><p class="hint">${texts.midnightHint}</p></div>
      <ul class="rows week">
        ${weekdays.map(
          day => html`<li data-field="hours.week.${day}">
            <span class="day">${texts.weekday[day]}</span>
            ${spans({
              path: `hours.week.${day}`,
              of: texts.weekday[day],
              id: `open-${day}`,
              open: plan.week[day],
              problem,
              set: open => set({ week: { ...plan.week, [day]: open } }),
              focus: selector => form.focus(selector),
            })}
            ${problemAt(problem, `hours.week.${day}`)}
          </li>`,
        )}
      </ul>
      <div class="actions">
        ${copy(form, plan, 'workdays', texts.copyWorkdays)} ${copy(form, plan, 'all', texts.copyWeek)}
      </div>
    </div>
  `;
}

const copy = (form: HoursForm, plan: BusinessHours, which: 'workdays' | 'all', label: string) =>
  html`<button type="button" class="button small" @click=${() => {
    form.set({ hours: { ...plan, week: likeMonday(plan.week, which) } });
    form.say(texts.copiedDays);
  }}>${label}</button>`;

let known: { value: string; label: string }[] | undefined;

/** Every zone that the browser knows, and the one that is set. */
function zones(current: string): { value: string; label: string }[] {
  known ??= [...Intl.supportedValuesOf('timeZone'), 'UTC'].map(value => ({
    value,
    label: value.replaceAll('_', ' '),
  }));
  return known.some(({ value }) => value === current)
    ? known
    : [{ value: current, label: current }, ...known];
}
