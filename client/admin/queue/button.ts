import { html, type TemplateResult } from 'lit';
import type { QueueId } from '../../../shared/ids.ts';
import '../code.ts';
import { snippet } from '../snippet.ts';
import { group } from './group.ts';
import { queueTexts as texts } from './texts.ts';

/** The code of a button that calls this queue. `first`: the one that a button without a queue calls. */
export const button = (siteKey: string, queueId: QueueId, first: boolean): TemplateResult =>
  group({
    id: 'button',
    title: texts.button,
    lead: texts.buttonLead,
    now: first ? texts.buttonFirst : texts.buttonOwn,
    content: html`<rep-code .label=${texts.buttonCode} .make=${(address: string) => snippet(address, siteKey, queueId)}></rep-code>`,
  });
