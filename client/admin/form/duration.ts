import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { icons } from '../../ui/icons.ts';
import { adminTexts as texts } from '../texts.ts';
import { countIn, msOf, unitFor, unitWord } from './times.ts';
import { type Unit, unitMs } from './units.ts';

/**
 * A length of time: a number and its unit. Fires `duration` with ms. It draws into the form around it, whose label
 * and hint belong to it, and remembers the unit that was chosen: 60 seconds do not turn into a minute under the hand.
 */
export class RepDuration extends LitElement {
  static override properties = {
    name: { attribute: false },
    label: { attribute: false },
    described: { attribute: false },
    wrong: { attribute: false },
    units: { attribute: false },
    ms: { attribute: false },
    unit: { state: true },
  };
  /** Id of the number's input. */
  declare name: string;
  declare label: string;
  declare described: string;
  declare wrong: boolean;
  declare units: readonly Unit[];
  declare ms: number;
  declare unit: Unit;
  /** What was told last: only another value from outside chooses the unit anew. */
  #told: number | undefined;

  protected override createRenderRoot(): this {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('ms') && !Object.is(this.ms, this.#told)) this.unit = unitFor(this.ms, this.units);
    this.#told = this.ms;
  }

  protected override render(): TemplateResult {
    return html`<span class="duration">
      <input id=${this.name} type="number" inputmode="decimal" min="0" step="any" aria-describedby=${this.described}
        aria-invalid=${this.wrong ? 'true' : 'false'} .value=${countIn(this.ms, this.unit)} @input=${this.#typed} />
      <span class="select"><select aria-label=${texts.unitOf({ label: this.label })} @change=${this.#chosen}>
        ${this.units.map(unit => html`<option value=${unit} .selected=${unit === this.unit}>${unitWord(this.ms / unitMs[this.unit], unit)}</option>`)}
      </select>${icons.chevron}</span>
    </span>`;
  }

  #typed(event: Event): void {
    this.#tell(msOf((event.target as HTMLInputElement).value, this.unit));
  }

  /** The number stays: who turns 20 seconds into minutes means 20 minutes. */
  #chosen(event: Event): void {
    const count = countIn(this.ms, this.unit);
    this.unit = (event.target as HTMLSelectElement).value as Unit;
    this.#tell(msOf(count, this.unit));
  }

  #tell(ms: number): void {
    this.#told = ms;
    this.dispatchEvent(new CustomEvent('duration', { detail: ms }));
  }
}

customElements.define('rep-duration', RepDuration);
