import { html, type TemplateResult } from 'lit';
import { textInput } from '../form/controls.ts';
import { group } from './group.ts';
import type { QueueForm } from './queue-form.ts';
import { queueTexts as texts } from './texts.ts';

type Where = keyof typeof texts.wordsOf;

/** What shoppers read instead of our own words. */
export function words(form: QueueForm): TemplateResult {
  const { settings, problem } = form;
  return group({
    id: 'words',
    title: texts.words,
    lead: texts.wordsLead,
    now: texts.wordsNow({ n: Object.values(settings.texts).filter(Boolean).length }),
    content: html`
    <div class="grid">
      ${(Object.keys(texts.wordsOf) as Where[]).map(where =>
        textInput({
          path: `texts.${where}`,
          ...texts.wordsOf[where],
          problem,
          maxLength: 200,
          value: settings.texts[where],
          set: value => form.set({ texts: { ...settings.texts, [where]: value } }),
        }),
      )}
    </div>
    `,
  });
}
