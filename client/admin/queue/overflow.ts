import { html, nothing, type TemplateResult } from 'lit';
import type { QueueId } from '../../../shared/ids.ts';
import type { OverflowRule } from '../../../shared/settings.ts';
import { checkInput, choiceInput, durationInput, numberInput } from '../form/controls.ts';
import { group } from './group.ts';
import { numbers } from './numbers.ts';
import type { QueueForm } from './queue-form.ts';
import { queueTexts as texts } from './texts.ts';

type When = keyof typeof texts.overflows;
const whens = Object.keys(texts.overflows) as When[];
/** As the value of a choice: `end`, `callback`, or `queue:<id>`. */
const written = (rule: OverflowRule) => (rule.do === 'queue' ? `queue:${rule.queueId}` : rule.do);
const read = (value: string): OverflowRule =>
  value === 'callback' || value === 'end'
    ? { do: value }
    : { do: 'queue', queueId: value.slice('queue:'.length) as QueueId };

/** What becomes of callers whom the queue cannot serve, and how they are called back. */
export function overflow(form: QueueForm): TemplateResult {
  const { settings, problem } = form;
  return group({
    id: 'nobody',
    title: texts.overflow,
    lead: texts.overflowLead,
    now: nobodyNow(settings),
    content: html`
    <div class="grid">
      ${whens.map(when =>
        choiceInput({
          path: `overflow.${when}`,
          ...texts.overflows[when],
          problem:
            problem?.field === `overflow.${when}.queueId`
              ? { ...problem, field: `overflow.${when}` }
              : problem,
          value: written(settings.overflow[when]),
          choices: choices(form, settings.overflow[when]),
          set: value => form.set({ overflow: { ...settings.overflow, [when]: read(value) } }),
        }),
      )}
    </div>
    ${callback(form)}
    ${mayLeaveNumber(form.settings) ? numbers(form) : nothing}
    `,
  });
}

/** A number is left instead of waiting, or where nobody can wait. */
const mayLeaveNumber = ({ callback: rules, overflow }: QueueForm['settings']): boolean =>
  rules.phone || whens.some(when => overflow[when].do === 'callback');

function nobodyNow({ callback: rules, overflow }: QueueForm['settings']): string {
  const ways = [...(rules.page ? [texts.backOnPage] : []), ...(rules.phone ? [texts.backByPhone] : [])];
  const all = whens.every(when => overflow[when].do === 'end');
  return [all ? texts.allEnd : texts.someGoOn, ...ways].join(' · ');
}

/** A queue that was removed stays to be seen until another choice is made. */
function choices({ others }: QueueForm, rule: OverflowRule) {
  const list = [
    { value: 'end', label: texts.end },
    { value: 'callback', label: texts.offerCallback },
    ...others.map(({ id, name }) => ({ value: `queue:${id}`, label: texts.toQueue({ name }) })),
  ];
  const value = written(rule);
  return list.some(choice => choice.value === value) ? list : [...list, { value, label: texts.removedQueue }];
}

function callback(form: QueueForm): TemplateResult {
  const { callback: rules } = form.settings;
  const { problem } = form;
  const set = (change: Partial<typeof rules>) => form.set({ callback: { ...rules, ...change } });
  return html`<div class="part" data-field="callback">
    <h3>${texts.callback}</h3>
    ${checkInput({
      id: 'callback-page',
      label: texts.callbackPage,
      hint: texts.callbackPageHint,
      value: rules.page,
      set: page => set({ page }),
    })}
    ${checkInput({
      id: 'callback-phone',
      label: texts.callbackPhone,
      hint: texts.callbackPhoneHint,
      value: rules.phone,
      set: phone => set({ phone }),
    })}
    <div class="grid">
      ${numberInput({
        path: 'callback.tries',
        label: texts.tries,
        hint: texts.triesHint,
        problem,
        value: rules.tries,
        min: 1,
        max: 10,
        set: tries => set({ tries }),
      })}
      ${durationInput({
        path: 'callback.retryMs',
        label: texts.retry,
        problem,
        ms: rules.retryMs,
        units: ['minute', 'hour', 'day'],
        set: retryMs => set({ retryMs }),
      })}
      ${durationInput({
        path: 'callback.expireMs',
        label: texts.expire,
        hint: texts.expireHint,
        problem,
        ms: rules.expireMs,
        units: ['minute', 'hour', 'day'],
        set: expireMs => set({ expireMs }),
      })}
    </div>
  </div>`;
}
