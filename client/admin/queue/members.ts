import { html, nothing, type TemplateResult } from 'lit';
import type { Membership } from '../../../shared/settings.ts';
import { icons } from '../../ui/icons.ts';
import { list, tag } from '../../ui/words.ts';
import { bareChoice, idOf, problemAt } from '../form/controls.ts';
import { moved, replaced } from '../form/draft.ts';
import { adminTexts } from '../texts.ts';
import type { QueueForm } from './queue-form.ts';
import { queueTexts as texts } from './texts.ts';

/** The strategies that go by the order of the list. */
const ordered = new Set(['top-down', 'round-robin']);

/** Positions count up from 0 in the order of the list, for the strategies that go by it. */
export const inOrder = (members: readonly Membership[]): Membership[] =>
  members.map((member, position) => ({ ...member, position }));

/** As the list shows them: by position, and by name where nobody has put them in order yet. */
export const listed = (members: readonly Membership[], team: QueueForm['team']): Membership[] => {
  const name = (member: Membership) => team.find(rep => rep.id === member.repId)?.name ?? '';
  return members.toSorted((a, b) => a.position - b.position || name(a).localeCompare(name(b), tag));
};

/** Who serves the queue: added, taken out; where they share calls also put in order, and made first choice or backup. */
export function members(form: QueueForm, shared: boolean): TemplateResult {
  const { members: served, team } = form;
  const name = (member: Membership) => team.find(rep => rep.id === member.repId)?.name ?? '';
  const absent = team.filter(rep => !rep.disabled && !served.some(member => member.repId === rep.id));
  // Nobody is rung for them, and they cannot be put in order.
  const kept = team.filter(rep => rep.keptQueues.includes(form.id));
  const row = (member: Membership, i: number) => html`<li>
    <span class="grow"><strong>${name(member)}</strong></span>
    ${
      shared
        ? bareChoice({
            label: texts.tierOf({ name: name(member) }),
            value: String(member.tier),
            choices: tiers(member.tier),
            set: value => form.setMembers(replaced(served, i, { ...member, tier: Number(value) })),
          })
        : nothing
    }
    ${form.settings.strategy === 'weighted-random' ? penalty(form, member, i, name(member)) : nothing}
    <span class="row-actions">
      ${ordered.has(form.settings.strategy) ? order(form, i, name(member)) : nothing}
      <button type="button" class="button quiet round" aria-label=${texts.removeRep({ name: name(member) })}
        @click=${() => takeOut(form, i, name(member))}>${icons.cross}</button>
    </span>
  </li>`;
  return html`<div class="part" data-field="members">
    <div><h3>${adminTexts.people}</h3>${shared ? html`<p class="hint">${texts.tierHint}</p>` : nothing}</div>
    ${
      served.length === 0
        ? html`<p class="note warn">${icons.warning}<span>${texts.membersNone}</span></p>`
        : nothing
    }
    ${
      served.length + kept.length === 0
        ? nothing
        : html`<ul class="rows">${served.map(row)} ${kept.map(
            rep => html`<li><span class="grow"><strong>${rep.name}</strong><span class="hint"> ${texts.backOnceEnabled}</span></span>
              <span class="status" data-is="disabled">${texts.disabled}</span></li>`,
          )}</ul>`
    }
    ${problemAt(form.problem, 'members')}
    ${
      absent.length === 0
        ? nothing
        : html`<div class="actions">
            ${bareChoice({
              label: texts.addRep,
              id: 'add-rep',
              value: '',
              choices: [
                { value: '', label: texts.chooseRep },
                ...absent.map(rep => ({ value: rep.id, label: rep.name })),
              ],
              set: value =>
                add(
                  form,
                  absent.filter(rep => rep.id === value),
                ),
            })}
            <button type="button" class="button small" @click=${() => add(form, absent)}>${texts.addEverybody}</button>
          </div>`
    }
  </div>`;
}

/** Tiers are numbers without end; three have words. */
function tiers(current: number): { value: string; label: string }[] {
  const known = texts.tiers.map((label, i) => ({ value: String(i + 1), label }));
  return current <= known.length
    ? known
    : [...known, { value: String(current), label: texts.tierFurther({ n: current }) }];
}

const penalty = (form: QueueForm, member: Membership, i: number, name: string) => html`<span class="measure">
  <input type="number" inputmode="numeric" min="0" max="100" id=${idOf(`members.${i}.penalty`)} aria-label=${texts.penaltyOf({ name })}
    title=${texts.penaltyHint} .value=${Number.isNaN(member.penalty) ? '' : String(member.penalty)}
    @input=${(event: Event) =>
      form.setMembers(
        replaced(form.members, i, { ...member, penalty: (event.target as HTMLInputElement).valueAsNumber }),
      )} />
</span>`;

function order(form: QueueForm, i: number, name: string): TemplateResult {
  const { members: served } = form;
  const move = (by: -1 | 1, button: 'up' | 'down') => {
    const target = i + by;
    if (target < 0 || target >= served.length) return;
    form.setMembers(inOrder(moved(served, i, by)));
    form.say(texts.movedTo({ name, place: target + 1, of: served.length }));
    // The finger stays on the person, not on the place in the served.
    form.focus(`#${button}-${target}`);
  };
  return html`
    <button type="button" class="button quiet round up" id="up-${i}" aria-label=${texts.up({ name })}
      aria-disabled=${i === 0 ? 'true' : 'false'} @click=${() => move(-1, 'up')}>${icons.chevron}</button>
    <button type="button" class="button quiet round" id="down-${i}" aria-label=${texts.down({ name })}
      aria-disabled=${i === served.length - 1 ? 'true' : 'false'} @click=${() => move(1, 'down')}>${icons.chevron}</button>`;
}

function add(form: QueueForm, reps: QueueForm['team']): void {
  if (reps.length === 0) return;
  const fresh = reps.map(rep => ({ repId: rep.id, tier: 1, position: 0, penalty: 0 }));
  form.setMembers(inOrder([...form.members, ...fresh]));
  form.say(texts.added({ names: list(reps.map(rep => rep.name)) }));
  form.focus('#add-rep');
}

function takeOut(form: QueueForm, i: number, name: string): void {
  form.setMembers(inOrder(replaced(form.members, i)));
  form.say(texts.takenOut({ name }));
  form.focus('#add-rep');
}
