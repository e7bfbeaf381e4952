import { html, nothing, type TemplateResult } from 'lit';
import type { SkillNeed } from '../../../shared/settings.ts';
import { icons } from '../../ui/icons.ts';
import { adminTexts as texts } from '../texts.ts';
import { bareChoice, idOf, problemAt } from './controls.ts';
import { replaced } from './draft.ts';
import { messageAt, type Problem } from './problem.ts';

/** Skills with a level each, of a rep or wanted by a queue. `known`: what to suggest. */
export function skillRows(rows: {
  path: string;
  skills: readonly SkillNeed[];
  known: readonly string[];
  most: number;
  problem: Problem | null;
  set: (skills: SkillNeed[]) => void;
  focus: (selector: string) => void;
}): TemplateResult {
  const { path, skills, known, most, problem, set, focus } = rows;
  const list = idOf(`${path}.known`);
  const addId = idOf(`${path}.add`);
  const row = (need: SkillNeed, i: number) => {
    const at = `${path}.${i}.skill`;
    return html`<li data-field="${path}.${i}">
      <span class="grow"><input type="text" id=${idOf(at)} aria-label=${texts.skillNumber({ n: i + 1 })} maxlength="40" autocomplete="off"
        list=${list} aria-invalid=${messageAt(problem, at) ? 'true' : 'false'} .value=${need.skill}
        @input=${(event: Event) => set(replaced(skills, i, { ...need, skill: (event.target as HTMLInputElement).value }))} /></span>
      ${bareChoice({
        label: need.skill ? texts.levelOf(need) : texts.levelNumber({ n: i + 1 }),
        value: String(need.level),
        choices: texts.levelWord.map((word, level) => ({
          value: String(level + 1),
          label: texts.levelIs({ level: level + 1, word }),
        })),
        set: value => set(replaced(skills, i, { ...need, level: Number(value) })),
      })}
      <button type="button" class="button quiet round" aria-label=${need.skill ? texts.remove({ what: need.skill }) : texts.removeSkill({ n: i + 1 })}
        @click=${() => {
          set(replaced(skills, i));
          focus(`#${CSS.escape(addId)}`);
        }}>${icons.cross}</button>
      ${problemAt(problem, `${path}.${i}`)}
    </li>`;
  };
  return html`<div class="skills" data-field=${path}>
    ${skills.length > 0 ? html`<ul class="rows">${skills.map(row)}</ul>` : nothing}
    ${messageAt(problem, path) ? problemAt(problem, path, false) : nothing}
    <datalist id=${list}>${known.map(skill => html`<option value=${skill}></option>`)}</datalist>
    <button type="button" class="button small" id=${addId} ?hidden=${skills.length >= most}
      @click=${() => {
        set([...skills, { skill: '', level: 3 }]);
        focus(`#${CSS.escape(idOf(`${path}.${skills.length}.skill`))}`);
      }}>${icons.plus}${texts.addSkill}</button>
  </div>`;
}
