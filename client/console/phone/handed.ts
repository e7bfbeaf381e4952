import { html, nothing, type TemplateResult } from 'lit';
import type { RepWork } from '../../../shared/views.ts';
import { isolated } from '../../ui/words.ts';
import { texts } from '../texts.ts';

/** Which colleague sent the call on, and what they wrote. */
export const handedBy = ({ handed }: Extract<RepWork, { state: 'ringing' | 'talking' }>): TemplateResult =>
  html`${
    handed
      ? html`<p class="lead">${texts.handedBy({ rep: handed.from })}</p><p>${isolated(handed.note)}</p>`
      : nothing
  }`;
