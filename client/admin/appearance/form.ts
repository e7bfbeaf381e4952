import { html, nothing, type TemplateResult } from 'lit';
import type { Appearance } from '../../../shared/appearance.ts';
import { places, shapes, themes } from '../../../shared/appearance-choices.ts';
import { imagePath } from '../../../shared/wire.ts';
import { pictureTypes } from '../../ui/picture.ts';
import { cardsInput, checkInput, numberInput, problemAt } from '../form/controls.ts';
import { messageAt, type Problem } from '../form/problem.ts';
import { colourField } from './colour.ts';
import { appearanceTexts as texts } from './texts.ts';

export type AppearanceForm = {
  /** The shop whose it is; paths begin with it. */
  site: string;
  draft: Appearance;
  problem: Problem | null;
  busy: boolean;
  set: (change: Partial<Appearance>) => void;
  chosen: (file: File) => void;
};

export const appearanceForm = (form: AppearanceForm): TemplateResult =>
  html`${colour(form)} ${pictures(form)} ${where(form)} ${how(form)}`;

function colour({ site, draft: { accent, theme }, problem, set }: AppearanceForm): TemplateResult {
  return html`<section class="card group" aria-labelledby="colour">
    <div><h2 id="colour">${texts.colour}</h2><p>${texts.colourLead}</p></div>
    ${colourField({
      ...{ path: `${site}.appearance.accent`, accent, theme, problem },
      set: chosen => set({ accent: chosen }),
    })}
  </section>`;
}

function pictures({ site, draft, problem, busy, set, chosen }: AppearanceForm): TemplateResult {
  const path = `${site}.appearance.logo`;
  const { logo } = draft;
  return html`<section class="card group" aria-labelledby="pictures">
    <h2 id="pictures">${texts.pictures}</h2>
    <div class="logo" data-field=${path}>
      ${logo ? html`<img src=${imagePath(logo)} alt=${texts.logoShown} />` : nothing}
      <div class="field">
        <label for="logo">${texts.logo}</label>
        <input id="logo" type="file" accept=${pictureTypes} aria-describedby="logo-hint" ?disabled=${busy}
          aria-invalid=${messageAt(problem, path) ? 'true' : 'false'}
          @change=${({ target }: Event) => {
            const input = target as HTMLInputElement;
            const file = input.files?.[0];
            if (file) chosen(file);
            // The same one may be chosen again.
            input.value = '';
          }} />
        <p class="hint" id="logo-hint">${texts.logoHint}</p>
        ${problemAt(problem, path)}
      </div>
      ${logo ? html`<button type="button" class="button small" @click=${() => set({ logo: null })}>${texts.noLogo}</button>` : nothing}
    </div>
    ${checkInput({
      ...{ id: 'photos', label: texts.photos, hint: texts.photosHint, value: draft.photos },
      set: photos => set({ photos }),
    })}
  </section>`;
}

function where({ site, draft, problem, set }: AppearanceForm): TemplateResult {
  return html`<div class="card group">
    ${cardsInput({
      ...{ path: `${site}.appearance.place`, label: texts.place, value: draft.place, problem },
      choices: places.map(value => ({ value, ...texts.placeIs[value] })),
      set: place => set({ place }),
    })}
    ${
      draft.place === 'inline'
        ? nothing
        : html`<div class="grid">${(['side', 'bottom'] as const).map(which =>
            numberInput({
              ...{ path: `${site}.appearance.${which}`, label: texts[which], problem, value: draft[which] },
              ...{ min: 0, max: 200, unit: texts.pixels },
              set: value => set({ [which]: value }),
            }),
          )}</div>`
    }
  </div>`;
}

function how({ site, draft, problem, set }: AppearanceForm): TemplateResult {
  return html`<div class="card group">
    ${cardsInput({
      ...{ path: `${site}.appearance.shape`, label: texts.shape, value: draft.shape, problem },
      choices: shapes.map(value => ({ value, ...texts.shapeIs[value] })),
      set: shape => set({ shape }),
    })}
    ${cardsInput({
      ...{ path: `${site}.appearance.theme`, label: texts.theme, value: draft.theme, problem },
      choices: themes.map(value => ({
        ...{ value, label: texts.themeIs[value] },
        lead: value === 'auto' ? texts.themeAutoLead : '',
      })),
      set: theme => set({ theme }),
    })}
  </div>`;
}
