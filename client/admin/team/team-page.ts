import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Rep, TeamMember } from '../../../shared/api/people.ts';
import type { Language } from '../../../shared/i18n/languages.ts';
import type { SkillNeed, TeamSettings } from '../../../shared/settings.ts';
import { ask } from '../../ui/api.ts';
import { icon, icons } from '../../ui/icons.ts';
import { hashOf } from '../../ui/route.ts';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { commonTexts } from '../../ui/texts.ts';
import { facts, list } from '../../ui/words.ts';
import { type Account, accountsRunBy } from '../accounts.ts';
import { adminStyles } from '../admin-styles.ts';
import { same } from '../form/draft.ts';
import { FormPage } from '../form/form-page.ts';
import '../form/language-list.ts';
import { ownName } from '../form/language-names.ts';
import { within } from '../form/problem.ts';
import { skillRows } from '../form/skill-rows.ts';
import { adminTexts } from '../texts.ts';
import './invitation.ts';
import './invitations.ts';
import './member-actions.ts';
import { keyOf, loadPeople, type People, signedIn, type TeamSite } from './people.ts';
import { type ReasonList, reasons } from './reasons.ts';
import { teamStyles } from './team-styles.ts';
import { teamTwoFactor } from './team-two-factor.ts';
import { teamTexts as texts } from './texts.ts';

/** `skills` and `languages` by the key of the member, `settings` by the id of the account. */
type Team = {
  skills: Record<string, SkillNeed[]>;
  languages: Record<string, Language[]>;
  settings: Record<string, TeamSettings>;
};

const mostSkills = 30;
const noSettings: TeamSettings = { awayReasons: [], declineReasons: [], twoFactor: 'optional' };
const more = icon(
  svg`<circle cx="5" cy="12" r="1.75"/><circle cx="12" cy="12" r="1.75"/><circle cx="19" cy="12" r="1.75"/>`,
);

/** Who is on the team, knows what and may do what; inviting somebody; and the reasons to be away or to decline. */
export class RepTeamPage extends FormPage<Team> {
  static override properties = {
    rep: { attribute: false },
    people: { state: true },
    managed: { state: true },
    said: { state: true },
  };
  /** Who looks at it. */
  declare rep: Rep;
  declare people: People;
  /** The key of the member whose actions are unfolded; empty for none. */
  declare managed: string;
  declare said: string;

  static override styles = [base, card, buttons, fields, notes, adminStyles, teamStyles];

  constructor() {
    super();
    this.people = { members: [], sessions: [], invitations: [], queues: [], sites: [] };
    this.managed = '';
    this.said = '';
  }

  protected override async load(): Promise<Team> {
    const settingsOf = async ({ id }: Account) =>
      [id, await ask('GET /api/team/settings', { query: { account: id } })] as const;
    const [people, settings] = await Promise.all([
      loadPeople(this.rep),
      Promise.all(accountsRunBy(this.rep).map(settingsOf)),
    ]);
    this.people = people;
    return {
      skills: Object.fromEntries(people.members.map(member => [keyOf(member), member.skills])),
      languages: Object.fromEntries(people.members.map(member => [keyOf(member), member.languages])),
      settings: Object.fromEntries(settings),
    };
  }

  /** What others did meanwhile, or was done here, without touching the form. What cannot be read now stays as it was. */
  async #renew(): Promise<void> {
    this.people = await loadPeople(this.rep).catch(() => this.people);
  }

  protected override async *store(draft: Team, before: Team): AsyncGenerator<Team, void> {
    let team = before;
    for (const member of this.people.members) {
      const key = keyOf(member);
      const wanted = draft.skills[key] ?? [];
      if (same(wanted, before.skills[key] ?? [])) continue;
      const { skills } = await ask('PUT /api/team/:repId/skills', {
        params: { repId: member.id },
        query: { account: member.accountId },
        body: { skills: wanted },
      }).catch(within(key));
      team = { ...team, skills: { ...team.skills, [key]: skills } };
      yield team;
    }
    for (const member of this.people.members) {
      const key = keyOf(member);
      const wanted = draft.languages[key] ?? [];
      if (same(wanted, before.languages[key] ?? [])) continue;
      const { languages } = await ask('PUT /api/team/:repId/languages', {
        params: { repId: member.id },
        query: { account: member.accountId },
        body: { languages: wanted },
      }).catch(within(key));
      team = { ...team, languages: { ...team.languages, [key]: languages } };
      yield team;
    }
    for (const { id } of accountsRunBy(this.rep)) {
      const wanted = draft.settings[id];
      if (!wanted || same(wanted, before.settings[id])) continue;
      const settings = await ask('PUT /api/team/settings', {
        query: { account: id },
        body: wanted,
      }).catch(within(id));
      team = { ...team, settings: { ...team.settings, [id]: settings } };
      yield team;
    }
  }

  protected override form(draft: Team): TemplateResult {
    const accounts = accountsRunBy(this.rep);
    const { members, invitations, queues } = this.people;
    return html`
      <div class="head"><div><h1 tabindex="-1">${adminTexts.team}</h1><p>${texts.lead}</p></div></div>
      <p class="changes"><a class="link" href=${hashOf({ at: 'changes' })}>${adminTexts.changes}</a></p>
      ${accounts.map(account => this.#team(account, draft, accounts.length > 1))}
      ${
        invitations.length > 0
          ? html`<rep-invitations .invitations=${invitations} .queues=${queues} .accounts=${accounts}
              @withdrawn=${this.#withdrawn}></rep-invitations>`
          : nothing
      }
      <rep-invitation .accounts=${accounts} .queues=${queues} .unfolded=${members.length > 1}
        @invited=${this.#renew}></rep-invitation>
      ${accounts.map(account => {
        const whose = accounts.length > 1 ? account.name : '';
        return html`${this.#twoFactor(draft, account, whose)}
          ${this.#reasons(draft, account, 'awayReasons', whose)} ${this.#reasons(draft, account, 'declineReasons', whose)}`;
      })}
      <p class="hidden" role="status">${this.said}</p>
    `;
  }

  #team(account: Account, draft: Team, several: boolean): TemplateResult {
    const members = this.people.members.filter(({ accountId }) => accountId === account.id);
    const known = [
      ...new Set(Object.values(draft.skills).flatMap(list => list.map(({ skill }) => skill))),
    ].sort();
    const label = several ? `${adminTexts.people} · ${account.name}` : adminTexts.people;
    return html`
      ${several ? html`<h2 class="of">${account.name}</h2>` : nothing}
      <ul class="card reps" aria-label=${label} ?data-managed=${members.some(({ id }) => id !== this.rep.id)}
        @changed=${this.#renew} @removed=${this.#removed}>
        ${members.map(member => this.#person(member, draft, known))}
      </ul>
    `;
  }

  #person(member: TeamMember, draft: Team, known: string[]): TemplateResult {
    const key = keyOf(member);
    const oneself = member.id === this.rep.id;
    const skills = draft.skills[key] ?? [];
    const set = (list: SkillNeed[]) => this.change({ skills: { ...draft.skills, [key]: list } });
    const languages = draft.languages[key] ?? [];
    const words = [
      ...skills.filter(({ skill }) => skill).map(({ skill, level }) => texts.skill({ skill, level })),
      ...languages.map(ownName),
    ];
    return html`<li>
      <div class="person">
        <span><strong>${member.name}</strong> ${oneself ? texts.you : nothing}</span>
        ${
          member.disabled
            ? html`<span class="status" data-is="disabled">${texts.disabled}</span>`
            : html`<span class="status" data-is=${member.status}>${commonTexts.statusWords(member.status, member.status_note)}</span>`
        }
        <span class="mail">${member.email}</span>
        <span class="role">${this.#role(member)}</span>
        ${oneself ? nothing : this.#about(member)}
      </div>
      <details>
        <summary><span class="hidden">${texts.skillsOf({ name: member.name })} </span
          >${words.length > 0 ? list(words) : texts.skillsNone}${icons.chevron}</summary>
        <div class="edit">
          <p class="hint">${texts.skillsHint}</p>
          ${skillRows({
            path: `${key}.skills`,
            skills,
            known,
            most: mostSkills,
            problem: this.problem,
            set,
            focus: selector => this.#focus(selector),
          })}
          <p class="hint">${texts.languagesHint}</p>
          <rep-language-list .label=${texts.languages} .value=${languages}
            @languages=${({ detail }: CustomEvent<Language[]>) =>
              this.change({ languages: { ...draft.languages, [key]: detail } })}></rep-language-list>
        </div>
      </details>
      <div id="manage-${key}">${
        this.managed === key
          ? html`<rep-member-actions .member=${member} .sites=${this.#sitesOf(member)}
              .signedInAt=${signedIn(this.people.sessions, member)?.count ?? 0}></rep-member-actions>`
          : nothing
      }</div>
    </li>`;
  }

  /** Of a colleague: whether they are signed in, and what can be done. */
  #about(member: TeamMember): TemplateResult {
    const key = keyOf(member);
    const open = this.managed === key;
    const seen = signedIn(this.people.sessions, member);
    return html`<span class="seen">${seen ? texts.seen({ ago: commonTexts.ago(Date.now() - seen.seenAt) }) : texts.notSignedIn}</span>
      <button type="button" class="button quiet round manage" aria-label=${texts.manage({ name: member.name })}
        aria-expanded=${open ? 'true' : 'false'} aria-controls="manage-${key}"
        @click=${() => {
          this.managed = open ? '' : key;
        }}>${more}</button>`;
  }

  #sitesOf({ accountId }: Pick<TeamMember, 'accountId'>): TeamSite[] {
    return this.people.sites.filter(site => site.accountId === accountId);
  }

  #role(member: TeamMember): string {
    if (member.sites === null) return texts.role[member.role];
    const names = this.#sitesOf(member).flatMap(({ id, name }) => (member.sites?.includes(id) ? [name] : []));
    return facts([texts.role[member.role], list(names)]);
  }

  /** Not for a shop of one person, who switches it on in their own account. */
  #twoFactor(draft: Team, { id }: Account, account: string): TemplateResult | typeof nothing {
    const members = this.people.members.filter(({ accountId }) => accountId === id);
    const settings = draft.settings[id] ?? noSettings;
    if (members.length < 2 && settings.twoFactor === 'optional') return nothing;
    return teamTwoFactor({
      ...{ account, members, path: `${id}.twoFactor`, value: settings.twoFactor },
      set: twoFactor => this.change({ settings: { ...draft.settings, [id]: { ...settings, twoFactor } } }),
    });
  }

  #reasons(draft: Team, { id }: Account, list: ReasonList, account: string): TemplateResult {
    const settings = draft.settings[id] ?? noSettings;
    return reasons({
      ...{ list, account, path: `${id}.${list}`, reasons: settings[list], problem: this.problem },
      set: changed =>
        this.change({ settings: { ...draft.settings, [id]: { ...settings, [list]: changed } } }),
      focus: selector => this.#focus(selector),
    });
  }

  readonly #removed = async (event: Event) => {
    const { member } = event.target as HTMLElement & { member: TeamMember };
    this.managed = '';
    await this.#renew();
    this.said = texts.removed({ name: member.name });
    await this.focusHeading();
  };

  readonly #withdrawn = async ({ detail: said }: CustomEvent<string>) => {
    await this.#renew();
    this.said = said;
    if (said) await this.focusHeading();
  };

  #focus(selector: string): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }
}

customElements.define('rep-team-page', RepTeamPage);
