import { html, type TemplateResult } from 'lit';
import { type CallOutcome, callOutcomes } from '../../../shared/domain.ts';
import { addressOf } from '../../ui/api.ts';
import { bareChoice, type Choice } from '../form/controls.ts';
import { type CallSearch, searchQuery } from './search-query.ts';
import { callsTexts as texts } from './texts.ts';

/** Words, a queue, somebody, an outcome and days: which calls are shown. Words are looked for once they are sent. */
export function callSearch(options: {
  find: CallSearch;
  queues: readonly Choice[];
  reps: readonly Choice[];
  typed: (text: string) => void;
  search: (change: Partial<CallSearch>) => void;
}): TemplateResult {
  const { find, queues, reps, typed, search } = options;
  const day = (name: 'fromDay' | 'toDay') =>
    html`<div class="field"><label for=${name}>${texts[name]}</label>
      <input id=${name} type="date" .value=${find[name]}
        @change=${(event: Event) => search({ [name]: (event.target as HTMLInputElement).value })} /></div>`;
  return html`<form class="card find" role="search" novalidate aria-label=${texts.findCalls}
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        search({});
      }}>
    <div class="words">
      <input type="search" aria-label=${texts.searchCalls} placeholder=${texts.searchCalls} maxlength="100" .value=${find.text}
        @input=${(event: Event) => typed((event.target as HTMLInputElement).value)} />
      <button class="button primary">${texts.find}</button>
    </div>
    <div class="choices">
      ${bareChoice({
        label: texts.queue,
        value: find.queueId,
        choices: [{ value: '', label: texts.anyQueue }, ...queues],
        set: queueId => search({ queueId }),
      })}
      ${bareChoice({
        label: texts.talkedTo,
        value: find.repId,
        choices: [{ value: '', label: texts.anybody }, ...reps],
        set: repId => search({ repId }),
      })}
      ${bareChoice({
        label: texts.outcome,
        value: find.outcome,
        choices: [
          { value: '', label: texts.anyOutcome },
          ...callOutcomes.map(value => ({ value, label: texts.outcomeIs[value] })),
        ],
        set: outcome => search({ outcome: outcome as CallOutcome | '' }),
      })}
      <div class="days">${day('fromDay')}${day('toDay')}</div>
    </div>
    <a class="link" href=${addressOf('/api/calls.csv', { query: searchQuery(find) })} download>${texts.csv}</a>
  </form>`;
}

/** Whether all calls of the shop are shown. */
export const findsAll = ({ siteId: _, ...rest }: CallSearch): boolean =>
  Object.values(rest).every(value => value === '');
