/** Inputs of the admin area: each with a label, a hint, and beside it what the server did not accept. */
import { html, nothing, type TemplateResult } from 'lit';
import { icons } from '../../ui/icons.ts';
import './duration.ts';
import { messageAt, type Problem } from './problem.ts';
import type { Unit } from './units.ts';

/** What every input needs. `path`: the name of the input in the server's answers. */
export type Field = { path: string; label: string; hint?: string; problem: Problem | null };

/** The id of an input, from its path. */
export const idOf = (path: string): string => `field-${path.replaceAll('.', '-')}`;
const describedBy = ({ path, hint }: Field) => `${hint ? `${idOf(path)}-hint ` : ''}${idOf(path)}-problem`;
const invalid = ({ path, problem }: Field) => (messageAt(problem, path) ? 'true' : 'false');

/** What is wrong at `path`, for a place that is no single input. */
export const problemAt = (problem: Problem | null, path: string, wide = true): TemplateResult =>
  note(messageAt(problem, path, wide), idOf(path));

const note = (message: string, id: string) =>
  html`<div id="${id}-problem">${message ? html`<p class="problem">${icons.warning}<span>${message}</span></p>` : nothing}</div>`;

function around(field: Field, control: TemplateResult): TemplateResult {
  const id = idOf(field.path);
  return html`<div class="field" data-field=${field.path}>
    <label for=${id}>${field.label}</label>
    ${control}
    ${field.hint ? html`<p class="hint" id="${id}-hint">${field.hint}</p>` : nothing}
    ${note(messageAt(field.problem, field.path), id)}
  </div>`;
}

const typed = (event: Event) => (event.target as HTMLInputElement).value;

export function textInput(
  field: Field & {
    value: string;
    maxLength?: number;
    placeholder?: string;
    list?: string;
    /** An address: it reads from left to right in every language. */
    address?: boolean;
    direction?: 'auto' | 'rtl';
    set: (value: string) => void;
  },
): TemplateResult {
  return around(
    field,
    html`<input id=${idOf(field.path)} type="text" dir=${field.address ? 'ltr' : (field.direction ?? nothing)} autocomplete="off" maxlength=${field.maxLength ?? nothing}
      placeholder=${field.placeholder ?? nothing} list=${field.list ?? nothing}
      aria-describedby=${describedBy(field)} aria-invalid=${invalid(field)}
      .value=${field.value} @input=${(event: Event) => field.set(typed(event))} />`,
  );
}

/** Several addresses, one a line; `rows` of them are shown. They run from left to right in any language. */
export function linesInput(
  field: Field & { value: string; rows: number; placeholder?: string; set: (value: string) => void },
): TemplateResult {
  return around(
    field,
    html`<textarea id=${idOf(field.path)} dir="ltr" rows=${field.rows} placeholder=${field.placeholder ?? nothing} spellcheck="false"
      aria-describedby=${describedBy(field)} aria-invalid=${invalid(field)}
      .value=${field.value} @input=${(event: Event) => field.set(typed(event))}></textarea>`,
  );
}

/** A whole number; not a number where the input is empty. */
export function numberInput(
  field: Field & { value: number; min: number; max: number; unit?: string; set: (value: number) => void },
): TemplateResult {
  return around(
    field,
    html`<span class="measure">
      <input id=${idOf(field.path)} type="number" inputmode="numeric" min=${field.min} max=${field.max}
        aria-describedby=${describedBy(field)} aria-invalid=${invalid(field)}
        .value=${Number.isNaN(field.value) ? '' : String(field.value)}
        @input=${(event: Event) => field.set((event.target as HTMLInputElement).valueAsNumber)} />
      ${field.unit ? html`<span>${field.unit}</span>` : nothing}
    </span>`,
  );
}

export function durationInput(
  field: Field & { ms: number; units: readonly Unit[]; set: (ms: number) => void },
): TemplateResult {
  return around(
    field,
    html`<rep-duration .name=${idOf(field.path)} .label=${field.label} .described=${describedBy(field)}
      .wrong=${invalid(field) === 'true'} .units=${field.units} .ms=${field.ms}
      @duration=${(event: CustomEvent<number>) => field.set(event.detail)}></rep-duration>`,
  );
}

export type Choice = { value: string; label: string };

export function choiceInput(
  field: Field & { value: string; choices: readonly Choice[]; set: (value: string) => void },
): TemplateResult {
  return around(
    field,
    html`<span class="select"><select id=${idOf(field.path)} aria-describedby=${describedBy(field)} aria-invalid=${invalid(field)}
      @change=${(event: Event) => field.set(typed(event))}>${options(field.choices, field.value)}</select>${icons.chevron}</span>`,
  );
}

/** A bare choice inside a row that has its own visible words. */
export function bareChoice(choice: {
  label: string;
  value: string;
  choices: readonly Choice[];
  id?: string;
  set: (value: string) => void;
}): TemplateResult {
  return html`<span class="select"><select aria-label=${choice.label} id=${choice.id ?? nothing}
    @change=${(event: Event) => choice.set(typed(event))}>${options(choice.choices, choice.value)}</select>${icons.chevron}</span>`;
}

const options = (choices: readonly Choice[], value: string) =>
  choices.map(
    choice =>
      html`<option value=${choice.value} .selected=${choice.value === value}>${choice.label}</option>`,
  );

export function checkInput(check: {
  label: string;
  hint?: string;
  id: string;
  value: boolean;
  set: (value: boolean) => void;
}): TemplateResult {
  return html`<div class="check">
    <input type="checkbox" id=${check.id} aria-describedby=${check.hint ? `${check.id}-hint` : nothing} .checked=${check.value}
      @change=${(event: Event) => check.set((event.target as HTMLInputElement).checked)} />
    <label for=${check.id}>${check.label}</label>
    ${check.hint ? html`<p class="hint" id="${check.id}-hint">${check.hint}</p>` : nothing}
  </div>`;
}

export type Card<T extends string> = { value: T; label: string; lead?: string };

/** Radio buttons as cards, each with a sentence that says what it means. */
export function cardsInput<T extends string>(cards: {
  path: string;
  label: string;
  value: T;
  choices: readonly Card<T>[];
  problem: Problem | null;
  set: (value: T) => void;
}): TemplateResult {
  return html`<fieldset class="cards" data-field=${cards.path}>
    <legend>${cards.label}</legend>
    ${cards.choices.map(
      choice => html`<label class="choice">
        <input type="radio" name=${cards.path} value=${choice.value} .checked=${choice.value === cards.value}
          @change=${() => cards.set(choice.value)} />
        <span><strong>${choice.label}</strong>${choice.lead ? html`<span class="lead">${choice.lead}</span>` : nothing}</span>
      </label>`,
    )}
    ${problemAt(cards.problem, cards.path)}
  </fieldset>`;
}
