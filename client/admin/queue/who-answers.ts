import { html, nothing, type TemplateResult } from 'lit';
import { limits } from '../../../shared/limits.ts';
import { icons } from '../../ui/icons.ts';
import { facts } from '../../ui/words.ts';
import { cardsInput, choiceInput, durationInput, problemAt } from '../form/controls.ts';
import { replaced } from '../form/draft.ts';
import { skillRows } from '../form/skill-rows.ts';
import { adminTexts } from '../texts.ts';
import { group } from './group.ts';
import { members } from './members.ts';
import type { QueueForm } from './queue-form.ts';
import { sharesCalls } from './shares-calls.ts';
import { queueTexts as texts } from './texts.ts';

type Strategy = keyof typeof texts.strategyLeads;
const strategies = Object.keys(texts.strategyLeads) as Strategy[];
const mostRings = 6;

/** Members; strategy, skills and the rep of last time step back until there is somebody to share calls with. */
export function whoAnswers(form: QueueForm): TemplateResult {
  const shared = sharesCalls(form);
  const people = adminTexts.members({ n: form.members.length });
  return group({
    id: 'who',
    title: texts.who,
    lead: texts.whoLead,
    now: facts([shared ? adminTexts.strategyIs[form.settings.strategy] : null, people]),
    content: html`
    ${members(form, shared)}
    ${
      shared
        ? ways(form)
        : html`<details class="part more-ways">
            <summary><h3>${texts.moreWays}</h3>${icons.chevron}</summary>
            <p class="hint">${texts.moreWaysLead}</p>
            ${ways(form)}
          </details>`
    }
    `,
  });
}

/** Strategy, skills, and the rep of last time. */
function ways(form: QueueForm): TemplateResult {
  const { settings, problem } = form;
  return html`
    <div class="part">
      ${cardsInput({
        path: 'strategy',
        label: texts.strategy,
        value: settings.strategy,
        choices: strategies.map(value => ({
          value,
          label: adminTexts.strategyIs[value],
          lead: texts.strategyLeads[value],
        })),
        problem,
        set: strategy => form.set({ strategy }),
      })}
    </div>
    <div class="part">
      <div><h3>${texts.skills}</h3><p class="hint">${texts.skillsLead}</p></div>
      ${skillRows({
        path: 'skills',
        skills: settings.skills,
        known: form.knownSkills,
        most: limits.skillsPerQueue,
        problem,
        set: skills => form.set({ skills }),
        focus: selector => form.focus(selector),
      })}
      ${settings.skills.length > 0 ? rings(form) : nothing}
    </div>
    <div class="part">
      ${durationInput({
        path: 'preferredRepMs',
        label: texts.preferred,
        hint: texts.preferredHint,
        problem,
        ms: settings.preferredRepMs,
        units: ['second', 'minute'],
        set: preferredRepMs => form.set({ preferredRepMs }),
      })}
      ${durationInput({
        path: 'preferLanguageMs',
        label: texts.preferLanguage,
        hint: texts.preferLanguageHint,
        problem,
        ms: settings.preferLanguageMs,
        units: ['second', 'minute'],
        set: preferLanguageMs => form.set({ preferLanguageMs }),
      })}
    </div>
  `;
}

/** After which times less is asked for. */
function rings(form: QueueForm): TemplateResult {
  const { skillRings } = form.settings;
  const set = (list: typeof skillRings) => form.set({ skillRings: list });
  const last = skillRings.at(-1);
  return html`<div data-field="skillRings" class="field">
    <h3>${texts.rings}</h3>
    <p class="hint">${texts.ringsLead}</p>
    <ul class="rows">
      ${skillRings.map(
        (ring, i) => html`<li>
          ${durationInput({
            path: `skillRings.${i}.afterMs`,
            label: texts.ringAfter({ n: i + 1 }),
            problem: form.problem,
            ms: ring.afterMs,
            units: ['second', 'minute'],
            set: afterMs => set(replaced(skillRings, i, { ...ring, afterMs })),
          })}
          ${choiceInput({
            path: `skillRings.${i}.lowerBy`,
            label: texts.ringLower,
            problem: form.problem,
            value: String(ring.lowerBy),
            choices: texts.lower.map((label, by) => ({ value: String(by + 1), label })),
            set: value => set(replaced(skillRings, i, { ...ring, lowerBy: Number(value) })),
          })}
          <button type="button" class="button quiet round" aria-label=${texts.removeStep({ n: i + 1 })}
            @click=${() => {
              set(replaced(skillRings, i));
              form.focus('#add-ring');
            }}>${icons.cross}</button>
        </li>`,
      )}
    </ul>
    ${form.problem?.field === 'skillRings' ? problemAt(form.problem, 'skillRings', false) : nothing}
    <div class="actions"><button type="button" class="button small" id="add-ring" ?hidden=${skillRings.length >= mostRings}
      @click=${() => {
        set([
          ...skillRings,
          { afterMs: (last?.afterMs ?? 0) + 60_000, lowerBy: Math.min(5, (last?.lowerBy ?? 0) + 1) },
        ]);
        form.focus(`#field-skillRings-${skillRings.length}-afterMs`);
      }}>${icons.plus}${texts.addRing}</button></div>
  </div>`;
}
