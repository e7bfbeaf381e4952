import { css, html, nothing, type TemplateResult } from 'lit';
import type { Rep, TeamMember } from '../../../shared/api/people.ts';
import type { SkillNeed, TeamSettings } from '../../../shared/settings.ts';
import { ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { commonTexts as texts } from '../../ui/texts.ts';
import { adminStyles } from '../admin-styles.ts';
import { same } from '../form/draft.ts';
import { FormPage } from '../form/form-page.ts';
import { within } from '../form/problem.ts';
import { skillRows } from '../form/skill-rows.ts';
import { adminTexts } from '../texts.ts';
import './invitation.ts';
import { type ReasonList, reasons } from './reasons.ts';

/** `skills` by the id of the rep. */
type Team = { skills: Record<string, SkillNeed[]>; settings: TeamSettings };

const mostSkills = 30;

/** Who is on the team and knows what, inviting somebody, and the reasons to be away or to decline. */
export class RepTeamPage extends FormPage<Team> {
  static override properties = { rep: { attribute: false } };
  /** Who looks at it. */
  declare rep: Rep;
  #reps: TeamMember[] = [];

  static override styles = [
    base,
    card,
    buttons,
    fields,
    notes,
    adminStyles,
    css`
      .reps > li + li {
        border-top: 1px solid var(--line);
      }

      .person {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 1rem;
        align-items: center;
        padding: 0.875rem 1.5rem 0.25rem;
      }

      .person strong {
        font-weight: 600;
      }

      .person .status {
        justify-content: flex-end;
      }

      .mail,
      .role {
        color: var(--ink-3);
        font-size: var(--small);
        overflow-wrap: anywhere;
      }

      .role {
        text-align: end;
      }

      summary {
        display: flex;
        gap: 0.375rem;
        align-items: center;
        min-height: 2.25rem;
        padding: 0 1.5rem 0.625rem;
        color: var(--ink-2);
        font-size: var(--small);
        cursor: pointer;
        list-style: none;
      }

      summary::-webkit-details-marker {
        display: none;
      }

      summary:focus-visible {
        outline-offset: -4px;
      }

      summary .icon {
        width: 1rem;
        height: 1rem;
      }

      details[open] summary .icon {
        transform: rotate(180deg);
      }

      .edit {
        display: grid;
        gap: 0.75rem;
        padding: 0 1.5rem 1.25rem;
      }

      .skills,
      .reasons {
        display: grid;
        gap: 0.75rem;
        justify-items: start;
      }

      .skills .rows,
      .reasons .rows {
        width: 100%;
      }

      rep-invitation {
        margin-top: 1.25rem;
      }

      @media (max-width: 30rem) {
        .person,
        summary,
        .edit {
          padding-inline: 1rem;
        }
      }
    `,
  ];

  protected override async load(): Promise<Team> {
    const [{ reps }, settings] = await Promise.all([ask('GET /api/team'), ask('GET /api/team/settings')]);
    this.#reps = reps;
    return { skills: Object.fromEntries(reps.map(rep => [rep.id, rep.skills])), settings };
  }

  protected override async *store(draft: Team, before: Team): AsyncGenerator<Team, void> {
    let team = before;
    for (const { id } of this.#reps) {
      const wanted = draft.skills[id] ?? [];
      if (same(wanted, before.skills[id])) continue;
      const { skills } = await ask('PUT /api/team/:repId/skills', {
        params: { repId: id },
        body: { skills: wanted },
      }).catch(within(id));
      team = { ...team, skills: { ...team.skills, [id]: skills } };
      yield team;
    }
    if (!same(draft.settings, before.settings))
      yield { ...team, settings: await ask('PUT /api/team/settings', { body: draft.settings }) };
  }

  protected override form(draft: Team): TemplateResult {
    const known = [
      ...new Set(Object.values(draft.skills).flatMap(list => list.map(({ skill }) => skill))),
    ].sort();
    return html`
      <div class="head"><div><h1 tabindex="-1">${adminTexts.team}</h1><p>${adminTexts.teamLead}</p></div></div>
      <ul class="card reps" aria-label=${adminTexts.people}>${this.#reps.map(rep => this.#person(rep, draft, known))}</ul>
      <rep-invitation></rep-invitation>
      ${this.#reasons(draft.settings, 'awayReasons')} ${this.#reasons(draft.settings, 'declineReasons')}
    `;
  }

  #person(rep: TeamMember, draft: Team, known: string[]): TemplateResult {
    const skills = draft.skills[rep.id] ?? [];
    const set = (list: SkillNeed[]) => this.change({ skills: { ...draft.skills, [rep.id]: list } });
    const words = skills.filter(({ skill }) => skill).map(({ skill, level }) => `${skill} ${level}`);
    return html`<li>
      <div class="person">
        <span><strong>${rep.name}</strong> ${rep.id === this.rep.id ? html`(${texts.you})` : nothing}</span>
        <span class="status" data-is=${rep.status}>${texts.statusWords(rep.status, rep.status_note)}</span>
        <span class="mail">${rep.email}</span>
        <span class="role">${texts.role[rep.role]}</span>
      </div>
      <details>
        <summary><span class="hidden">${adminTexts.skillsOf(rep.name)}: </span
          >${words.length > 0 ? words.join(', ') : adminTexts.skillsNone}${icons.chevron}</summary>
        <div class="edit">
          <p class="hint">${adminTexts.skillsHint}</p>
          ${skillRows({
            path: `${rep.id}.skills`,
            skills,
            known,
            most: mostSkills,
            problem: this.problem,
            set,
            focus: selector => this.#focus(selector),
          })}
        </div>
      </details>
    </li>`;
  }

  #reasons(settings: TeamSettings, list: ReasonList): TemplateResult {
    return reasons({
      list,
      reasons: settings[list],
      problem: this.problem,
      set: changed => this.change({ settings: { ...settings, [list]: changed } }),
      focus: selector => this.#focus(selector),
    });
  }

  #focus(selector: string): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }
}

customElements.define('rep-team-page', RepTeamPage);
