/** What a report is about: time, parts, whose calls, and what counts as in time. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { type Choice, choiceInput, numberInput } from '../form/controls.ts';
import { type ReportPart, type ReportPeriod, reportParts, reportPeriods } from './choices.ts';
import { reportTexts as texts } from './texts.ts';

export type ReportWish = {
  period: ReportPeriod;
  from: string;
  until: string;
  by: ReportPart;
  siteId: string;
  queueId: string;
  repId: string;
  withinS: number;
  shortS: number;
};

/** What there is to choose from. */
export type Choices = { sites: Choice[]; queues: (Choice & { siteId: string })[]; reps: Choice[] };

const all = (label: string, choices: readonly Choice[]): Choice[] => [{ value: '', label }, ...choices];

export function filterForm(
  wish: ReportWish,
  { sites, queues, reps }: Choices,
  change: (change: Partial<ReportWish>) => void,
): TemplateResult {
  const choice = (path: keyof ReportWish, label: string, choices: readonly Choice[]) =>
    choiceInput({
      ...{ path, label, choices, problem: null, value: String(wish[path]) },
      set: value => change({ [path]: value }),
    });
  const seconds = (path: 'withinS' | 'shortS', label: string) =>
    numberInput({
      ...{ path, label, value: wish[path], min: 0, max: 3600, problem: null },
      set: value => {
        if (Number.isInteger(value) && value >= 0 && value <= 3600) change({ [path]: value });
      },
    });
  const own = queues.filter(queue => wish.siteId === '' || queue.siteId === wish.siteId);
  return html`<section class="card choose" aria-label=${texts.choose}>
    ${choice('period', texts.period, named(reportPeriods, texts.periodIs))}
    ${wish.period === 'days' ? html`${day(wish, 'from', texts.from, change)}${day(wish, 'until', texts.until, change)}` : nothing}
    ${choice('by', texts.by, named(reportParts, texts.byIs))}
    ${
      sites.length > 1
        ? choiceInput({
            ...{ path: 'siteId', label: texts.byIs.site, value: wish.siteId, problem: null },
            choices: all(texts.allShops, sites),
            set: siteId => change({ siteId, queueId: '' }),
          })
        : nothing
    }
    ${own.length > 0 ? choice('queueId', texts.byIs.queue, all(texts.allQueues, own)) : nothing}
    ${choice('repId', texts.byIs.rep, all(texts.allReps, reps))}
    ${seconds('withinS', texts.within)}
    ${seconds('shortS', texts.short)}
  </section>`;
}

const named = <Name extends string>(names: readonly Name[], words: Record<Name, string>): Choice[] =>
  names.map(value => ({ value, label: words[value] }));

const day = (
  wish: ReportWish,
  path: 'from' | 'until',
  label: string,
  change: (change: Partial<ReportWish>) => void,
) => html`<div class="field">
  <label for="field-${path}">${label}</label>
  <input id="field-${path}" type="date" required .value=${wish[path]}
    @change=${(event: Event) => {
      const { value } = event.target as HTMLInputElement;
      if (value) change({ [path]: value });
    }} />
</div>`;

export const filterStyles = css`
  .choose {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(12rem, 100%), 1fr));
    gap: 0.75rem 1rem;
    align-items: end;
    margin-bottom: 1.25rem;
    padding: 1rem 1.5rem 1.25rem;
  }

  .choose > * {
    min-width: 0;
  }
`;
