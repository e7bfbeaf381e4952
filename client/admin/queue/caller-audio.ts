import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { ClipSlot } from '../../../shared/domain.ts';
import type { SoundId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { icons } from '../../ui/icons.ts';
import { bareChoice, checkInput, choiceInput, durationInput, idOf, problemAt } from '../form/controls.ts';
import { group } from './group.ts';
import type { QueueForm } from './queue-form.ts';
import './recorder-panel.ts';
import { recorderTexts } from './recorder-texts.ts';
import './sounds.ts';
import { soundTexts } from './sound-texts.ts';
import { queueTexts as texts } from './texts.ts';

/** How often announcements come for who turns them on. */
const usualEveryMs = 60_000;
const slots = Object.keys(texts.slots) as ClipSlot[];

/** Hold music, announcements, and the sounds for both. */
export function callerAudio(form: QueueForm): TemplateResult {
  const { settings, problem, shelf } = form;
  const { announcements } = settings;
  const setAnnouncements = (change: Partial<typeof announcements>) =>
    form.set({ announcements: { ...announcements, ...change } });
  return group({
    id: 'hear',
    title: texts.hear,
    lead: texts.hearLead,
    now: hearNow(form),
    content: html`
    ${choiceInput({
      path: 'music',
      label: texts.music,
      hint: texts.musicHint,
      problem,
      value: settings.music ?? '',
      choices: sounds(form, texts.ourMusic, settings.music),
      set: value => form.set({ music: value === '' ? null : (value as SoundId) }),
    })}
    <div class="part">
      <rep-sounds .shelf=${shelf} .sounds=${shelf.sounds} .uploads=${[...shelf.uploads]}
        @uploaded=${(event: CustomEvent<SoundId>) => form.set({ music: event.detail })}></rep-sounds>
    </div>
    <div class="part" data-field="announcements">
      ${checkInput({
        id: 'announce',
        label: texts.announce,
        hint: texts.announceHint,
        value: announcements.everyMs !== 0,
        set: on => setAnnouncements({ everyMs: on ? usualEveryMs : 0 }),
      })}
      ${
        announcements.everyMs === 0
          ? nothing
          : html`${durationInput({
              path: 'announcements.everyMs',
              label: texts.announceEvery,
              problem,
              ms: announcements.everyMs,
              units: ['second', 'minute'],
              set: everyMs => setAnnouncements({ everyMs }),
            })}
            ${clips(form)}`
      }
    </div>
    `,
  });
}

function hearNow({ settings, shelf }: QueueForm): string {
  const { music, announcements } = settings;
  const name =
    music === null ? texts.ourMusic : (shelf.sounds.find(({ id }) => id === music)?.name ?? texts.ownMusic);
  return `${name} · ${announcements.everyMs === 0 ? texts.announceNever : texts.announceNow(announcements.everyMs)}`;
}

/** A sound that was deleted, or is being prepared, stays to be seen where it is chosen. */
function sounds({ shelf }: QueueForm, nothingChosen: string, current: SoundId | null | undefined) {
  const shown = shelf.sounds.filter(sound => sound.state.is === 'ready' || sound.id === current);
  return [
    { value: '', label: nothingChosen },
    ...shown.map(({ id, name }) => ({ value: id as string, label: name })),
    ...(current && !shown.some(({ id }) => id === current)
      ? [{ value: current, label: texts.goneSound }]
      : []),
  ];
}

/** The shop's own recordings, one for each thing that is said. */
function clips(form: QueueForm): TemplateResult {
  const chosen = form.settings.announcements.clips;
  const set = (slot: ClipSlot, id: SoundId | null) =>
    form.set(({ announcements }) => {
      const { [slot]: _, ...others } = announcements.clips;
      return { announcements: { ...announcements, clips: id === null ? others : { ...others, [slot]: id } } };
    });
  const upload = async (slot: ClipSlot, event: Event) => {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = '';
    const id = file ? await form.shelf.upload(file) : null;
    if (id !== null) set(slot, id);
  };
  const keep = (slot: ClipSlot) => async (recording: Blob) => {
    const kept = await form.shelf.keep(recording, texts.slots[slot]);
    if ('problem' in kept) return kept.problem;
    set(slot, kept.id);
    form.say(soundTexts.ready({ name: texts.slots[slot] }));
    return '';
  };
  return html`<details class="clips">
    <summary>${texts.clips}${icons.chevron}</summary>
    <p class="hint">${texts.clipsLead}</p>
    <ul class="rows">
      ${slots.map(
        slot => html`<li data-field="announcements.clips.${slot}">
          <span class="grow">${texts.slots[slot]}</span>
          ${bareChoice({
            label: texts.slots[slot],
            value: chosen[slot] ?? '',
            choices: sounds(form, texts.spoken, chosen[slot]),
            set: value => set(slot, value === '' ? null : (value as SoundId)),
          })}
          <span class="row-actions">
            <button type="button" class="button quiet round" aria-label=${texts.uploadFor({ label: texts.slots[slot] })}
              title=${texts.uploadFor({ label: texts.slots[slot] })}
              @click=${(event: Event) => (event.currentTarget as HTMLElement).parentElement?.querySelector<HTMLElement>('[type=file]')?.click()}
              >${icons.upload}</button>
            <button type="button" class="button quiet round" id="record-${slot}" aria-label=${recorderTexts.recordFor({ slot: texts.slots[slot] })}
              title=${recorderTexts.recordFor({ slot: texts.slots[slot] })} aria-expanded=${form.recording === slot ? 'true' : 'false'}
              @click=${() => form.record(slot)}>${icons.microphone}</button>
            <input type="file" hidden id=${idOf(`clip.${slot}`)} accept="audio/*,.mp3,.wav,.ogg,.opus,.m4a"
              @change=${(event: Event) => upload(slot, event)} />
          </span>
          ${problemAt(form.problem, `announcements.clips.${slot}`)}
          ${
            form.recording === slot
              ? keyed(
                  slot,
                  html`<rep-recorder .heading=${recorderTexts.titleFor({ slot: texts.slots[slot] })} .says=${slot}
                    .mostMs=${limits.announcementMs} .save=${keep(slot)}
                    @done=${() => {
                      form.record(null);
                      form.focus(`#record-${slot}`);
                    }}></rep-recorder>`,
                )
              : nothing
          }
        </li>`,
      )}
    </ul>
  </details>`;
}
