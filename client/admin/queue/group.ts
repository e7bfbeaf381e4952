import { html, type TemplateResult } from 'lit';
import { icons } from '../../ui/icons.ts';

/** One part of a queue's settings: folded, it says in a line how things are; unfolded, it lets them be changed. */
export const group = (part: {
  id: string;
  title: string;
  lead: string;
  /** How things are. */
  now: string;
  content: TemplateResult;
  field?: string;
}): TemplateResult => html`<details class="card fold" data-field=${part.field ?? part.id}>
  <summary><h2>${part.title}</h2><span class="now">${part.now}</span>${icons.chevron}</summary>
  <div class="group"><p>${part.lead}</p>${part.content}</div>
</details>`;
