import { type CSSResultGroup, css, LitElement, type PropertyDeclarations } from 'lit';
import type { SiteSheet } from '../../../shared/api/sites.ts';
import type { RepStatus } from '../../../shared/domain.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { adminStyles } from '../admin-styles.ts';
import { findingStyles } from '../finding/styles.ts';

/** What every step is told. */
export type StepContext = {
  accountId: AccountId;
  /** The shop that is set up; null while there is none. */
  site: SiteSheet | null;
  status: RepStatus | null;
  /** Whether this step is done. */
  done: boolean;
};

/** What a step of the first run shows. Fires `proven` when it is done by what was seen, not by what was said. */
export abstract class FirstRunStepElement extends LitElement {
  static override properties: PropertyDeclarations = { context: { attribute: false } };
  declare context: StepContext;

  static override styles: CSSResultGroup = [
    base,
    card,
    buttons,
    fields,
    notes,
    adminStyles,
    findingStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.25rem;
      }

      .finding {
        padding-inline: 0;
      }
    `,
  ];

  /** Keep what was entered. Rejects with `ApiError`; false where something is missing, which is told beside it. */
  save(): Promise<boolean> {
    return Promise.resolve(true);
  }

  protected proven(): void {
    this.dispatchEvent(new Event('proven'));
  }
}
