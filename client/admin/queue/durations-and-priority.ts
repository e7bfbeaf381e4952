import { html, nothing, type TemplateResult } from 'lit';
import { cardsInput, durationInput, numberInput } from '../form/controls.ts';
import { inWords } from '../form/times.ts';
import { group } from './group.ts';
import type { QueueForm } from './queue-form.ts';
import { queueTexts as texts } from './texts.ts';

type Kind = keyof typeof texts.wrapUpKinds;
const kinds = Object.keys(texts.wrapUpKinds) as Kind[];

/** Ringing, waiting, after-call work and priority. */
export function durationsAndPriority(form: QueueForm): TemplateResult {
  const { settings, problem } = form;
  const { wrapUp } = settings;
  return group({
    id: 'how-long',
    title: texts.howLong,
    lead: texts.howLongLead,
    now: texts.howLongNow({ ring: inWords(settings.offerMs), wait: inWords(settings.maxWaitMs) }),
    content: html`
    <div class="grid">
      ${durationInput({
        path: 'offerMs',
        label: texts.offer,
        hint: texts.offerHint,
        problem,
        ms: settings.offerMs,
        units: ['second', 'minute'],
        set: offerMs => form.set({ offerMs }),
      })}
      ${numberInput({
        path: 'maxLength',
        label: texts.maxLength,
        hint: texts.maxLengthHint,
        problem,
        value: settings.maxLength,
        min: 1,
        max: 10_000,
        set: maxLength => form.set({ maxLength }),
      })}
      ${durationInput({
        path: 'maxWaitMs',
        label: texts.maxWait,
        hint: texts.maxWaitHint,
        problem,
        ms: settings.maxWaitMs,
        units: ['second', 'minute', 'hour'],
        set: maxWaitMs => form.set({ maxWaitMs }),
      })}
      ${durationInput({
        path: 'noRepExitMs',
        label: texts.noRep,
        hint: texts.noRepHint,
        problem,
        ms: settings.noRepExitMs,
        units: ['second', 'minute', 'hour'],
        set: noRepExitMs => form.set({ noRepExitMs }),
      })}
    </div>
    <div class="part">
      ${cardsInput({
        path: 'wrapUp.kind',
        label: texts.wrapUp,
        value: wrapUp.kind,
        choices: kinds.map(value => ({ value, ...texts.wrapUpKinds[value] })),
        problem,
        set: kind => form.set({ wrapUp: { ...wrapUp, kind } }),
      })}
      ${
        wrapUp.kind === 'none'
          ? nothing
          : durationInput({
              path: 'wrapUp.ms',
              label: texts.wrapUpMs[wrapUp.kind],
              problem,
              ms: wrapUp.ms,
              units: ['second', 'minute', 'hour'],
              set: ms => form.set({ wrapUp: { ...wrapUp, ms } }),
            })
      }
    </div>
    <div class="part">
      ${numberInput({
        path: 'priority',
        label: texts.priority,
        hint: texts.priorityHint,
        problem,
        value: settings.priority,
        min: 0,
        max: 9,
        set: priority => form.set({ priority }),
      })}
    </div>
    `,
  });
}
